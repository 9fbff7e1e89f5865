"""How well and how fast are screenshots read?

    python benchmarks/reading.py [--rounds 1] [--wrong]

Draws the screenshots that the tests draw (bills, orders, chats, balances, messages; dark, small, askew, blurred, badly
compressed), reads them in the reading process as the server does, and compares each field with the truth.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from rich.console import Console
from rich.table import Table

from cases.evidence.reading.lines import Line
from cases.evidence.reading.worker import Reader

sys.path.insert(0, str(Path(__file__).parents[1]))  # the screenshots are the tests' own

from tests.cases.evidence.reading.scoring import NAMES, Score, scored
from tests.cases.evidence.reading.screens import screens

if TYPE_CHECKING:
    from tests.cases.evidence.reading.screens import Screen

console = Console()
MIB = 1024 * 1024


def main() -> int:
    """Run the benchmark; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--wrong", action="store_true", help="list what was not read as it is")
    options = parser.parse_args()
    every = screens()
    with closing(Reader()) as reader, tempfile.TemporaryDirectory(prefix="tuikuan-reading-") as folder:
        paths = _drawn(every, Path(folder))
        start = time.perf_counter()
        reader.read(paths[0])
        first = time.perf_counter() - start
        lines, took, peak = _read(reader, every, paths * options.rounds)
    scores = scored(every, lines)
    console.print(_table(scores))
    _print_speed(first, took, peak)
    if options.wrong:
        for score in scores:
            if not score.right:
                console.print(f"{score.screen} · {score.name}: {score.truth!r} read as {score.found!r}")
    return 0


def _drawn(every: Sequence["Screen"], folder: Path) -> list[Path]:
    paths = [folder / str(number) for number in range(len(every))]
    for path, screen in zip(paths, every, strict=True):
        path.write_bytes(screen.picture())
    return paths


def _read(
    reader: Reader, every: Sequence["Screen"], paths: Sequence[Path]
) -> tuple[dict[str, list[Line]], list[float], int]:
    """The lines of each screenshot, the seconds each took, and the most memory the process held between two."""
    lines: dict[str, list[Line]] = {}
    took: list[float] = []
    peak = 0
    for number, path in enumerate(paths):
        start = time.perf_counter()
        lines[every[number % len(every)].name] = reader.read(path)
        took.append(time.perf_counter() - start)
        peak = max(peak, _peak(reader.pid))
    return lines, took, peak


def _peak(pid: int | None) -> int:
    """Bytes: the most there was where the system tells, else what there is."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return int(psutil.Process(pid).memory_info().rss)


def _table(scores: Sequence[Score]) -> Table:
    table = Table("field", "there", "found", "wrong", "accuracy", title=f"{len(scores) // len(NAMES)} screenshots")
    for name in (*NAMES, "all"):
        of = [score for score in scores if name in {score.name, "all"}]
        there = [score for score in of if score.truth is not None]
        found = sum(score.right for score in there)
        wrong = sum(score.wrong for score in of)
        table.add_row(name, str(len(there)), str(found), str(wrong), f"{sum(s.right for s in of) / len(of):.3f}")
    return table


def _print_speed(first: float, took: Sequence[float], peak: int) -> None:
    ms = sorted(1000 * seconds for seconds in took)
    late = ms[int(0.95 * (len(ms) - 1))]
    console.print(f"first picture {1000 * first:.0f} ms, with the start of the process")
    console.print(f"then median {statistics.median(ms):.0f}, p95 {late:.0f}, longest {ms[-1]:.0f} ms")
    console.print(f"memory of the process at most {peak // MIB} MiB")


if __name__ == "__main__":
    sys.exit(main())
