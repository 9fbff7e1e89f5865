"""The sentences that the NLU learns from, in `data/nlu`: each one a different person's."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from cases.settings import ROOT

FOLDER = ROOT / "data" / "nlu"
# Two sentences with more in common than this teach the same thing twice, and make every measurement look better.
MAX_LIKENESS = 0.6

_MARKS = re.compile(r"[\W_]")


@dataclass(frozen=True)
class Sentence:
    """One example. `subkind` is that of its block, if it has one."""

    text: str
    intent: str
    subkind: str | None = None
    file: Path | None = None

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters, without punctuation; the text itself if it has none."""
        plain = _MARKS.sub("", self.text.lower()) or self.text
        return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset({plain})


def read(folder: Path = FOLDER) -> Iterator[Sentence]:
    """All training sentences, file by file."""
    for path in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in block:
                subkind = block.get("metadata", {}).get("subkind")
                for line in block["examples"].splitlines():
                    yield Sentence(line.removeprefix("- "), block["intent"], subkind, path)


class Likeness:
    """Finds, among the sentences it was given, those that are nearly the same as another."""

    def __init__(self, sentences: Iterable[Sentence] = ()) -> None:
        self._sentences: list[Sentence] = []
        self._holding: dict[str, list[int]] = defaultdict(list)
        for sentence in sentences:
            self.add(sentence)

    def add(self, sentence: Sentence) -> None:
        """Know this sentence from here on."""
        for pair in sentence.pairs:
            self._holding[pair].append(len(self._sentences))
        self._sentences.append(sentence)

    def twin(self, sentence: Sentence) -> Sentence | None:
        """A known sentence whose Jaccard likeness by pairs of characters is above `MAX_LIKENESS`."""
        shared = Counter(index for pair in sentence.pairs for index in self._holding.get(pair, ()))
        for index, common in shared.most_common():
            known = self._sentences[index]
            if common > MAX_LIKENESS * (len(sentence.pairs) + len(known.pairs) - common):
                return known
        return None
