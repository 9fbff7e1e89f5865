"""Two doors of one human, as two persons, and something staff have done about either."""

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.models import Person, Role, StaffUser
from cases.people import service as people


@pytest.fixture
def web(session: Session) -> Person:
    """Them on the web."""
    identity, _ = people.start_web_session(session)
    session.flush()
    return identity.person


@pytest.fixture
def wechat(session: Session) -> Person:
    """Them in WeChat."""
    return people.by_channel(session, "wechat", "o-them")


@pytest.fixture
def staff(session: Session) -> StaffUser:
    """Somebody who works here."""
    made = StaffUser(
        name="li", display_name="小李", role=Role.AGENT, password_hash="", created_at=clock.now(), totp_used_step=0
    )
    session.add(made)
    session.flush()
    return made
