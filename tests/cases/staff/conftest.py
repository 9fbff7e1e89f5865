"""A member of staff who has set up everything, on both databases."""

from functools import cache

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.models import Role, StaffUser
from cases.staff import passwords, second_factor

PASSWORD = "walnut trellis magnet 48"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def lin(session: Session) -> StaffUser:
    """小林, an agent. Their secret is `SECRET`, of which no code has been used for years."""
    made = StaffUser(name="lin", display_name="小林", role=Role.AGENT, password_hash=_password_hash())
    made.password_is_temporary, made.recovery_hashes, made.created_at = False, [], clock.now()
    session.add(made)
    session.flush()
    made.totp_secret, made.totp_used_step = second_factor.sealed(made, SECRET), 1
    return made


@cache
def _password_hash() -> str:
    """Made once: it is slow by design."""
    return passwords.hashed(PASSWORD)
