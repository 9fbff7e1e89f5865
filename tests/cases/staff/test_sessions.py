"""Sessions live on the server: they begin with a new token, go quiet, grow old and are ended there."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.models import StaffSession, StaffUser
from cases.staff import repository, sessions

Clock = Callable[[str], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Puts the clock to a time of the day."""
    return lambda time: monkeypatch.setenv("TUIKUAN_NOW", f"2026-11-22T{time}")


@pytest.fixture
def half(session: Session, lin: StaffUser) -> tuple[StaffSession, str]:
    """A browser of 小林's in which the password was right, at ten in the morning."""
    return sessions.start(session, lin, agent="Firefox", address="127.0.0.1")


@pytest.fixture
def token(half: tuple[StaffSession, str]) -> str:
    """The token of that browser once the second factor was right, too."""
    return sessions.verify(half[0])


def test_a_token_has_256_random_bits_and_is_not_kept(session: Session, lin: StaffUser) -> None:
    tokens = {sessions.start(session, lin, agent="", address="")[1] for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 43 for token in tokens)
    kept = {found.token_hash for found in repository.open_sessions(session, lin)}
    assert not kept & tokens


def test_a_token_finds_its_session(session: Session, half: tuple[StaffSession, str], token: str) -> None:
    assert sessions.by_token(session, token) is half[0]


@pytest.mark.parametrize("token", ["", "x", "会话", "\ud800", "' OR 1=1 --", "a" * 100_000])
def test_nonsense_finds_none(session: Session, lin: StaffUser, token: str) -> None:
    assert sessions.by_token(session, token) is None


def test_the_second_factor_brings_a_new_token(session: Session, half: tuple[StaffSession, str], token: str) -> None:
    assert token != half[1]
    assert sessions.by_token(session, half[1]) is None


class TestTimeRunsOut:
    def test_between_the_password_and_the_second_factor(
        self, session: Session, half: tuple[StaffSession, str], at: Clock
    ) -> None:
        at("10:09:59")
        assert sessions.by_token(session, half[1])
        at("10:10:00")
        assert sessions.by_token(session, half[1]) is None

    def test_when_nothing_is_done(self, session: Session, token: str, at: Clock) -> None:
        at("10:29:59")
        assert sessions.by_token(session, token)
        at("10:30:00")
        assert sessions.by_token(session, token) is None

    def test_which_begins_anew_with_everything_that_is(
        self, session: Session, half: tuple[StaffSession, str], token: str, at: Clock
    ) -> None:
        at("10:29:00")
        sessions.seen(half[0])
        at("10:58:00")
        assert sessions.by_token(session, token)

    def test_after_half_a_day_whatever_is_done(
        self, session: Session, half: tuple[StaffSession, str], token: str, at: Clock
    ) -> None:
        at("21:59:59")
        sessions.seen(half[0])
        assert sessions.by_token(session, token)
        at("22:00:00")
        assert sessions.by_token(session, token) is None

    def test_and_being_seen_is_written_down_once_a_minute(self, half: tuple[StaffSession, str], at: Clock) -> None:
        at("10:00:59")
        assert not sessions.is_due(half[0])
        at("10:01:00")
        assert sessions.is_due(half[0])


class TestTheyAreEnded:
    def test_one(self, session: Session, half: tuple[StaffSession, str], token: str) -> None:
        sessions.end(half[0])
        assert sessions.by_token(session, token) is None

    def test_all_but_one(self, session: Session, lin: StaffUser, half: tuple[StaffSession, str], token: str) -> None:
        _, other = sessions.start(session, lin, agent="Safari", address="127.0.0.1")
        sessions.end_all(session, lin, but=half[0])
        assert sessions.by_token(session, token)
        assert sessions.by_token(session, other) is None

    def test_with_the_account(self, session: Session, lin: StaffUser, token: str) -> None:
        lin.disabled_at = clock.now()
        assert sessions.by_token(session, token) is None

    def test_once(self, half: tuple[StaffSession, str], at: Clock) -> None:
        sessions.end(half[0])
        ended_at = half[0].ended_at
        at("11:00:00")
        sessions.end(half[0])
        assert half[0].ended_at == ended_at


def test_the_list_has_those_that_are_signed_in(
    session: Session, lin: StaffUser, half: tuple[StaffSession, str], token: str, at: Clock
) -> None:
    at("10:20:00")
    later, _ = sessions.start(session, lin, agent="Safari", address="127.0.0.1")
    sessions.verify(later)
    sessions.start(session, lin, agent="half in", address="127.0.0.1")
    assert [found.agent for found in sessions.live(session, lin)] == ["Safari", "Firefox"]
    at("10:40:00")
    assert [found.agent for found in sessions.live(session, lin)] == ["Safari"]
