"""Tickets in links: who holds one may open the conversation of the person it names, for a day."""

from datetime import timedelta

from cases import clock, signing
from cases.models import Person

PATH = "/door"
PURPOSE = "door"
VALID_FOR = timedelta(hours=24)
MAX_CHARS = 160


def sign(person: Person) -> str:
    """The path that leads into the person's conversation: `/door/{public id}.{until}.{signature}`."""
    until = str(int((clock.now() + VALID_FOR).timestamp()))
    return f"{PATH}/{person.public_id}.{until}.{signing.signature(PURPOSE, person.public_id, until)}"


def named(ticket: str) -> str | None:
    """The public id of the person a ticket names; `None` if it is not ours, was changed or has expired."""
    public_id, _, rest = ticket.partition(".")
    until, _, signature = rest.partition(".")
    is_good = signing.is_signed(signature, PURPOSE, public_id, until) and signing.has_time_left(until)
    return public_id if is_good else None
