"""Queries on attachments."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases.models import Attachment, Conversation, EvidenceItem, Person, ReadingState


def loose(session: Session, person: Person) -> list[Attachment]:
    """Files of the person that belong to no evidence item yet, oldest first."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.person_id == person.id, Attachment.evidence_item_id.is_(None))
            .where(Attachment.withdrawn_at.is_(None))
            .order_by(Attachment.id)
        )
    )


def unread(session: Session, limit: int) -> list[int]:
    """Ids of the pictures that wait to be read, oldest first."""
    waiting = select(Attachment.id).where(Attachment.reading_state == ReadingState.WAITING)
    return list(session.scalars(waiting.order_by(Attachment.id).limit(limit)))


def being_read(session: Session, person: Person) -> int:
    """How many of the person's pictures wait to be read."""
    waiting = select(func.count()).where(Attachment.person_id == person.id)
    return session.scalar(waiting.where(Attachment.reading_state == ReadingState.WAITING)) or 0


def readers(session: Session) -> list[int]:
    """Ids of the persons whose pictures were all read, and who can be told now: no question waits for a yes or no."""
    people = select(Attachment.person_id).distinct()
    waiting = people.where(Attachment.reading_state == ReadingState.WAITING)
    confirming = select(Conversation.person_id).where(Conversation.asked.startswith("confirm."))
    read = people.where(Attachment.reading_state == ReadingState.READ)
    return list(session.scalars(read.where(Attachment.person_id.not_in(waiting.union(confirming)))))


def untold(session: Session, person: Person) -> list[Attachment]:
    """The person's pictures that were read since they were last told."""
    read = select(Attachment).where(Attachment.person_id == person.id, Attachment.reading_state == ReadingState.READ)
    return list(session.scalars(read.order_by(Attachment.id)))


def filed(session: Session, person: Person) -> list[tuple[Attachment, EvidenceItem]]:
    """All files of the person that prove something, with what."""
    pairs = select(Attachment, EvidenceItem).join(EvidenceItem, Attachment.evidence_item_id == EvidenceItem.id)
    rows = session.execute(pairs.where(Attachment.person_id == person.id))
    return [(attachment, item) for attachment, item in rows]


def by_public_id(session: Session, public_id: str) -> Attachment | None:
    """The file with this public id, whosever it is."""
    if not public_id.isalnum():  # PostgreSQL takes no NUL in a question
        return None
    return session.scalar(select(Attachment).where(Attachment.public_id == public_id))


def bytes_kept(session: Session, person_id: int, *, besides: str) -> int:
    """The size of all originals of a person together, each counted once, but for the one with this SHA-256."""
    own = select(Attachment.sha256, Attachment.size).where(Attachment.person_id == person_id)
    originals = own.where(Attachment.sha256 != besides).distinct().subquery()
    return session.scalar(select(func.coalesce(func.sum(originals.c.size), 0))) or 0


def is_kept(session: Session, sha256: str) -> bool:
    """Whether anybody has handed in the original with this SHA-256."""
    return session.scalar(select(Attachment.id).where(Attachment.sha256 == sha256).limit(1)) is not None
