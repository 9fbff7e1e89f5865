"""A YAML file that knows on which line everything in it stands, so that a fault can be pointed at."""

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import yaml

from cases.errors import KnowledgeError

Place = tuple[str | int, ...]
"""The way to a value: keys and indices from the top of the file."""

Wrong = tuple[str, Place, str]
"""File, place in it (the entry's id instead of its index, or nothing for the whole file), what is wrong."""

# The same grammar in C where PyYAML was built with it: the files are read ten times as fast.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Source:
    """One file: its `content`, and the line of each part of it."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises `KnowledgeError` if it is missing, no YAML, or gives a key twice."""
        self.name = path.name
        try:
            loader = LOADER(path.read_text("utf-8"))
            self._root: yaml.Node | None = loader.get_single_node()
            self.content: Any = loader.construct_document(self._root) if self._root else None
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise KnowledgeError(f"{self.name}:{_line_of(error)}: {_in_one_line(error)}") from error
        for key in _given_twice(self._root):
            raise KnowledgeError(f"{self.name}:{key.start_mark.line + 1}: {key.value} is given twice")

    def line(self, place: Place) -> int:
        """The line of the innermost part of `place` that exists, counted from 1: a key's own, not its value's."""
        node, line = self._root, 1
        for step in place:
            following = _step(node, step)
            if following is None:
                break
            mark, node = following
            line = mark.start_mark.line + 1
        return line

    def index(self, id_: Hashable) -> int:
        """Where the entry with this id stands in a list of entries."""
        return next(position for position, entry in enumerate(self.content) if entry.get("id") == id_)

    def at(self, place: Place) -> str:
        """`ladder.yml:12`."""
        return f"{self.name}:{self.line(place)}"


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """What marks the place of the part, and the part."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _given_twice(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Keys that their mapping has already: YAML would silently take the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _given_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _given_twice(item)


def _line_of(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _in_one_line(error: Exception) -> str:
    return getattr(error, "problem", None) or str(error).splitlines()[0]
