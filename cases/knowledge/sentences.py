"""What no sentence may say: what is wrong or could not be checked, and articles that `laws.yml` does not have."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cases.knowledge.base import Knowledge
from cases.knowledge.source import Place

# What recognises people's words is not said to them, and may hold what is wrong.
UNSPOKEN = {"cues", "notices", "unmistakable", "aliases", "called", "visited"}
NUMBERS = r"》?第?((?:\d+(?:之\d+)?[、和至—-]?)+)条"
# Whatever is called like a law and has articles, in digits or not.
ANY_LAW = re.compile(
    r"[一-龥]*(?:法|典|条例|办法|规定|解释|规则|意见|号)》?(?:第?\d[\d之、和至—-]*|第[一二三四五六七八九十百零]+)条"
)


class Proofreader:
    """Reads sentences in the light of `unverified.yml` and `laws.yml`."""

    def __init__(self, known: Knowledge) -> None:
        self._banned = [(re.compile(entry.pattern), entry) for entry in known.unverified.values()]
        self._articles = {law.id: law.articles for law in known.laws.values()}
        self._ids = {name: law.id for law in known.laws.values() for name in (law.name, *law.short)}
        names = "|".join(map(re.escape, sorted(self._ids, key=len, reverse=True)))
        self._citation = re.compile(f"({names}){NUMBERS}")

    def cited(self, text: str) -> list[tuple[str, str]]:
        """The articles that a sentence names, as (law, article): `民法典188、195条` → civil_code 188 and 195."""
        return [
            (self._ids[name], article)
            for name, numbers in self._citation.findall(text)
            for article in re.findall(r"\d+(?:之\d+)?", numbers)
        ]

    def faults(self, text: str) -> Iterator[str]:
        """What is wrong with the sentence."""
        yield from (f"{entry.id}: {entry.why}" for pattern, entry in self._banned if pattern.search(text))
        for law, article in self.cited(text):
            if article not in self._articles[law]:
                yield f"laws.yml has no {law} {article}"
        if other := ANY_LAW.search(self._citation.sub("。", text)):
            yield f"laws.yml does not know {other[0]}"


def sentences(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text in a file that people may read, and where it stands."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in UNSPOKEN:
                yield from sentences(part, (*place, name))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from sentences(part, (*place, position))
