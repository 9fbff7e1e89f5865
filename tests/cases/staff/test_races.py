"""Many at once: what is good once is good for one of them, and guesses that come together are counted together."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest

from cases import clock
from cases.database import engine, transaction
from cases.errors import BadInput
from cases.models import Role, SignInAttempt, StaffSession, StaffUser
from cases.staff import accounts, own, passwords, recovery, second_factor, sessions, throttle
from cases.staff.throttle import Door, TooFast

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AT_ONCE = 8


def at_once(act: Callable[[int], bool]) -> int:
    """How many of them it worked for."""
    engine()  # one for all of them, as in a process that serves
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(act, range(AT_ONCE)))


@pytest.fixture
def browsers(database: str) -> list[int]:
    """Browsers in which 小林's password was right."""
    with transaction() as session:
        lin = StaffUser(name="lin", display_name="小林", role=Role.AGENT, password_hash="", created_at=clock.now())
        lin.recovery_hashes = []
        session.add(lin)
        session.flush()
        lin.totp_secret, lin.totp_used_step = second_factor.sealed(lin, SECRET), 1
        return [sessions.start(session, lin, agent="", address="")[0].id for _ in range(AT_ONCE)]


def passing(browsers: list[int], code: str, kept: str | None = None) -> Callable[[int], bool]:
    """Give this code in one of the browsers."""

    def act(number: int) -> bool:
        with transaction() as session:
            found = session.get_one(StaffSession, browsers[number])
            return own.pass_second_factor(session, found, code, kept) is not None

    return act


def test_one_browser_gets_in_by_a_code_of_the_telephone(browsers: list[int]) -> None:
    assert at_once(passing(browsers, pyotp.TOTP(SECRET).at(int(time.time())))) == 1


def test_one_browser_gets_in_by_a_code_on_paper(browsers: list[int]) -> None:
    with transaction() as session:
        lin = session.get_one(StaffSession, browsers[0]).staff
        recovery.keep(lin, [kept := passwords.hashed("ABCDEFGHJK")])
    assert at_once(passing(browsers, "ABCDE-FGHJK", kept)) == 1


def test_guesses_that_come_together_are_counted_together(database: str) -> None:
    def guess(_: int) -> bool:
        try:
            with transaction() as session:
                throttle.begin(session, Door.of("lin", "203.0.113.9"))
        except TooFast:
            return False
        return True

    assert at_once(guess) == throttle.FREE_PER_NAME + 1
    with transaction() as session:
        assert session.query(SignInAttempt).count() == throttle.FREE_PER_NAME + 1


def test_of_two_leads_who_disable_each_other_one_is_left(database: str) -> None:
    with transaction() as session:
        leads = [accounts.add(session, None, name, "主管", Role.LEAD)[0].id for name in ("chen", "zhao")]

    def disable(number: int) -> bool:
        try:
            with transaction() as session:
                accounts.disable(session, None, session.get_one(StaffUser, leads[number % 2]))
        except BadInput:
            return False
        return True

    at_once(disable)
    with transaction() as session:
        assert session.query(StaffUser).filter_by(disabled_at=None).count() == 1
