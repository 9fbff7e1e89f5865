"""Measure on sentences that real people wrote, and check that none of them was trained on.

Usage: real_sentences.py EVAL.jsonl SEEDS_FOLDER
"""

import asyncio
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bot import corpus
from bot.assistant import RasaAssistant
from bot.evaluation import Example, Judged, Report, read_examples, report
from bot.training import ensure_model
from cases.settings import settings

MIN_MACRO_F1 = 0.82
MIN_OUT_OF_SCOPE_RECALL = 0.85
MAX_CALIBRATION_ERROR = 0.06
SHARED_CHARACTERS = 8


def main(eval_file: Path, seeds: Path) -> int:
    """Print the scores; the number of failed checks is the exit code."""
    examples = read_examples(eval_file)
    result = asyncio.run(_measured(examples))
    recall = result.per_label["out_of_scope"][1]
    print(
        f"on {len(examples)} real sentences: macro-F1 {result.macro_f1:.3f} (at least {MIN_MACRO_F1}), "
        f"out-of-scope recall {recall:.3f} (at least {MIN_OUT_OF_SCOPE_RECALL}), "
        f"calibration error {result.calibration_error:.3f} (at most {MAX_CALIBRATION_ERROR})"
    )
    sources = [example.text for example in examples] + [path.read_text("utf-8") for path in seeds.glob("*.txt")]
    copied = sorted(_copied(sources))
    print(
        f"{len(copied)} training sentences share {SHARED_CHARACTERS} characters with them",
        *copied,
        sep="\n  ",
    )
    failed = (
        result.macro_f1 < MIN_MACRO_F1,
        recall < MIN_OUT_OF_SCOPE_RECALL,
        result.calibration_error > MAX_CALIBRATION_ERROR,
        bool(copied),
    )
    return sum(failed)


async def _measured(examples: list[Example]) -> Report:
    assistant = RasaAssistant(ensure_model(settings().model_dir))
    found = [await assistant.understand(example.text) for example in examples]
    return report(
        [Judged(example, one.label, one.label_confidence) for example, one in zip(examples, found, strict=True)]
    )


def _copied(sources: list[str]) -> Iterator[str]:
    foreign = {gram for source in sources for gram in _grams(source)}
    return (sentence.text for sentence in corpus.read() if foreign & set(_grams(sentence.text)))


def _grams(text: str) -> list[str]:
    plain = re.sub(r"\W", "", text)
    return [plain[i : i + SHARED_CHARACTERS] for i in range(len(plain) - SHARED_CHARACTERS + 1)]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
