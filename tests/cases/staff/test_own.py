"""What somebody does with their own account: each change of what a browser may open gives it a new token."""

import time
from collections.abc import Callable

import pyotp
import pytest
from sqlalchemy.orm import Session

from cases.errors import BadInput
from cases.models import Audit, StaffSession, StaffUser
from cases.staff import own, passwords, recovery, second_factor, sessions

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "walnut trellis magnet 48"
NEW = "lantern gravel otter 31"


@pytest.fixture
def browser(session: Session, lin: StaffUser) -> StaffSession:
    """A browser in which 小林 has given the password."""
    return sessions.start(session, lin, agent="", address="")[0]


@pytest.fixture
def code() -> Callable[[], str]:
    """What the telephone shows now."""
    return lambda: pyotp.TOTP(SECRET).at(int(time.time()))


def actions(session: Session) -> list[str]:
    return [line.action for line in session.query(Audit).order_by(Audit.id)]


class TestAnotherPassword:
    def test_replaces_the_one_there_was(self, session: Session, lin: StaffUser, browser: StaffSession) -> None:
        own.set_password(session, browser, own.judge(lin, NEW))
        assert passwords.matches(lin.password_hash, NEW)
        assert not passwords.matches(lin.password_hash, PASSWORD)
        assert actions(session) == ["change_password"]

    def test_ends_the_other_browsers_and_gives_this_one_a_new_token(
        self, session: Session, lin: StaffUser, browser: StaffSession
    ) -> None:
        before = sessions.renew(browser)
        _, other = sessions.start(session, lin, agent="", address="")
        token = own.set_password(session, browser, own.judge(lin, NEW))
        assert sessions.by_token(session, token) is browser
        assert sessions.by_token(session, before) is None
        assert sessions.by_token(session, other) is None

    @pytest.mark.parametrize(
        ("password", "code"), [(PASSWORD, "password_same"), ("password1234", "password_weak"), ("", "password_short")]
    )
    def test_is_a_good_one(self, lin: StaffUser, password: str, code: str) -> None:
        with pytest.raises(BadInput) as refused:
            own.judge(lin, password)
        assert refused.value.code == code

    def test_is_not_made_of_their_name(self, lin: StaffUser) -> None:
        lin.name = "zhaoqingyuan"
        with pytest.raises(BadInput):
            own.judge(lin, "zhaoqingyuan1")


class TestEnrolling:
    @pytest.fixture
    def wang(self, lin: StaffUser) -> StaffUser:
        """Somebody whose telephone has a secret that it has not shown yet."""
        lin.totp_used_step = 0
        return lin

    def test_lets_them_in(
        self, session: Session, wang: StaffUser, browser: StaffSession, code: Callable[[], str]
    ) -> None:
        token = own.enrol(session, browser, code())
        assert second_factor.is_enrolled(wang)
        found = sessions.by_token(session, token)
        assert found is browser
        assert found.verified_at

    def test_needs_a_right_code(self, session: Session, wang: StaffUser, browser: StaffSession) -> None:
        with pytest.raises(BadInput):
            own.enrol(session, browser, "nonsense")
        assert not second_factor.is_enrolled(wang)
        assert browser.verified_at is None

    def test_uses_up_its_code(
        self, session: Session, wang: StaffUser, browser: StaffSession, code: Callable[[], str]
    ) -> None:
        own.enrol(session, browser, used := code())
        assert own.pass_second_factor(session, browser, used, None) is None


class TestTheSecondFactor:
    def test_is_a_code_of_the_telephone(self, session: Session, browser: StaffSession, code: Callable[[], str]) -> None:
        token = own.pass_second_factor(session, browser, code(), None)
        assert token
        assert sessions.by_token(session, token) is browser
        assert actions(session) == ["sign_in"]

    def test_or_one_on_paper_which_is_used_up(self, session: Session, lin: StaffUser, browser: StaffSession) -> None:
        codes, hashes = recovery.new()
        own.keep_recovery(session, lin, hashes)
        kept = recovery.find(lin, codes[0])
        assert own.pass_second_factor(session, browser, codes[0], kept)
        assert own.pass_second_factor(session, browser, codes[0], kept) is None

    @pytest.mark.parametrize("typed", ["", "nonsense", "ABCDE-FGHJK"])
    def test_is_nothing_else(self, session: Session, lin: StaffUser, browser: StaffSession, typed: str) -> None:
        assert own.pass_second_factor(session, browser, typed, recovery.find(lin, typed)) is None
        assert browser.verified_at is None
        assert actions(session) == ["second_factor_wrong"]


def test_the_telephone_proves_who_sits_there(session: Session, lin: StaffUser, code: Callable[[], str]) -> None:
    own.prove(session, lin, right := code())
    with pytest.raises(BadInput):
        own.prove(session, lin, right)
