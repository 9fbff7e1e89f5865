"""Erasing a person: nothing of them stays, and nothing of anybody else goes."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.evidence.files import path_of, write_once
from cases.models import AccessToken, Audit, Base, Person, SavedFilter, SignInAttempt, StaffSession, StaffUser
from cases.people import erasing
from cases.settings import settings
from tests.cases.people import story

Tell = Callable[..., Person]
OWN, SHARED = "0a" * 32, "0b" * 32
# What is about those who work here, and about the installation.
NOBODYS = {table.__tablename__ for table in (AccessToken, SavedFilter, SignInAttempt, StaffSession, StaffUser)}
# What outlives the person: who of us did or read what.
OUTLIVING = {Audit.__tablename__}


def rows(session: Session) -> dict[str, set[Any]]:
    """Every row of every table that is about persons, by the name of the table."""
    session.flush()
    tables = [table for table in Base.metadata.sorted_tables if table.name not in NOBODYS | OUTLIVING]
    return {table.name: {str(row) for row in session.execute(table.select())} for table in tables}


def test_no_table_keeps_a_row_of_theirs_nor_loses_one_of_somebody_elses(session: Session, tell: Tell) -> None:
    tell(SHARED)
    others = rows(session)
    gone = tell(OWN)
    both = rows(session)
    assert [name for name in both if both[name] == others[name]] == [], "the story has to touch every table"
    erasing.erase(session, gone)
    assert rows(session) == others


def test_what_we_did_about_them_stays_on_record(session: Session, tell: Tell) -> None:
    person = tell()
    public_id = person.public_id
    erasing.erase(session, person)
    [record] = session.query(Audit).all()
    assert (record.subject, record.action, record.staff_id) == (public_id, "read", story.staff_of(session).id)


def test_those_who_work_here_stay(session: Session, tell: Tell) -> None:
    staff = story.staff_of(session)
    erasing.erase(session, tell())
    assert session.query(StaffUser).all() == [staff]


def test_somebody_who_has_said_nothing_is_erased_too(session: Session) -> None:
    before = rows(session)
    person = Person(created_at=clock.now())
    session.add(person)
    session.flush()
    assert erasing.erase(session, person) == []
    assert rows(session) == before


def test_the_files_to_remove_are_those_that_nobody_else_handed_in(session: Session, tell: Tell) -> None:
    tell(SHARED)
    assert erasing.erase(session, tell(OWN)) == [OWN]
    assert erasing.erase(session, tell(SHARED)) == []


class TestRemovingFiles:
    @pytest.fixture(autouse=True)
    def on_disk(self, session: Session) -> None:
        """An original and its copies."""
        write_once(path_of(OWN), b"a picture")
        write_once(settings().data_dir / "copies" / OWN[:2] / OWN / "thumb.jpg", b"a small one")

    def left(self) -> int:
        return len([path for path in settings().data_dir.rglob("*") if OWN in str(path) and path.is_file()])

    def test_takes_the_original_and_its_copies_off_the_disk(self, session: Session) -> None:
        erasing.remove_files(session, [OWN])
        assert self.left() == 0

    def test_leaves_what_somebody_has_handed_in_meanwhile(self, session: Session, tell: Tell) -> None:
        tell(OWN)
        erasing.remove_files(session, [OWN])
        assert self.left() == 2

    def test_minds_nothing_that_is_gone_already(self, session: Session) -> None:
        erasing.remove_files(session, ["0c" * 32])
        assert self.left() == 2
