"""Reads the pictures that people hand in, one after another, and tells them what was found."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool

from api.background import repeating
from cases import clock
from cases.database import reading, transaction
from cases.dialogue import reading as dialogue
from cases.evidence import files, repository
from cases.evidence import service as evidence
from cases.evidence.reading.fields import fields
from cases.evidence.reading.private import private
from cases.evidence.reading.worker import Reader
from cases.evidence.redaction import Box
from cases.models import Attachment, Person, ReadingState
from cases.settings import settings
from cases.transcript import service as transcript

BATCH = 20
INTERVAL_S = 1.0

logger = logging.getLogger(__name__)


@asynccontextmanager
async def reading_pictures(notify: Callable[[int], None]) -> AsyncIterator[None]:
    """Look for pictures every second; `notify` is told whose conversation went on."""
    if settings().reading == "off":
        yield
        return
    reader = Reader()

    async def read() -> None:
        for person in await run_in_threadpool(read_waiting, reader):
            notify(person)

    async with repeating(read, INTERVAL_S, "reading pictures"):
        try:
            yield
        finally:
            reader.close()  # in the midst of a picture, or the end would wait for it


def read_waiting(reader: Reader) -> list[int]:
    """Read every picture that waits and tell what was found; returns who was told something."""
    with reading() as session:
        ids = repository.unread(session, BATCH)
    for id_ in ids:
        _read(reader, id_)
    with reading() as session:
        people = repository.readers(session)
    return [person for person in people if _tell(person)]


def _read(reader: Reader, attachment_id: int) -> None:
    """One that cannot be read keeps nobody else waiting, and is not tried again."""
    with reading() as session:
        attachment = session.get(Attachment, attachment_id)
        if attachment is None:
            return  # its person was erased meanwhile
        path = files.path_of(attachment.sha256)
    found = _found(reader, path)
    if reader.closed:
        return  # who serves next reads it
    with transaction() as session:
        attachment = session.get(Attachment, attachment_id)
        if attachment is None:
            return
        if found is None:
            attachment.reading_state = ReadingState.FAILED
        else:
            evidence.note_reading(attachment, *found)


def _found(reader: Reader, path: Path) -> tuple[dict[str, Any], list[Box]] | None:
    """The fields of a picture and what in it is private; `None` if it cannot be read."""
    try:
        lines = reader.read(path)
        return asdict(fields(lines, clock.today())), private(lines)
    except Exception:
        logger.exception("a picture was not read")
        return None


def _tell(person_id: int) -> bool:
    """One who cannot be told keeps nobody else waiting."""
    try:
        with transaction() as session:
            person = session.get(Person, person_id)
            if person is None:
                return False
            transcript.order(session, person)  # they may be writing
            return dialogue.tell(session, person)
    except Exception:
        logger.exception("person %s was not told; the next round tries again", person_id)
        return False
