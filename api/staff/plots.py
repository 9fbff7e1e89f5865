"""Plots as SVG, drawn here: columns over time, bars beside their names, a line.

Colours come from the classes of the style sheet, so that they change with it. Each has a title and a description for
who does not see it; the numbers themselves stand in a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, floor, log10
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

WIDTH, HEIGHT = 360, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 10, 24
BAR, GAP, NAME = 22, 8, 128
LEGEND = 22
STEPS, EVEN = 4, (1.0, 2.0, 2.5, 3.0, 5.0, 10.0)
PERCENT = 0.01
MOST_LABELS = 6
DOT = "2.5"
FILL = 0.8
"""How much of its place a column takes."""
CHAR, LATIN = 12, 7
"""How wide characters are, Chinese and others."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a plot is called and tells. `id` is unique on its page."""

    id: str
    title: str
    desc: str


def columns(words: Words, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> Markup:
    """Columns side by side, each of `series` on top of the one before; at most five."""
    legend = _legend([name for name, _ in series]) if len(series) > 1 else []
    below = LEGEND * (1 + max((row for *_, row in legend), default=-1))
    stacks = list(zip(*(values for _, values in series), strict=True))
    plot = _Frame(words, labels, _ceiling(max(map(sum, stacks), default=0), 1), "{:,.0f}", below)
    for place, values in enumerate(stacks):
        for colour, (end, value) in enumerate(zip(accumulate(values), values, strict=True), start=1):
            if value:
                plot.block(place, end - value, end, f"s{colour}")
    plot.legend(legend)
    return plot.drawn()


def line(words: Words, labels: Sequence[str], shares: Sequence[float]) -> Markup:
    """A line of shares over time."""
    plot = _Frame(words, labels, _ceiling(max(shares, default=0), PERCENT), "{:.0%}")
    plot.line(shares)
    return plot.drawn()


def bars(words: Words, rows: Sequence[tuple[str, float]]) -> Markup:
    """A bar for each row, from the left, with its name before it and its number behind."""
    most = max((value for _, value in rows), default=0) or 1
    svg = _svg(words, len(rows) * (BAR + GAP))
    room = WIDTH - NAME - RIGHT - 6 * LATIN
    for place, (name, value) in enumerate(rows):
        top, length = place * (BAR + GAP) + GAP / 2, room * value / most
        middle = top + BAR / 2 + 4
        _text(svg, NAME - 8, middle, _fitting(name, NAME - 8), anchor="end")
        _rect(svg, NAME, top, max(length, 1), BAR, "bar")
        _text(svg, NAME + length + 6, middle, f"{value:,.0f}", look="strong")
    return _markup(svg)


class _Frame:
    """An area over time, with a scale from nothing up to `top`."""

    def __init__(self, words: Words, labels: Sequence[str], top: float, scale: str, below: int = 0) -> None:
        self._svg = _svg(words, HEIGHT + below)
        self._top = top
        self._step = (WIDTH - LEFT - RIGHT) / max(len(labels), 1)
        for number in range(STEPS + 1):
            y = self._y(top * number / STEPS)
            SubElement(self._svg, "path", {"class": "grid", "d": f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}"})
            _text(self._svg, LEFT - 6, y + 4, scale.format(top * number / STEPS), anchor="end")
        self._name(labels)

    def block(self, place: int, start: float, end: float, look: str) -> None:
        """A part of a column."""
        width = self._step * FILL
        top, bottom = self._y(end), self._y(start)
        _rect(self._svg, self._x(place) - width / 2, top, width, bottom - top, look)

    def line(self, values: Sequence[float]) -> None:
        """A line through the values, each of them marked."""
        points = [(self._x(place), self._y(value)) for place, value in enumerate(values)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        SubElement(self._svg, "path", {"class": "line", "d": f"M{path}"})
        for x, y in points:
            SubElement(self._svg, "circle", {"class": "bar", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": DOT})

    def legend(self, names: Sequence[tuple[str, int, int]]) -> None:
        """Which colour is what: (name, where it begins, row)."""
        for colour, (name, x, row) in enumerate(names, start=1):
            y = HEIGHT + LEGEND * row
            _rect(self._svg, x, y + 7, 10, 10, f"s{colour}")
            _text(self._svg, x + 15, y + 16, name)

    def drawn(self) -> Markup:
        """The whole plot."""
        return _markup(self._svg)

    def _name(self, labels: Sequence[str]) -> None:
        """Some of the labels: evenly many, and none that would touch another or leave the frame."""
        end = 0.0
        for place in range(0, len(labels), ceil(len(labels) / MOST_LABELS) or 1):
            x, half = self._x(place), _width(labels[place]) / 2
            if end <= x - half and x + half <= WIDTH:
                _text(self._svg, x, HEIGHT - 6, labels[place], anchor="middle")
                end = x + half + LATIN

    def _x(self, place: int) -> float:
        return LEFT + (place + 0.5) * self._step

    def _y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self._top


def _legend(names: Sequence[str]) -> list[tuple[str, int, int]]:
    """Names one after another, in as many rows as they need: (name, where it begins, row)."""
    placed: list[tuple[str, int, int]] = []
    x, row = LEFT, 0
    for name in names:
        if x + 15 + _width(name) > WIDTH:
            x, row = LEFT, row + 1
        placed.append((name, x, row))
        x += 15 + _width(name) + 14
    return placed


def _svg(words: Words, height: int) -> Element:
    ids = f"{words.id}-title", f"{words.id}-desc"
    look = {"class": "plot", "viewBox": f"0 0 {WIDTH} {height}", "role": "img", "aria-labelledby": " ".join(ids)}
    svg = Element("svg", look)
    for tag, id_, said in zip(("title", "desc"), ids, (words.title, words.desc), strict=True):
        SubElement(svg, tag, {"id": id_}).text = said
    return svg


def _rect(svg: Element, x: float, y: float, width: float, height: float, look: str) -> None:
    numbers = {"x": x, "y": y, "width": width, "height": height}
    SubElement(svg, "rect", {"class": look, **{name: f"{number:.1f}" for name, number in numbers.items()}})


def _text(svg: Element, x: float, y: float, said: str, *, anchor: str = "start", look: str = "") -> None:
    about = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, **({"class": look} if look else {})}
    SubElement(svg, "text", about).text = said


def _markup(svg: Element) -> Markup:
    return Markup(tostring(svg, encoding="unicode"))  # noqa: S704  # ElementTree escapes every word


def _ceiling(most: float, least: float) -> float:
    """The end of a scale that holds so much in four even steps, none finer than `least`."""
    need = max(most / least / STEPS, 1)
    power = 10.0 ** floor(log10(need))
    step = next(step for number in EVEN if (step := number * power).is_integer() and step >= need)
    return float(step * least * STEPS)


def _width(text: str) -> int:
    return sum(LATIN if character.isascii() else CHAR for character in text)


def _fitting(text: str, room: int) -> str:
    """As much of a text as there is room for."""
    if _width(text) <= room:
        return text
    return next(cut for end in range(len(text), -1, -1) if _width(cut := f"{text[:end]}…") <= room)
