"""Other messages that say nearly the same, and what they were taken to mean."""

import heapq
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases.desk.terms import terms
from cases.models import Message, NluCorrection
from cases.review import repository

# What persons have said last, among which is looked: comparing takes some 10 µs each.
LOOKED_AT = 5_000
SIMILAR = 10
LEAST = 0.2
"""Messages with less in common than this have only words in common that everybody uses."""


@dataclass(frozen=True)
class Similar:
    """A message like another. `likeness` is the share of pairs of characters that the two have in common."""

    message: Message
    public_id: str
    correction: NluCorrection | None
    likeness: float


def similar(session: Session, message: Message) -> list[Similar]:
    """The ten most alike of what persons have said lately, the likest first; what reads the same is named once."""
    own = terms(message.text)
    scores = {
        text: (_likeness(own, terms(text)), id_)
        for id_, text in repository.said_lately(session, LOOKED_AT)
        if text != message.text
    }
    best = heapq.nlargest(SIMILAR, (score for score in scores.values() if score[0] >= LEAST))
    ids = [id_ for _, id_ in best]
    said, corrections = repository.said(session, ids), repository.corrections_of(session, ids)
    return [Similar(*said[id_], corrections.get(id_), likeness) for likeness, id_ in best]


def _likeness(one: set[str], other: set[str]) -> float:
    """Jaccard's."""
    return len(one & other) / len(one | other) if one and other else 0.0
