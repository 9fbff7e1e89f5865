"""Measure on sentences that real people wrote, and check that none of them was trained on.

Usage: real_sentences.py EVAL.jsonl SEEDS_FOLDER
"""

import asyncio
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.assistant import RasaAssistant
from bot.evaluation import Example, read_examples, report
from bot.training import ensure_model
from cases.settings import ROOT, settings

MIN_MACRO_F1 = 0.70
SHARED_CHARACTERS = 8


def main(eval_file: Path, seeds: Path) -> int:
    """Print the scores; the number of failed checks is the exit code."""
    examples = read_examples(eval_file)
    score = asyncio.run(_macro_f1(examples))
    print(f"macro-F1 {score:.3f} on {len(examples)} real sentences (at least {MIN_MACRO_F1})")
    sources = [example.text for example in examples] + [path.read_text("utf-8") for path in seeds.glob("*.txt")]
    copied = sorted(_copied(sources))
    print(
        f"{len(copied)} training sentences share {SHARED_CHARACTERS} characters with them",
        *copied,
        sep="\n  ",
    )
    return (score < MIN_MACRO_F1) + bool(copied)


async def _macro_f1(examples: list[Example]) -> float:
    assistant = RasaAssistant(ensure_model(settings().model_dir))
    return report(examples, [(await assistant.understand(example.text)).label for example in examples]).macro_f1


def _copied(sources: list[str]) -> Iterator[str]:
    foreign = {gram for source in sources for gram in _grams(source)}
    return (sentence for sentence in _training_sentences() if foreign & set(_grams(sentence)))


def _grams(text: str) -> list[str]:
    plain = re.sub(r"\W", "", text)
    return [plain[i : i + SHARED_CHARACTERS] for i in range(len(plain) - SHARED_CHARACTERS + 1)]


def _training_sentences() -> Iterator[str]:
    for path in (ROOT / "data" / "nlu").rglob("*.yml"):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            if "intent" in block:
                yield from (line.removeprefix("- ") for line in block["examples"].splitlines())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
