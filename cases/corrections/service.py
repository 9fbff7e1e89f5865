"""Keeping what humans say that messages mean."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases import clock
from cases.corrections import repository
from cases.models import Conversation, Message, NluCorrection, Teacher


def correct(session: Session, message: Message, intent: str, teacher: Teacher) -> None:
    """A human says what a message means; the last word counts."""
    known = repository.of_message(session, message)
    if known is None:
        known = NluCorrection(message_id=message.id)
        session.add(known)
    known.intent, known.teacher, known.made_at = intent, teacher, clock.now()


def explained(session: Session, conversation: Conversation, intent: str) -> None:
    """The person was asked what they meant, and has picked `intent`: their words before that question meant it."""
    said = repository.last_answered(session, conversation)
    if said is not None:
        correct(session, said, intent, Teacher.PERSON)


def candidates(session: Session, unsure: float, since: datetime | None = None) -> list[tuple[Message, str | None]]:
    """Messages to learn from, each once, with the intent a human gave (`None`: still to be judged)."""
    found = {message.id: (message, intent) for message, intent in repository.worth_learning(session, unsure, since)}
    for message in repository.before_a_human(session, since):
        found.setdefault(message.id, (message, None))
    return [found[id_] for id_ in sorted(found)]
