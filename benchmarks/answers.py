"""Which way finds the reviewed answer best, and at what cost?

    python benchmarks/answers.py [--only selector_short,ours_both] [--held-out FILE.jsonl] [--folder KEEP]
                                 [--markdown TABLE.md] > answers.log

Trains every pipeline of `benchmarks/answer_pipelines` with Rasa's trainer on the same examples, those of the answer
finder, and lets each find the answers to the held-out questions (`text`, `answer`, `also_ok`), some of which have none.
Training and finding are processes of their own, one after the other, as in `nlu.py`. `selector` with the 100 epochs
of Rasa's default pipeline runs only when it is named; `selector_short` is the same stopped early.
"""

import argparse
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from answer_data import Question, read_questions, write_training_data
from answer_scores import markdown, scores, table
from rich.console import Console
from trials import CONFIGS, Run, run

from cases.errors import SetupError, TuikuanError

HERE = Path(__file__).parent
HELD_OUT = HERE / "questions_held_out.jsonl"
PIPELINES = {path.stem: path for path in sorted((HERE / "answer_pipelines").glob("*.yml"))}
LONG = "selector"
WIDTH = 160

console = Console(width=WIDTH)


def main() -> int:
    """Run the benchmark; the exit code."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an exit that still stops what was started
    try:
        questions = read_questions(options.held_out)
        with ExitStack() as stack:
            folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tuikuan-answers-")))
            runs = _runs(options.only, questions, folder.resolve())
        _show(runs, questions, options.markdown)
    except TuikuanError as error:
        print(f"answers: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _runs(names: list[str], questions: list[Question], folder: Path) -> list[Run]:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SetupError(f"{folder} is not empty")
    CONFIGS.update(PIPELINES)  # where `run` looks them up
    data = write_training_data(folder)
    texts = list(dict.fromkeys(question.text for question in questions))
    done = []
    for name in names:
        with console.status(f"training and measuring {name}"):
            done.append(run(name, data, texts, folder))
        console.print(f"{name}: trained in {done[-1].training_s:.0f} s", style="dim")
    return done


def _show(runs: list[Run], questions: list[Question], file: Path | None) -> None:
    measured = scores(runs, questions)
    unanswered = sum(question.answer is None for question in questions)
    title = f"{len(questions)} questions, {unanswered} of them without an answer"
    console.print(table(title, measured))
    console.print(f"{os.cpu_count()} cores, load average now {os.getloadavg()[0]:.1f}")
    if file is not None:
        file.write_text(markdown(title, measured), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Ways of finding reviewed answers compared: how well, at what cost.")
    parser.add_argument("--held-out", type=Path, default=HELD_OUT, metavar="FILE.jsonl")
    usual = [name for name in PIPELINES if name != LONG]
    parser.add_argument("--only", type=_names, default=usual, metavar="NAME,NAME", help=", ".join(PIPELINES))
    parser.add_argument("--folder", type=Path, metavar="KEEP", help="keeps models, findings and logs here")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="also write the table as Markdown")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    """The named pipelines, in our order. Raises ArgumentTypeError for an unknown one."""
    named = set(text.split(","))
    if unknown := named - PIPELINES.keys():
        raise argparse.ArgumentTypeError(f"there is no pipeline {', '.join(sorted(unknown))}")
    return [name for name in PIPELINES if name in named]


if __name__ == "__main__":
    sys.exit(main())
