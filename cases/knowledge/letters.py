"""The templates of the letters, read for what can be wrong before any letter is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from cases.knowledge.base import Knowledge
from cases.knowledge.source import Source

# Only parsed here, never rendered: nothing to escape.
GRAMMAR = Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701

Templates = dict[str, nodes.Template]
"""By their names below the folder, as `demand.txt`, `parts/head.j2`."""


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
    templates: Templates = {}
    broken = [fault for path in _files(folder) for fault in _parse(path, folder, templates)]
    yield from broken or _too_long(known, documents, templates)


def _parse(path: Path, folder: Path, templates: Templates) -> Iterator[str]:
    """What is wrong with a template, which is put with the others."""
    name = path.relative_to(folder).as_posix()
    try:
        templates[name] = template = GRAMMAR.parse(path.read_text("utf-8"))
    except TemplateSyntaxError as error:
        yield f"{_at(path, folder, error.lineno)}: {error.message}"
        return
    for include in template.find_all(nodes.Include):
        if not (folder / _part(include)).is_file():
            yield f"{_at(path, folder, include.lineno)}: {_part(include)} is missing"


def _too_long(known: Knowledge, documents: Source, templates: Templates) -> Iterator[str]:
    for document in known.documents.values():
        name = f"{document.id}.txt"
        if name in templates and (length := _length(name, templates)) > document.max_chars:
            place = (documents.index(document.id), "max_chars")
            yield f"{documents.at(place)}: {document.id}: the template alone has {length} characters"


def _length(name: str, templates: Templates) -> int:
    """How much a template says of itself, in all its branches, before any fact is filled in."""
    own = sum(len(said.data) for said in templates[name].find_all(nodes.TemplateData))
    return own + sum(_length(_part(include), templates) for include in templates[name].find_all(nodes.Include))


def _part(include: nodes.Include) -> str:
    return str(include.template.as_const())


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.txt"), *folder.glob("parts/*.j2")])


def _at(path: Path, folder: Path, line: int) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}:{line}"
