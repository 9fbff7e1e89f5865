"""How often a message is found by a piece of itself: by jieba's words, and by pairs of characters.

    .venv/bin/python benchmarks/search_recall.py

For every sentence of `data/nlu`, a word of it and two to four neighbouring characters of it are searched for.
"""

import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba

from bot.corpus import read
from cases.desk.terms import terms, wanted

SEED = 1
RUN = re.compile(r"[\u4e00-\u9fff]{4,}")
MIN_FREQUENCY = 5

Cut = Callable[[str], Iterable[str]]


def main() -> None:
    """Print a Markdown table."""
    texts = [sentence.text for sentence in read() if RUN.search(sentence.text)]
    with TemporaryDirectory() as folder:
        common, whole = _common(Path(folder)), jieba.Tokenizer()
        whole.initialize()
        draw = random.Random(SEED)
        runs = [(text, draw.choice(RUN.findall(text))) for text in texts]
        asked = {"a word": [(text, _word(draw, common, run)) for text, run in runs]}
        asked["2 to 4 characters"] = [(text, _piece(draw, run)) for text, run in runs]
        ways = {
            "jieba, one dictionary": (common.cut_for_search, common.cut),
            "jieba, indexed with another dictionary": (whole.cut_for_search, common.cut),
            "pairs of characters": (terms, lambda query: [term.text for term in wanted(query)]),
        }
        print("| found by |", " | ".join(asked), "|\n|---|" + "---:|" * len(asked))
        for name, (index, cut) in ways.items():
            print(f"| {name} |", " | ".join(f"{_recall(some, index, cut):.1%}" for some in asked.values()), "|")


def _common(folder: Path) -> jieba.Tokenizer:
    """The dictionary that the service has in memory: without the rarest words."""
    with jieba.get_dict_file() as dictionary:
        lines = dictionary.read().decode("utf-8").splitlines(keepends=True)
    path = folder / "words.txt"
    path.write_text("".join(line for line in lines if int(line.split(" ")[1]) >= MIN_FREQUENCY), "utf-8")
    made = jieba.Tokenizer(str(path))
    made.tmp_dir = str(folder)
    made.initialize()
    return made


def _word(draw: random.Random, tokenizer: jieba.Tokenizer, run: str) -> str:
    return draw.choice([word for word in tokenizer.cut_for_search(run) if len(word) > 1] or [run[:2]])


def _piece(draw: random.Random, run: str) -> str:
    length = draw.randint(2, 4)
    start = draw.randint(0, len(run) - length)
    return run[start : start + length]


def _recall(asked: list[tuple[str, str]], index: Cut, cut: Cut) -> float:
    return sum(set(cut(query)) <= set(index(text)) for text, query in asked) / len(asked)


if __name__ == "__main__":
    main()
