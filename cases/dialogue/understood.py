"""A message as the NLU understood it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.case.facts import FactValue

DISPUTES = ("not_delivered", "not_as_described", "merchant_gone")
TRACK = "refund_delayed"

# Below this the NLU is heard, but moves nothing that the person has already settled.
SURE = 0.6
# Below this an intent alone, without a single fact, is no more than a guess.
GUESS = 0.4


@dataclass(frozen=True, slots=True)
class Understood:
    """What a person wrote or tapped. `number` is a bare number in it, whose meaning only the question gives."""

    text: str
    intent: str
    confidence: float = 1.0
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    number: str | None = None

    @property
    def is_sure(self) -> bool:
        """Whether the intent may move what is settled."""
        return self.confidence >= SURE

    @property
    def is_guess(self) -> bool:
        """Whether the intent is too weak to stand without facts."""
        return self.confidence < GUESS and not self.facts
