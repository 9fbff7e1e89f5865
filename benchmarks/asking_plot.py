"""The plot of `asking_back.py`: what each threshold costs, and what it saves."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

SIZE_INCHES = (7.0, 4.0)
# Text stays text, which is small and sharp; ids come from the content, so that the same numbers give the same file.
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "asking-back", "font.family": "sans-serif", "font.size": 10}
# Okabe and Ito's colours, which the colour-blind can tell apart.
ASKED, WRONG, OFFERED = "#0072B2", "#D55E00", "#009E73"


@dataclass(frozen=True, slots=True)
class Point:
    """Shares at one threshold; `None` where there is nothing to share."""

    threshold: float
    asked: float
    """of all messages, those asked back"""
    wrong: float | None
    """of those not asked, the ones understood wrongly"""
    offered: float | None
    """of the grievances asked back, those that are offered as a button; no grievance has "none of these" anyway"""


def draw(path: Path, points: Sequence[Point], in_use: float) -> None:
    """Write an SVG with the threshold in use marked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=SIZE_INCHES, layout="constrained")
        _fill(figure.add_subplot(), points, in_use)
        figure.legend(loc="outside upper center", ncols=2, frameon=False)
        figure.savefig(path, format="svg", metadata={"Date": None})


def _fill(axes: Axes, points: Sequence[Point], in_use: float) -> None:
    _line(axes, points, [point.offered for point in points], OFFERED, "right grievance among those offered")
    _line(axes, points, [point.asked for point in points], ASKED, "messages asked back")
    _line(axes, points, [point.wrong for point in points], WRONG, "wrong among messages not asked")
    axes.axvline(in_use, color="0.5", linestyle=":", label=f"in use: {in_use:.2f}")
    axes.set(xlabel="asks back below this confidence", ylabel="share", ylim=(0, 1.02))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(color="0.9")
    axes.spines[["top", "right"]].set_visible(False)


def _line(axes: Axes, points: Sequence[Point], shares: Sequence[float | None], colour: str, label: str) -> None:
    known = [(point.threshold, share) for point, share in zip(points, shares, strict=True) if share is not None]
    axes.plot(*zip(*known, strict=True), color=colour, label=label, marker="o", markersize=3.5, linewidth=2)
