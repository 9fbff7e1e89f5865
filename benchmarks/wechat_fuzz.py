"""Does anything that can be posted to us as WeChat do harm?

    python benchmarks/wechat_fuzz.py [--inputs 1000000] [--seed 1] [--first 0]

Makes hostile inputs (`wechat_attacks.py`): envelopes and queries with changes, random bytes, messages and ciphertexts
that only somebody with our keys could sign, XML out of all sorts of pieces, texts to split. Each must be taken for what
it is or refused by a clean `Reject`, in no time. Any other exception, a forged message that is opened, a character that
is lost, or an input that takes half a second of CPU ends the run. Input number N is the same in every run with the same
seed: `--first N --inputs 1` has it again.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from random import Random

from rich.console import Console
from rich.table import Table
from wechat_attacks import ATTACKS, Harm

from api.wechat.rejection import Reject

SLOW_S = 0.5
SHOWN_OUTCOMES = 5

console = Console()


class Counted:
    """What came of the inputs so far."""

    def __init__(self) -> None:
        self._outcomes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._slowest_s: defaultdict[str, float] = defaultdict(float)

    def attack(self, kind: str, chance: Random) -> None:
        """Try one input. Raises `Harm`, or whatever else it should not."""
        started = time.thread_time()
        outcome = _outcome(kind, chance)
        took_s = time.thread_time() - started
        if took_s >= SLOW_S:
            raise Harm(f"it took {took_s:.1f} s")
        self._outcomes[kind][outcome] += 1
        self._slowest_s[kind] = max(self._slowest_s[kind], took_s)

    def table(self) -> Table:
        """A row for each kind of input, with what most often came of it."""
        made = Table("inputs", "number", "slowest, ms", "outcomes")
        for kind, outcomes in self._outcomes.items():
            most = ", ".join(f"{outcome} {number}" for outcome, number in outcomes.most_common(SHOWN_OUTCOMES))
            made.add_row(kind, str(outcomes.total()), f"{self._slowest_s[kind] * 1000:.1f}", most)
        return made


def _outcome(kind: str, chance: Random) -> str:
    try:
        return ATTACKS[kind](chance)
    except Reject as refused:
        if refused.status not in (400, 403):
            raise Harm(f"refused with {refused.status}") from refused
        return refused.reason


def main() -> int:
    """Run it; the exit code."""
    options = _options()
    counted, started, kinds = Counted(), time.monotonic(), list(ATTACKS)
    for number in range(options.first, options.first + options.inputs):
        try:
            counted.attack(kinds[number % len(kinds)], Random(f"{options.seed} {number}"))
        except Exception:
            console.print_exception(show_locals=True)
            print(f"wechat_fuzz: --seed {options.seed} --first {number} --inputs 1 has it again", file=sys.stderr)
            return 1
    console.print(counted.table())
    print(f"{options.inputs:,} inputs in {time.monotonic() - started:.0f} s, and no harm")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
