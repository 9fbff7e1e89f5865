"""A message as the NLU understood it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cases.case.facts import FactValue

DISPUTES = ("not_delivered", "not_as_described", "merchant_gone")
TRACK = "refund_delayed"
GRIEVANCES = (*DISPUTES, TRACK)

# Below this the NLU is heard, but moves nothing that the person has already settled.
SURE = 0.6
# A guard is heeded from here on: better a needless warning than a missed one.
HEEDED = 0.4
# Below this an intent alone, without a single fact, is no more than a guess.
GUESS = 0.4
# Below this confidence of what a message is about, the person is asked (docs/understanding.md, "Asking back").
ASK_BACK = 0.65
# An answer is said at once with this confidence; below it the likeliest questions are offered (ADR 9).
ANSWER_SURE, ANSWER_LIKELY, ANSWER_WORTH_OFFERING = 0.6, 0.2, 0.05
# With this one the question is no question about what was just asked.
ANSWER_PLAIN = 0.9
# A grievance less likely than this is not worth a button.
WORTH_OFFERING = 0.15


@dataclass(frozen=True, slots=True)
class Understood:
    """What a person wrote or tapped. `number` is a bare number in it, whose meaning only the question gives.

    `labels` are the calibrated chances of the grievances, and of there being none (`out_of_scope`); `also` are
    grievances that a part of the message makes beside the main one. `days` are all days it speaks of, `reference` is
    the number of a complaint or report, `returned` money that came back (分), `answers` the reviewed answers it may be
    asking for, with their chances, the likeliest first. What was `edited` is no message: a fact was put right by hand.
    """

    text: str
    intent: str
    confidence: float = 1.0
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    number: str | None = None
    labels: Mapping[str, float] = field(default_factory=dict)
    subkind: str | None = None
    also: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    reference: str | None = None
    returned: int | None = None
    answers: tuple[tuple[str, float], ...] = ()
    edited: bool = False

    @property
    def answer(self) -> str | None:
        """The reviewed answer that the message asks for, if that is clear."""
        return next((id_ for id_, chance in self.answers[:1] if chance >= ANSWER_SURE), None)

    @property
    def asks_plainly(self) -> bool:
        """Whether there is no doubt which reviewed answer the message asks for."""
        return any(chance >= ANSWER_PLAIN for _, chance in self.answers)

    @property
    def answers_worth_offering(self) -> tuple[str, ...]:
        """The answers it may be asking for, if it is not clear which."""
        if self.answer is not None or not self.answers or self.answers[0][1] < ANSWER_LIKELY:
            return ()
        return tuple(id_ for id_, chance in self.answers if chance >= ANSWER_WORTH_OFFERING)

    @property
    def is_sure(self) -> bool:
        """Whether the intent may move what is settled."""
        return self.confidence >= SURE

    @property
    def is_heeded(self) -> bool:
        """Whether an intent that announces a guard is heard."""
        return self.confidence >= HEEDED

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
