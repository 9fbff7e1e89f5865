"""Guessing slows down, whoever guesses from wherever; and nobody is kept out for long by it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from cases.models import SignInAttempt
from cases.staff import throttle
from cases.staff.throttle import Door, TooFast

DESK, CAFE = "10.0.0.1", "203.0.113.9"


def fail(session: Session, times: int, name: str = "lin", address: str = CAFE) -> None:
    """So many wrong tries, each as soon as it is looked at."""
    for _ in range(times):
        throttle.begin(session, Door.of(name, address))
        later(session, throttle.LONGEST)


def later(session: Session, passes: timedelta) -> None:
    """Time passes: what was tried is that much longer ago."""
    for attempt in session.query(SignInAttempt):
        attempt.at -= passes
    session.flush()


def wait_s(session: Session, name: str = "lin", address: str = CAFE) -> int:
    """How long somebody who fails once more then has to wait."""
    throttle.begin(session, Door.of(name, address))
    try:
        throttle.begin(session, Door.of(name, address))
    except TooFast as slow:
        return slow.wait_s
    return 0


@pytest.mark.parametrize(("failures", "wait"), [(3, 0), (4, 2), (5, 4), (6, 8), (7, 16), (8, 32), (9, 60), (30, 60)])
def test_the_wait_doubles_after_some_failures_up_to_a_minute(session: Session, failures: int, wait: int) -> None:
    fail(session, failures, address=CAFE)
    assert wait_s(session, address=DESK) == wait


def test_one_address_waits_whatever_the_name(session: Session) -> None:
    for number in range(throttle.FREE_PER_ADDRESS):
        fail(session, 1, name=f"name{number}")
    assert wait_s(session, "another") == 2
    assert wait_s(session, "and another", DESK) == 0


def test_ipv6_waits_by_the_network_that_somebody_has(session: Session) -> None:
    for number in range(throttle.FREE_PER_ADDRESS):
        fail(session, 1, name=f"name{number}", address=f"2001:db8::{number}")
    assert wait_s(session, "another", "2001:db8::ffff") == 2
    assert wait_s(session, "and another", "2001:db8:0:1::1") == 0


def test_a_name_is_the_same_however_it_is_written(session: Session) -> None:
    fail(session, throttle.FREE_PER_NAME, name=" Lin ")
    assert wait_s(session, "lin", DESK) == 2


def test_what_was_typed_as_a_name_is_not_kept(session: Session) -> None:
    throttle.begin(session, Door.of("walnut trellis", CAFE))
    [attempt] = session.query(SignInAttempt)
    assert "walnut" not in attempt.name


class TestNobodyIsLockedOut:
    def test_when_the_wait_is_over_the_next_try_is_looked_at(self, session: Session) -> None:
        fail(session, 20)
        throttle.begin(session, Door.of("lin", CAFE))
        later(session, throttle.LONGEST - timedelta(seconds=5))
        with pytest.raises(TooFast):
            throttle.begin(session, Door.of("lin", CAFE))
        later(session, timedelta(seconds=5))
        throttle.begin(session, Door.of("lin", CAFE))

    def test_tries_before_that_lengthen_nothing(self, session: Session) -> None:
        fail(session, throttle.FREE_PER_NAME)
        throttle.begin(session, Door.of("lin", CAFE))
        for _ in range(100):
            with pytest.raises(TooFast):
                throttle.begin(session, Door.of("lin", CAFE))
        later(session, timedelta(seconds=2))
        throttle.begin(session, Door.of("lin", CAFE))

    def test_a_stranger_who_guesses_slows_nobody_down_where_they_have_signed_in(self, session: Session) -> None:
        throttle.succeed(throttle.begin(session, Door.of("lin", DESK)))
        fail(session, 30, address=CAFE)
        assert wait_s(session, address=DESK) == 0

    def test_but_that_address_has_to_wait_for_its_own_failures(self, session: Session) -> None:
        throttle.succeed(throttle.begin(session, Door.of("lin", DESK)))
        fail(session, throttle.FREE_PER_NAME, address=DESK)
        assert wait_s(session, address=DESK) == 2

    def test_and_is_forgotten_after_a_month(self, session: Session) -> None:
        throttle.succeed(throttle.begin(session, Door.of("lin", DESK)))
        later(session, throttle.KNOWN_FOR)
        fail(session, throttle.FREE_PER_NAME, address=CAFE)
        assert wait_s(session, address=DESK) == 2


class TestFailuresAreForgiven:
    def test_by_signing_in(self, session: Session) -> None:
        fail(session, throttle.FREE_PER_NAME)
        throttle.succeed(throttle.begin(session, Door.of("lin", CAFE)))
        assert wait_s(session) == 0

    def test_after_an_hour(self, session: Session) -> None:
        fail(session, 10)
        later(session, throttle.FORGIVEN_AFTER)
        assert wait_s(session) == 0

    def test_but_not_by_a_right_password_alone(self, session: Session) -> None:
        """Else who has the password might try all codes of the telephone."""
        for _ in range(throttle.FREE_PER_NAME):
            throttle.forgive(session, throttle.begin(session, Door.of("lin", CAFE)))
            fail(session, 1)
        assert wait_s(session) == 2


def test_what_is_too_old_to_matter_is_deleted(session: Session) -> None:
    fail(session, 3)
    later(session, throttle.KNOWN_FOR)
    throttle.begin(session, Door.of("lin", CAFE))
    assert session.query(SignInAttempt).count() == 1


def test_a_try_counts_before_it_is_looked_at(session: Session) -> None:
    """So that a hundred at once are a hundred."""
    begun = 0
    for _ in range(100):
        try:
            throttle.begin(session, Door.of("lin", CAFE))
        except TooFast:
            break
        begun += 1
    assert begun == throttle.FREE_PER_NAME + 1
