"""Queries on attachments."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.models import Attachment, Person


def loose(session: Session, person: Person) -> list[Attachment]:
    """Files of the person that belong to no evidence item yet, oldest first."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.person_id == person.id, Attachment.evidence_item_id.is_(None))
            .order_by(Attachment.id)
        )
    )
