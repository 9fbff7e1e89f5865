"""A message as the NLU understood it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.case.facts import FactValue

DISPUTES = ("not_delivered", "not_as_described", "merchant_gone")
TRACK = "refund_delayed"
GRIEVANCES = (*DISPUTES, TRACK)

# Below this the NLU is heard, but moves nothing that the person has already settled.
SURE = 0.6
# Below this an intent alone, without a single fact, is no more than a guess.
GUESS = 0.4
# Below this confidence of what a message is about, the person is asked (docs/understanding.md, "Asking back").
ASK_BACK = 0.65
# A grievance less likely than this is not worth a button.
WORTH_OFFERING = 0.15


@dataclass(frozen=True, slots=True)
class Understood:
    """What a person wrote or tapped. `number` is a bare number in it, whose meaning only the question gives.

    `labels` are the calibrated chances of the grievances, and of there being none (`out_of_scope`); `also` are
    grievances that a part of the message makes beside the main one.
    """

    text: str
    intent: str
    confidence: float = 1.0
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    number: str | None = None
    labels: Mapping[str, float] = field(default_factory=dict)
    subkind: str | None = None
    also: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether the intent may move what is settled."""
        return self.confidence >= SURE

    @property
    def is_guess(self) -> bool:
        """Whether the intent is too weak to stand without facts."""
        return self.confidence < GUESS and not self.facts

    @property
    def torn_between(self) -> tuple[str, ...]:
        """The one or two grievances that the message may be about, if that is not clear; likeliest first."""
        if max(self.labels.values(), default=1.0) >= ASK_BACK:
            return ()
        likely = sorted(GRIEVANCES, key=lambda grievance: -self.labels.get(grievance, 0.0))
        return tuple(grievance for grievance in likely[:2] if self.labels.get(grievance, 0.0) >= WORTH_OFFERING)
