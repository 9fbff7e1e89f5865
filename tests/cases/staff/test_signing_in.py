"""The way in: who somebody is, and what is asked of them next."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from cases import clock
from cases.models import Audit, Role, StaffUser
from cases.staff import accounts, own, sessions, signing_in
from cases.staff.signing_in import Step

PASSWORD = "walnut trellis magnet 48"


class TestWhoItIs:
    @pytest.mark.parametrize("name", ["lin", "LIN", " lin "])
    def test_by_their_name_and_password(self, session: Session, lin: StaffUser, name: str) -> None:
        assert signing_in.who(session, name, PASSWORD) is lin

    @pytest.mark.parametrize(
        ("name", "password"), [("lin", "wrong"), ("nobody", PASSWORD), ("", ""), ("小林", PASSWORD)]
    )
    def test_nobody_if_either_is_wrong(self, session: Session, lin: StaffUser, name: str, password: str) -> None:
        assert signing_in.who(session, name, password) is None

    def test_nobody_whose_account_is_disabled(self, session: Session, lin: StaffUser) -> None:
        lin.disabled_at = clock.now()
        assert signing_in.who(session, "lin", PASSWORD) is None

    def test_nobody_whose_one_time_password_came_too_late(
        self, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made, password = accounts.add(session, None, "wang", "小王", Role.AGENT)
        assert signing_in.who(session, "wang", password) is made
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-30T10:00:00")
        assert signing_in.who(session, "wang", password) is None


def test_what_is_asked_for_next(session: Session) -> None:
    """An own password, a telephone, then its code; each of them once it is there."""
    wang, _ = accounts.add(session, None, "wang", "小王", Role.AGENT)
    browser, _ = sessions.start(session, wang, agent="", address="")
    assert signing_in.step(browser) is Step.PASSWORD
    own.set_password(session, browser, own.judge(wang, PASSWORD))
    assert signing_in.step(browser) is Step.ENROL
    wang.totp_used_step = 1
    assert signing_in.step(browser) is Step.SECOND_FACTOR
    sessions.verify(browser)
    assert signing_in.step(browser) is Step.DONE


def test_a_password_that_was_hashed_faster_is_hashed_anew(session: Session, lin: StaffUser) -> None:
    lin.password_hash = weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024).hash(PASSWORD)
    signing_in.keep_up(lin, PASSWORD)
    assert lin.password_hash != weak
    assert signing_in.who(session, "lin", PASSWORD) is lin


def test_and_no_other(lin: StaffUser) -> None:
    before = lin.password_hash
    signing_in.keep_up(lin, PASSWORD)
    assert lin.password_hash == before


def test_a_failure_is_noted_for_a_name_that_there_is_and_no_other(session: Session, lin: StaffUser) -> None:
    """What is no name may be a password."""
    signing_in.note_failure(session, "Lin")
    signing_in.note_failure(session, PASSWORD)
    assert [(line.action, line.subject) for line in session.query(Audit)] == [("sign_in_failed", "staff:lin")]
