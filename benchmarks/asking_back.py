"""When should the assistant ask back?

    python benchmarks/asking_back.py [FILE.jsonl …] [--held-out FILE.jsonl] [--plot docs/images/asking-back.svg]

If it is not confident enough of what a message is about, the assistant offers the likeliest grievances as buttons
instead of going ahead (`Understood.torn_between`). For thresholds of that confidence, with today's model: the share of
messages it would ask about, how often the others are understood wrongly, and how often the right button is there.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from asking_plot import Point, draw
from rich.console import Console
from rich.table import Table

from bot.assistant import RasaAssistant
from bot.evaluation import Example, Judged, read_examples
from bot.training import ensure_model
from bot.understanding import OUT_OF_SCOPE
from cases.dialogue import understood
from cases.errors import SetupError, TuikuanError
from cases.settings import settings

HELD_OUT = Path(__file__).parent / "held_out.jsonl"
THRESHOLDS = [percent / 100 for percent in range(30, 100, 5)]


@dataclass(frozen=True, slots=True)
class Reading:
    """A labelled sentence, its label by the model, and the chances of all labels."""

    judged: Judged
    chances: dict[str, float]

    def offered(self, threshold: float) -> tuple[str, ...]:
        """The grievances that the assistant would offer if it asked below `threshold`; empty if it would not ask."""
        with patch.object(understood, "ASK_BACK", threshold):
            return understood.Understood("", "", labels=self.chances).torn_between

    @property
    def right(self) -> set[str]:
        """Every label that would be right."""
        return {self.judged.example.label, *self.judged.example.also_ok}


def main() -> int:
    """Run the benchmark; the exit code."""
    options = _options()
    try:
        readings = asyncio.run(_read(options.held_out, *options.files))
    except TuikuanError as error:
        print(f"asking_back: {error}", file=sys.stderr)
        return 1
    points = [_point(readings, threshold) for threshold in THRESHOLDS]
    Console().print(_table(points, len(readings)))
    if options.plot is not None:
        draw(options.plot, points, understood.ASK_BACK)
    return 0


async def _read(*files: Path) -> list[Reading]:
    examples = [example for path in files for example in read_examples(path)]
    if not examples:
        raise SetupError("there are no examples in these files")
    assistant = RasaAssistant(ensure_model(settings().model_dir))
    return [await _reading(assistant, example) for example in examples]


async def _reading(assistant: RasaAssistant, example: Example) -> Reading:
    meant = await assistant.understand(example.text)
    ranking = meant.parse.get("label_ranking", [])
    judged = Judged(example, meant.label, meant.label_confidence)
    return Reading(judged, {item["name"]: item["confidence"] for item in ranking})


def _point(readings: Sequence[Reading], threshold: float) -> Point:
    offers = [(reading, reading.offered(threshold)) for reading in readings]
    unasked = [reading for reading, offered in offers if not offered]
    grievances = [(reading, offered) for reading, offered in offers if offered and OUT_OF_SCOPE not in reading.right]
    return Point(
        threshold=threshold,
        asked=1 - len(unasked) / len(readings),
        wrong=_share(not reading.judged.is_right for reading in unasked),
        offered=_share(not reading.right.isdisjoint(offered) for reading, offered in grievances),
    )


def _share(hits: Iterable[bool]) -> float | None:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else None


def _table(points: Sequence[Point], count: int) -> Table:
    made = Table("threshold", "asked back", "wrong if not asked", "right grievance offered", title=f"{count} messages")
    for column in made.columns:
        column.justify = "right"
    for point in points:
        shares = (point.asked, point.wrong, point.offered)
        shown = ["–" if share is None else f"{share:.1%}" for share in shares]
        made.add_row(f"{point.threshold:.2f}", *shown, style="bold" if point.threshold == understood.ASK_BACK else "")
    return made


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What asking back below some confidence costs, and what it saves.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.jsonl", help="further labelled sentences")
    parser.add_argument("--held-out", type=Path, default=HELD_OUT, metavar="FILE.jsonl")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="also draw it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
