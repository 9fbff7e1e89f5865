"""Read, validate and cross-check `data/knowledge`. What is wrong stops the start, with file and line."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from cases.errors import KnowledgeError
from cases.knowledge.base import Knowledge
from cases.knowledge.checks import Files, faults
from cases.knowledge.procedure import Outcome, Pitfall, Route, Rung
from cases.knowledge.schema import (
    Amount,
    Answer,
    CannedReply,
    Channel,
    DisputeKind,
    DocumentKind,
    Due,
    Fact,
    Guard,
    Law,
    Named,
    Question,
    Requirement,
    Track,
    Unverified,
)
from cases.knowledge.source import Source

KNOWLEDGE_DIR = Path(__file__).resolve().parents[2] / "data" / "knowledge"
LETTERS_DIR = KNOWLEDGE_DIR / "letters"

EntryT = TypeVar("EntryT", bound=Named)
ParsedT = TypeVar("ParsedT")


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The project's knowledge, read once. Raises `KnowledgeError` if a file is wrong."""
    return load(KNOWLEDGE_DIR)


def load(folder: Path) -> Knowledge:
    """Read the knowledge files under `folder` and check each against the others."""
    reader = _Reader(folder)
    loaded = Knowledge(
        kinds=reader.by_id("dispute_kinds", DisputeKind),
        tracks=reader.by_id("tracks", Track),
        evidence=reader.by_id("evidence", Requirement),
        facts=reader.by_id("facts", Fact),
        channels=reader.by_id("channels", Channel),
        rungs=reader.by_id("ladder", Rung),
        routes=reader.by_id("routes", Route),
        outcomes=reader.by_id("outcomes", Outcome),
        deadlines=reader.by_id("deadlines", Due),
        documents=reader.by_id("documents", DocumentKind),
        laws=reader.by_id("laws", Law),
        answers=reader.by_id("answers", Answer),
        questions=reader.by_id("questions", Question),
        amounts=reader.by_id("amounts", Amount),
        guards=reader.by_id("guards", Guard),
        pitfalls=reader.by_id("pitfalls", Pitfall),
        unverified=reader.by_id("unverified", Unverified),
        canned_replies=reader.by_id("canned_replies", CannedReply),
        wording=reader.parsed("wording", dict[str, str]) | reader.parsed("wording_staff", dict[str, str]),
    )
    if found := list(faults(loaded, reader.files, folder / "letters")):
        raise KnowledgeError("\n".join(found))
    return loaded


class _Reader:
    """Reads one file after another, and keeps them to point at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: Files = {}

    def parsed(self, name: str, shape: type[ParsedT]) -> ParsedT:
        source = self.files[name] = Source(self._folder / f"{name}.yml")
        try:
            return TypeAdapter(shape).validate_python(source.content)
        except ValidationError as error:
            raise KnowledgeError("\n".join(_fault(source, fault) for fault in error.errors())) from error

    def by_id(self, name: str, kind: type[EntryT]) -> dict[str, EntryT]:
        entries: list[EntryT] = self.parsed(name, list[kind])  # type: ignore[valid-type]  # a type built at run time
        found: dict[str, EntryT] = {}
        for position, entry in enumerate(entries):
            if entry.id in found:
                raise KnowledgeError(f"{self.files[name].at((position,))}: id {entry.id} appears twice")
            found[entry.id] = entry
        return found


def _fault(source: Source, fault: ErrorDetails) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    return f"{source.at(fault['loc'])}: {where}: {fault['msg']}"
