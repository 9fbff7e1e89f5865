"""The team: how somebody comes into it, what they may do, and who is left."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.errors import BadInput, NotFound
from cases.models import Audit, Role, StaffUser
from cases.staff import accounts, passwords, second_factor, sessions

Act = Callable[[Session, int | None, StaffUser], object]


@pytest.fixture
def chen(session: Session) -> StaffUser:
    """The one lead."""
    return accounts.add(session, None, "chen", "老陈", Role.LEAD)[0]


def noted(session: Session) -> list[tuple[int | None, str, str]]:
    """What the audit says: who did what to whom."""
    return [(line.staff_id, line.action, line.subject) for line in session.query(Audit).order_by(Audit.id)]


class TestANewAccount:
    def test_has_a_one_time_password_and_nothing_else(self, session: Session) -> None:
        made, password = accounts.add(session, None, "wang", "小王", Role.AGENT)
        assert passwords.matches(made.password_hash, password)
        assert made.password_is_temporary
        assert not second_factor.is_enrolled(made)

    def test_has_a_name_in_small_letters(self, session: Session) -> None:
        made, _ = accounts.add(session, None, " Wang ", " 小王 ", Role.AGENT)
        assert (made.name, made.display_name) == ("wang", "小王")
        assert accounts.find(session, "WANG") is made

    @pytest.mark.parametrize("name", ["", "w", "1wang", "小王", "wa ng", "wang/..", "w" * 33, "wang\n1", "wang'--"])
    def test_has_a_name_that_is_easy_to_type(self, session: Session, name: str) -> None:
        with pytest.raises(BadInput) as refused:
            accounts.add(session, None, name, "小王", Role.AGENT)
        assert refused.value.code == "name_malformed"

    @pytest.mark.parametrize("display_name", ["", "  ", "王" * 21, "小\n王", "小\u202e王"])
    def test_has_a_name_for_people(self, session: Session, display_name: str) -> None:
        with pytest.raises(BadInput) as refused:
            accounts.add(session, None, "wang", display_name, Role.AGENT)
        assert refused.value.code == "display_name_malformed"

    def test_has_a_name_of_its_own(self, session: Session, lin: StaffUser) -> None:
        with pytest.raises(BadInput) as refused:
            accounts.add(session, None, "LIN", "小林", Role.AGENT)
        assert refused.value.code == "name_taken"

    def test_is_not_there_before(self, session: Session) -> None:
        """No account comes with the program."""
        assert session.query(StaffUser).count() == 0
        with pytest.raises(NotFound):
            accounts.find(session, "admin")


class TestAOneTimePassword:
    def test_is_over_after_a_week(self, session: Session, chen: StaffUser, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-29T09:59:59")
        assert not accounts.one_time_is_over(session, chen)
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-29T10:00:00")
        assert accounts.one_time_is_over(session, chen)

    def test_of_a_reset_lasts_as_long(self, session: Session, chen: StaffUser, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2027-03-01T10:00:00")
        accounts.reset(session, None, chen)
        monkeypatch.setenv("TUIKUAN_NOW", "2027-03-08T09:59:59")
        assert not accounts.one_time_is_over(session, chen)

    def test_that_was_replaced_is_never_over(
        self, session: Session, lin: StaffUser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2028-11-22T10:00:00")
        assert not accounts.one_time_is_over(session, lin)


class TestAReset:
    def test_leaves_nothing_of_the_password_the_telephone_and_the_codes(
        self, session: Session, chen: StaffUser, lin: StaffUser
    ) -> None:
        before = lin.password_hash
        password = accounts.reset(session, chen.id, lin)
        assert lin.password_hash != before
        assert passwords.matches(lin.password_hash, password)
        assert (lin.password_is_temporary, lin.totp_secret, lin.recovery_hashes) == (True, None, [])


ENDING: dict[str, Act] = {
    "disabling": accounts.disable,
    "another role": lambda session, by, staff: accounts.set_role(session, by, staff, Role.REVIEWER),
    "a reset": accounts.reset,
    "signing them out": lambda session, by, staff: accounts.end_sessions(session, by or 0, staff),
}


@pytest.mark.parametrize("act", ENDING.values(), ids=ENDING)
def test_it_ends_their_sessions_at_once(session: Session, chen: StaffUser, lin: StaffUser, act: Act) -> None:
    found, _ = sessions.start(session, lin, agent="", address="")
    token = sessions.verify(found)
    act(session, chen.id, lin)
    assert sessions.by_token(session, token) is None


class TestOneLeadIsLeft:
    @pytest.mark.parametrize("act", [ENDING["disabling"], ENDING["another role"]], ids=["disabled", "another role"])
    def test_the_last_one_stays(self, session: Session, chen: StaffUser, lin: StaffUser, act: Act) -> None:
        with pytest.raises(BadInput) as refused:
            act(session, None, chen)
        assert refused.value.code == "last_lead"
        assert (chen.role, chen.disabled_at) == (Role.LEAD, None)

    def test_one_who_is_disabled_does_not_count(self, session: Session, chen: StaffUser, lin: StaffUser) -> None:
        accounts.set_role(session, None, lin, Role.LEAD)
        accounts.disable(session, None, lin)
        with pytest.raises(BadInput):
            accounts.disable(session, None, chen)

    def test_one_of_two_may_go(self, session: Session, chen: StaffUser, lin: StaffUser) -> None:
        accounts.set_role(session, None, lin, Role.LEAD)
        accounts.disable(session, lin.id, chen)
        assert chen.disabled_at == clock.now()


class TestTheAudit:
    def test_says_who_did_what_to_whom(self, session: Session, chen: StaffUser, lin: StaffUser) -> None:
        accounts.set_role(session, chen.id, lin, Role.LEAD)
        accounts.disable(session, chen.id, lin)
        accounts.enable(session, None, lin)
        accounts.reset(session, chen.id, lin)
        assert noted(session) == [
            (None, "add_staff", "staff:chen"),
            (chen.id, "set_role", "staff:lin"),
            (chen.id, "disable_staff", "staff:lin"),
            (None, "enable_staff", "staff:lin"),
            (chen.id, "reset_staff", "staff:lin"),
        ]

    def test_says_nothing_where_nothing_changes(self, session: Session, lin: StaffUser) -> None:
        accounts.enable(session, None, lin)
        accounts.set_role(session, None, lin, Role.AGENT)
        assert noted(session) == []


def test_only_a_browser_of_theirs_is_signed_out_for_them(session: Session, chen: StaffUser, lin: StaffUser) -> None:
    found, _ = sessions.start(session, lin, agent="", address="")
    with pytest.raises(NotFound):
        accounts.end_session(session, chen.id, chen, found.public_id)
    with pytest.raises(NotFound):
        accounts.end_session(session, chen.id, lin, "nobodys")
    assert found.ended_at is None
    accounts.end_session(session, chen.id, lin, found.public_id)
    assert found.ended_at is not None
