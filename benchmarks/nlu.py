"""Which pipeline understands best, and at what cost?

    python benchmarks/nlu.py [FILE.jsonl …] [--held-out FILE.jsonl] [--only diet,ours] [--limit 5]
                             [--folder KEEP] [--markdown TABLES.md]

Trains every pipeline of `benchmarks/pipelines` and the project's own (`config.yml`) on the same copy of `data/nlu`
with Rasa's trainer, then lets each read the labelled sentences of the held-out file and of any further ones
(`text`, `label`, `also_ok?`). Training and reading are processes of their own, one after the other, so that time and
memory are the pipeline's alone; pipelines with components of `bot` are loaded as `bot.assistant` loads its model, all
others as stock Rasa does. The label of a message is its likeliest intent, if that is a grievance, and else
`out_of_scope`; ECE is the expected calibration error of its confidence. `diet` with Rasa's own 100 epochs trains for
hours on two cores and runs only when it is named; `diet_short` is the same after six epochs, some 20 minutes.
"""

import argparse
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from scores import Score, markdown, score, table
from trials import CONFIGS, Run, run, training_data

from bot.evaluation import Example, read_examples
from cases.errors import SetupError, TuikuanError

HELD_OUT = Path(__file__).parent / "held_out.jsonl"
WIDTH = 160
HOURS = "diet"
"""The pipeline that takes hours to train."""

console = Console(width=WIDTH)  # of the table, wherever the output goes


@dataclass(frozen=True, slots=True)
class Part:
    """One file of labelled sentences."""

    title: str
    examples: list[Example]


def main() -> int:
    """Run the benchmark; the exit code."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an exit that still stops what was started
    try:
        parts = [_part(path) for path in (options.held_out, *options.files)]
        with ExitStack() as stack:
            folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tuikuan-nlu-")))
            runs = _runs(options.only, parts, _empty(folder.resolve()), options.limit)
        _show(_tables(runs, parts), options.markdown)
    except TuikuanError as error:
        print(f"nlu: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _part(path: Path) -> Part:
    examples = read_examples(path)
    if len(examples) < 2:
        raise SetupError(f"{path.name} holds too few examples")
    return Part(f"{path.name}, {len(examples)} sentences", examples)


def _empty(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SetupError(f"{folder} is not empty")
    return folder


def _runs(names: list[str], parts: list[Part], folder: Path, limit: int | None) -> list[Run]:
    data = training_data(folder, limit)
    texts = list(dict.fromkeys(example.text for part in parts for example in part.examples))
    done = []
    for name in names:
        with console.status(f"training and measuring {name}"):
            done.append(run(name, data, texts, folder))
        console.print(f"{name}: trained in {done[-1].training_s:.0f} s", style="dim")
    return done


def _tables(runs: list[Run], parts: list[Part]) -> dict[str, list[Score]]:
    """Title of each part → the scores on it."""
    return {part.title: [score(one, part.examples) for one in runs] for part in parts}


def _show(tables: dict[str, list[Score]], file: Path | None) -> None:
    for title, scores in tables.items():
        console.print(table(title, scores))
    console.print(f"{os.cpu_count()} cores, load average now {os.getloadavg()[0]:.1f}")
    if file is not None:
        file.write_text("\n".join(markdown(title, scores) for title, scores in tables.items()), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Pipelines compared: how well they understand, and at what cost.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.jsonl", help="further labelled sentences")
    parser.add_argument("--held-out", type=Path, default=HELD_OUT, metavar="FILE.jsonl")
    usual = [name for name in CONFIGS if name != HOURS]
    parser.add_argument("--only", type=_names, default=usual, metavar="NAME,NAME", help=", ".join(CONFIGS))
    parser.add_argument("--limit", type=_positive, help="examples a block of data/nlu, for a quick look")
    parser.add_argument("--folder", type=Path, metavar="KEEP", help="keeps models, readings and logs here")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="also write the tables as Markdown")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    """The named pipelines, in our order. Raises ArgumentTypeError for an unknown one."""
    named = set(text.split(","))
    if unknown := named - CONFIGS.keys():
        raise argparse.ArgumentTypeError(f"there is no pipeline {', '.join(sorted(unknown))}")
    return [name for name in CONFIGS if name in named]


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


if __name__ == "__main__":
    sys.exit(main())
