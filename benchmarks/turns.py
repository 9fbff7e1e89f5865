"""How fast is a turn, beside stock Rasa?

    python benchmarks/turns.py [--rounds 3] [--people 1,8,32] [--seconds 8]

Plays one scripted refund case (`refund_case.py`) against `tuikuan serve`, and against `rasa run` beside
`rasa run actions`: the same model file, actions package and case tables, through the same REST contract. Both are
up all the time and measured alternately, so that whatever else the machine does hits both; the load generator
shares the machine with them. Fails if a single reply is empty or not what the case expects.
"""

import argparse
import os
import signal
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from load import Played, play
from refund_case import CASE
from report import Sample, table
from rich.console import Console
from services import Service, StartError, ours, stock

from bot.training import ensure_model
from cases.errors import TuikuanError
from cases.settings import settings

console = Console()


class BadReplies(Exception):
    """A service answered wrongly, so its speed is worth nothing."""


def main() -> int:
    """Run the benchmark; the exit code."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an exit that still stops what was started
    try:
        _run(options.people, options.rounds, options.seconds)
    except (BadReplies, StartError, TuikuanError) as error:
        print(f"turns: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _run(people: list[int], rounds: int, seconds: float) -> None:
    model = ensure_model(settings().model_dir).resolve()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tuikuan-turns-")))
        with console.status("starting both services"):
            services = [start(folder, model, stack) for start in (ours, stock)]
        for service in services:
            _play(service, 1, 0)  # a first case, to warm up
        samples: dict[int, dict[str, list[Sample]]] = {
            number: {service.name: [] for service in services} for number in people
        }
        for round_ in range(rounds):
            order = services if round_ % 2 == 0 else services[::-1]
            for number in people:
                for service in order:
                    sample = _measure(service, number, seconds)
                    samples[number][service.name].append(sample)
                    said = f"{service.name}, {number} people: {sample.turns_per_s:.0f} turns/s"
                    console.print(f"round {round_ + 1}: {said}", style="dim")
    console.print(table(samples))
    console.print(
        f"median of {rounds} rounds; every reply checked; {len(CASE)} turns a case, model {model.name}, "
        f"{os.cpu_count()} cores, load average now {os.getloadavg()[0]:.1f}"
    )


def _measure(service: Service, people: int, seconds: float) -> Sample:
    cpu_before = service.cpu_s()
    played = _play(service, people, seconds)
    turns = len(played.latencies_ms)
    return Sample(
        turns_per_s=turns / played.wall_s,
        p50_ms=statistics.median(played.latencies_ms),
        p95_ms=statistics.quantiles(played.latencies_ms, n=20)[-1],
        cpu_ms_per_turn=(service.cpu_s() - cpu_before) * 1000 / turns,
        resident_mb=service.resident_mb(),
    )


def _play(service: Service, people: int, seconds: float) -> Played:
    played = play(service.url, people, seconds)
    if played.bad:
        shown = "\n  ".join(played.bad[:3])
        raise BadReplies(f"{service.name}: {len(played.bad)} bad replies, {people} people\n  {shown}")
    return played


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Turns a second, beside stock Rasa.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=_numbers, default=[1, 8, 32], metavar="1,8,32", help="at once")
    parser.add_argument("--seconds", type=float, default=8.0, help="per service, people and round")
    options = parser.parse_args()
    if options.rounds < 1 or options.seconds < 0:
        parser.error("at least one round, and no negative seconds")
    return options


def _numbers(text: str) -> list[int]:
    numbers = [int(part) for part in text.split(",")]
    if min(numbers) < 1:
        raise ValueError
    return numbers


if __name__ == "__main__":
    sys.exit(main())
