"""The templates of the letters, read for what can be wrong before any letter is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from cases.knowledge.base import Knowledge
from cases.knowledge.source import Source

# Only parsed here, never rendered: nothing to escape.
GRAMMAR = Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a template, as `letters/demand.txt:3`."""

    at: str
    text: str


def lines(folder: Path) -> Iterator[Line]:
    """All that the templates and their parts say, line by line."""
    for path in _files(folder):
        for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
            yield Line(_at(path, folder, number), text)


def faults(known: Knowledge, documents: Source, folder: Path) -> Iterator[str]:
    """Each document has its template and each template its document; all parse, and none is too long."""
    written = {path.stem for path in folder.glob("*.txt")}
    for id_ in sorted(known.documents.keys() - written):
        yield f"{documents.at((documents.index(id_),))}: {id_}: letters/{id_}.txt is missing"
    for id_ in sorted(written - known.documents.keys()):
        yield f"letters/{id_}.txt:1: documents.yml does not have it"
    broken = [fault for path in _files(folder) for fault in _of_template(path, folder)]
    yield from broken or _too_long(known, documents, folder)


def _of_template(path: Path, folder: Path) -> Iterator[str]:
    try:
        template = _parsed(path.read_text("utf-8"))
    except TemplateSyntaxError as error:
        yield f"{_at(path, folder, error.lineno)}: {error.message}"
        return
    for include in template.find_all(nodes.Include):
        if not (folder / _part(include)).is_file():
            yield f"{_at(path, folder, include.lineno)}: {_part(include)} is missing"


def _too_long(known: Knowledge, documents: Source, folder: Path) -> Iterator[str]:
    for document in known.documents.values():
        path = folder / f"{document.id}.txt"
        if path.is_file() and (length := _length(path, folder)) > document.max_chars:
            place = (documents.index(document.id), "max_chars")
            yield f"{documents.at(place)}: {document.id}: the template alone has {length} characters"


def _length(path: Path, folder: Path) -> int:
    """How much a template says of itself, in all its branches, before any fact is filled in."""
    template = _parsed(path.read_text("utf-8"))
    own = sum(len(said.data) for said in template.find_all(nodes.TemplateData))
    return own + sum(_length(folder / _part(include), folder) for include in template.find_all(nodes.Include))


@lru_cache(maxsize=128)
def _parsed(text: str) -> nodes.Template:
    """Parts are in many letters."""
    return GRAMMAR.parse(text)


def _part(include: nodes.Include) -> str:
    return str(include.template.as_const())


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.txt"), *folder.glob("parts/*.j2")])


def _at(path: Path, folder: Path, line: int) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}:{line}"
