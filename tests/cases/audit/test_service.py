"""What staff did and read is written down, found again, and stays when what it is about is gone."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.audit import repository
from cases.audit import service as audit
from cases.audit.repository import Filter
from cases.models import Person, Role, StaffUser
from cases.people import erasing
from cases.staff import accounts


@pytest.fixture
def chen(session: Session) -> StaffUser:
    """A lead. That they were added is the first line."""
    return accounts.add(session, None, "chen", "老陈", Role.LEAD)[0]


def found(session: Session, wanted: Filter | None = None, limit: int = 50, older_than: int | None = None) -> list[str]:
    """The actions that are found, the newest first."""
    return [line.action for line, _ in repository.lines(session, wanted or Filter(), limit, older_than)]


@pytest.fixture
def lines(session: Session, chen: StaffUser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some reading, a day later."""
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-23T00:30:00")
    audit.note(session, chen.id, "read_case", "case:AB12", fields=["phone"])
    audit.note(session, chen.id, "unmask", "case:AB12")
    audit.note(session, chen.id, "read_case", "case:AB_2")
    session.flush()


def test_a_line_says_who_did_what_to_what_and_when(session: Session, chen: StaffUser, lines: None) -> None:
    _, (line, who) = repository.lines(session, Filter(action="read_case"), 50)
    assert who is chen
    assert (line.subject, line.data, line.at) == ("case:AB12", {"fields": ["phone"]}, clock.now())


@pytest.mark.parametrize(
    ("wanted", "actions"),
    [
        (Filter(), ["read_case", "unmask", "read_case", "add_staff"]),
        (Filter(staff="chen"), ["read_case", "unmask", "read_case"]),
        (Filter(staff="nobody"), []),
        (Filter(action="unmask"), ["unmask"]),
        (Filter(subject="case:"), ["read_case", "unmask", "read_case"]),
        (Filter(subject="case:AB12"), ["unmask", "read_case"]),
        (Filter(subject="case:AB_"), ["read_case"]),
        (Filter(subject="%"), []),
    ],
    ids=["all", "of somebody", "of nobody", "of a kind", "about cases", "about one", "a line is no joker", "nor is %"],
)
def test_lines_are_found(session: Session, lines: None, wanted: Filter, actions: list[str]) -> None:
    assert found(session, wanted) == actions


def test_lines_are_found_by_their_day(session: Session, lines: None) -> None:
    midnight = clock.now() - timedelta(minutes=30)
    assert found(session, Filter(since=midnight)) == ["read_case", "unmask", "read_case"]
    assert found(session, Filter(before=midnight)) == ["add_staff"]


def test_a_page_follows_the_other(session: Session, lines: None) -> None:
    first = repository.lines(session, Filter(), 2)
    assert [line.action for line, _ in first] == ["read_case", "unmask"]
    assert found(session, limit=2, older_than=first[-1][0].id) == ["read_case", "add_staff"]


def test_the_kinds_of_lines_that_there_are(session: Session, lines: None) -> None:
    assert repository.actions(session) == ["add_staff", "read_case", "unmask"]


def test_it_outlives_the_person_it_is_about(session: Session, chen: StaffUser, person: Person) -> None:
    subject = f"person:{person.public_id}"
    audit.note(session, chen.id, "read_case", subject)
    session.flush()
    erasing.erase(session, person)
    assert found(session, Filter(subject=subject)) == ["read_case"]
