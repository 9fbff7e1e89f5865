"""Writing down who did or read what. It outlives what it is about, and nobody changes it."""

from typing import Any

from sqlalchemy.orm import Session

from cases import clock
from cases.models import Audit


def note(session: Session, staff_id: int | None, action: str, subject: str, **data: Any) -> None:
    """Somebody (`None`: the machine's own command, or nobody we know) did `action` with `subject`.

    `subject` names without keys of tables: `case:NUMBER`, `person:PUBLICID`, `conversation:PUBLICID`, `staff:NAME`
    or `list`. `data` is JSON and holds nothing personal: it stays when a person is erased.
    """
    session.add(Audit(at=clock.now(), staff_id=staff_id, action=action, subject=subject, data=data))
