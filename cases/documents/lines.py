"""Breaking Chinese text into lines: no full stop begins one, no opening bracket ends one (避头尾)."""

import re
from collections.abc import Callable

NEVER_FIRST = set("，。、；：？！）》」』】〉”’…—·%％,.;:?!)]}")
NEVER_LAST = set("（《「『【〈“‘([{")
# A word, a number, a sum with its 元 stays whole, if a line can hold it.
TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_@#*+/.-]*元?|.")

Measure = Callable[[str], float]


def wrap(text: str, width: float, measure: Measure, *, indent: float = 0) -> list[str]:
    """The lines of `text`, none wider than `width` as `measure` says; the first is shorter by `indent`."""
    lines: list[str] = []
    line, room = "", width - indent
    for token in _tokens(text, width, measure):
        while line and measure(line + token) > room:
            kept, line = _split(line, token)
            lines.append(kept)
            room = width
        line += token
    return [*lines, line]


def _tokens(text: str, width: float, measure: Measure) -> list[str]:
    tokens = TOKEN.findall(text)
    return [part for token in tokens for part in ([token] if measure(token) <= width else token)]


def _split(line: str, token: str) -> tuple[str, str]:
    """What stays on the full line, and what moves down before `token`."""
    at = len(line)
    following = token
    while at > 1 and (following[0] in NEVER_FIRST or line[at - 1] in NEVER_LAST):
        at -= 1
        following = line[at]
    return (line[:at], line[at:].lstrip()) if at > 1 else (line, "")
