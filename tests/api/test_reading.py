"""The loop that reads pictures: each is read once, and none keeps the others waiting."""

import logging
from pathlib import Path
from typing import Any

import pytest

from api.reading import read_waiting
from cases.database import reading, transaction
from cases.evidence import files
from cases.evidence import service as evidence
from cases.evidence.reading.lines import Line
from cases.models import Attachment, Person, ReadingState
from cases.people import service as people
from cases.transcript import service as transcript
from tests.pictures import png

pytestmark = pytest.mark.usefixtures("sqlite")


class Reads:
    """A reader that fails on some pictures, and notes which it was given."""

    def __init__(self, *broken: Path) -> None:
        self.broken = broken
        self.read_paths: list[Path] = []
        self.closed = False

    def read(self, path: Path) -> list[Line]:
        self.read_paths.append(path)
        if path in self.broken:
            raise RuntimeError("no such luck")
        return []


def hand_in(name: str, seed: int) -> int:
    """A picture of somebody, waiting; returns its id."""
    with transaction() as session:
        person = people.by_channel(session, "test", name)
        session.flush()
        transcript.conversation_of(session, person)
        stored = files.store(png(seed))
        return evidence.receive_file(session, person, stored, name="a.png", source="test").id


def attachment(id_: int) -> Attachment:
    with reading() as session:
        return session.get_one(Attachment, id_)


def test_one_that_cannot_be_read_keeps_nobody_else_waiting(caplog: pytest.LogCaptureFixture) -> None:
    broken, whole = hand_in("a", 1), hand_in("b", 2)
    reader: Any = Reads(files.path_of(attachment(broken).sha256))
    with caplog.at_level(logging.CRITICAL):
        read_waiting(reader)
    assert attachment(broken).reading_state == ReadingState.FAILED
    assert attachment(whole).reading_state == ReadingState.TOLD


def test_each_is_read_once(caplog: pytest.LogCaptureFixture) -> None:
    first, second = hand_in("a", 1), hand_in("a", 2)
    reader: Any = Reads(files.path_of(attachment(first).sha256))
    with caplog.at_level(logging.CRITICAL):
        for _ in range(3):
            read_waiting(reader)
    assert reader.read_paths == [files.path_of(attachment(id_).sha256) for id_ in (first, second)]


def test_one_in_the_midst_of_which_the_service_ends_is_left_for_the_next(caplog: pytest.LogCaptureFixture) -> None:
    picture = hand_in("a", 1)
    reader: Any = Reads(files.path_of(attachment(picture).sha256))
    reader.closed = True
    with caplog.at_level(logging.CRITICAL):
        read_waiting(reader)
    assert attachment(picture).reading_state == ReadingState.WAITING
    read_waiting(Reads())  # type: ignore[arg-type]  # a reader of our own
    assert attachment(picture).reading_state == ReadingState.TOLD


def test_who_is_asked_for_a_yes_is_told_afterwards() -> None:
    picture = hand_in("a", 1)
    _ask("a", "confirm.cancel")
    reader: Any = Reads()
    read_waiting(reader)
    assert attachment(picture).reading_state == ReadingState.READ
    _ask("a", None)
    read_waiting(reader)
    assert attachment(picture).reading_state == ReadingState.TOLD


def test_the_picture_of_somebody_erased_is_forgotten() -> None:
    picture = hand_in("a", 1)

    class Erasing(Reads):
        def read(self, path: Path) -> list[Line]:
            with transaction() as session:
                session.delete(session.get_one(Attachment, picture))
            return super().read(path)

    reader: Any = Erasing()
    assert read_waiting(reader) == []


def _ask(name: str, asked: str | None) -> None:
    with transaction() as session:
        person: Person = people.by_channel(session, "test", name)
        transcript.conversation_of(session, person).asked = asked
