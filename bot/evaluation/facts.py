"""Scores of the facts found, by entity."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.evaluation.examples import Example

Fact = tuple[str, str]
"""(entity, value)"""

# Where one person writes 话费 and another 话费慢充, either is right.
IN_OTHER_WORDS = frozenset({"product"})


@dataclass(frozen=True, slots=True)
class FactScore:
    """Counts over all examples in which somebody noted the facts."""

    right: int
    found: int
    stated: int

    @property
    def precision(self) -> float:
        """The share of the found facts that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the stated facts that were found."""
        return self.right / self.stated if self.stated else 1.0


def fact_scores(examples: Sequence[Example], found: Sequence[Iterable[Fact]]) -> dict[str, FactScore]:
    """Scores by entity, of the entities that the examples name at all: what nobody noted cannot be judged."""
    noted = {entity for example in examples for entity, _ in example.entities or ()}
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    for example, facts in zip(examples, found, strict=True):
        if example.entities is None:
            continue
        truth, guess = set(example.entities), {fact for fact in facts if fact[0] in noted}
        right.update(fact[0] for fact in truth if _is_among(fact, guess))
        said.update(entity for entity, _ in guess)
        stated.update(entity for entity, _ in truth)
    return {entity: FactScore(right[entity], said[entity], stated[entity]) for entity in sorted(noted)}


def _is_among(fact: Fact, found: set[Fact]) -> bool:
    entity, value = fact
    if entity not in IN_OTHER_WORDS:
        return fact in found
    return any(value in other or other in value for name, other in found if name == entity)
