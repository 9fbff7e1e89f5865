"""Somebody turns away from a channel."""

from sqlalchemy.orm import Session

from cases.callbacks import repository as callbacks
from cases.models import Person
from cases.people import erasing, repository
from cases.transcript import service as transcript


def leave(session: Session, person: Person, channel: str) -> list[str]:
    """Forget how a channel knows a person, and everything about them unless they have another door to it.

    What the channel delivers again afterwards is known as done. Returns the originals to remove, as `erasing.erase`.
    """
    transcript.order(session, person)
    callbacks.disown(session, person.id)
    others = [known for known in person.identities if known.channel != channel]
    if not others:
        return erasing.erase(session, person)
    repository.forget_identities(session, person, channel)
    return []
