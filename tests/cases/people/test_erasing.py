"""Erasing a person: nothing of them stays, and nothing of anybody else goes."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.evidence.files import path_of, write_once
from cases.models import Base, Person
from cases.people import erasing
from cases.settings import settings

Tell = Callable[..., Person]
OWN, SHARED = "0a" * 32, "0b" * 32


def rows(session: Session) -> dict[str, set[Any]]:
    """Every row of every table, by the name of the table."""
    session.flush()
    tables = Base.metadata.sorted_tables
    return {table.name: {str(row) for row in session.execute(table.select())} for table in tables}


def test_no_table_keeps_a_row_of_theirs_nor_loses_one_of_somebody_elses(session: Session, tell: Tell) -> None:
    tell(SHARED)
    others = rows(session)
    gone = tell(OWN)
    both = rows(session)
    assert [name for name in both if both[name] == others[name]] == [], "the story has to touch every table"
    erasing.erase(session, gone)
    assert rows(session) == others


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
