"""Questions about files, on both databases."""

import pytest
from sqlalchemy.orm import Session

from cases.evidence import repository
from cases.evidence import service as evidence
from cases.evidence.files import StoredFile
from cases.models import Attachment, Person, ReadingState
from cases.people import service as people


@pytest.fixture
def person(session: Session) -> Person:
    """Somebody."""
    return people.by_channel(session, "test", "somebody")


def receive(session: Session, person: Person, letter: str, size: int) -> Attachment:
    stored = StoredFile(letter * 64, "image/png", size)
    return evidence.receive_file(session, person, stored, name="a.png", source="test")


def test_each_original_takes_its_room_once(session: Session, person: Person) -> None:
    for letter, size in (("a", 10), ("a", 10), ("b", 5)):
        receive(session, person, letter, size)
    receive(session, people.by_channel(session, "test", "else"), "c", 100)
    assert repository.bytes_kept(session, person.id, besides="c" * 64) == 15
    assert repository.bytes_kept(session, person.id, besides="a" * 64) == 5


def test_who_has_handed_in_nothing_takes_none(session: Session, person: Person) -> None:
    assert repository.bytes_kept(session, person.id, besides="a" * 64) == 0


def test_a_file_is_found_by_its_public_id(session: Session, person: Person) -> None:
    file = receive(session, person, "a", 10)
    assert repository.by_public_id(session, file.public_id) is file


@pytest.mark.parametrize("public_id", ["", "ABCDEFGHJK", "\x00", "ABC\x00", "../secret", "' OR '1'='1", "\ud800"])
def test_nothing_else_finds_one(session: Session, person: Person, public_id: str) -> None:
    receive(session, person, "a", 10)
    assert repository.by_public_id(session, public_id) is None


def test_an_original_is_kept_while_anybody_has_it(session: Session, person: Person) -> None:
    file = receive(session, person, "a", 10)
    assert repository.is_kept(session, "a" * 64)
    session.delete(file)
    session.flush()
    assert not repository.is_kept(session, "a" * 64)


def test_pictures_that_wait_to_be_read_are_counted(session: Session, person: Person) -> None:
    for letter, state in (("a", ReadingState.WAITING), ("b", ReadingState.TOLD), ("c", ReadingState.WAITING)):
        receive(session, person, letter, 10).reading_state = state
    assert repository.being_read(session, person) == 2
