"""Read, validate and cross-check `data/knowledge`. A file that is wrong stops the start, by name."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from cases.errors import KnowledgeError
from cases.knowledge.base import Knowledge
from cases.knowledge.schema import (
    Answer,
    DisputeKind,
    Fact,
    Law,
    Named,
    Pitfall,
    Requirement,
    Rung,
    Track,
)

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
    loaded = Knowledge(
        kinds=_by_id(folder / "dispute_kinds.yml", DisputeKind),
        tracks=_by_id(folder / "tracks.yml", Track),
        evidence=_by_id(folder / "evidence.yml", Requirement),
        facts=_by_id(folder / "facts.yml", Fact),
        rungs=_by_id(folder / "ladder.yml", Rung),
        laws=_by_id(folder / "laws.yml", Law),
        answers=_by_id(folder / "answers.yml", Answer),
        pitfalls=_by_id(folder / "pitfalls.yml", Pitfall),
        wording=_parse(folder / "wording.yml", dict[str, str]),
    )
    loaded.check({path.stem for path in (folder / "letters").glob("*.txt")})
    return loaded


def _by_id(path: Path, kind: type[EntryT]) -> dict[str, EntryT]:
    entries: list[EntryT] = _parse(path, list[kind])  # type: ignore[valid-type]  # a type built at run time
    found: dict[str, EntryT] = {}
    for entry in entries:
        if entry.id in found:
            raise KnowledgeError(f"{path.name}: id {entry.id} appears twice")
        found[entry.id] = entry
    return found


def _parse(path: Path, shape: type[ParsedT]) -> ParsedT:
    try:
        return TypeAdapter(shape).validate_python(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path.name}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(f"{path.name}: {where}: {first['msg']}") from error
