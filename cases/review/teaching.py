"""What staff say that a message means."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cases.case import facts
from cases.corrections import repository as corrections
from cases.corrections import service
from cases.errors import BadInput
from cases.knowledge import Knowledge
from cases.models import Author, Message, StaffUser, Teacher

# What is taken from sentences, as far as it is a fact of a case.
TAUGHT = (
    *("amount", "delivered_amount", "platform", "merchant", "product", "paid_at"),
    *("pay_channel", "pay_method", "order_no", "contact_attempts"),
)

Entities = list[dict[str, Any]]


def correct(session: Session, message: Message, staff: StaffUser, intent: str, entities: Entities | None) -> None:
    """Say what a message means; `None` leaves open which facts are in it. The last word counts."""
    if message.author != Author.PERSON or message.intent in corrections.ANSWERS:
        raise BadInput("只有对方自己写的话才能纠正。", code="not_theirs")
    service.correct(session, message, intent, Teacher.STAFF)
    session.flush()
    made = corrections.of_message(session, message)
    assert made is not None
    made.facts, made.staff_id = entities, staff.id


def entities(written: Mapping[str, str], knowledge: Knowledge) -> Entities:
    """Facts as a form hands them in, as the NLU would have found them. Raises `BadInput` for what cannot be so."""
    said = {name: text for name, text in written.items() if name in TAUGHT and text.strip()}
    values = {name: facts.written(name, text, knowledge) for name, text in said.items()}
    return [
        {"entity": name, "value": value.isoformat() if isinstance(value, date) else value}
        for name, value in values.items()
    ]
