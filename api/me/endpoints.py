"""`GET` and `DELETE /api/chat/me`."""

import tempfile
from collections.abc import Iterator
from typing import IO, Literal

from anyio import to_thread
from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from api.dependencies import HeavyDep, NotifierDep, PersonId
from cases import clock
from cases.database import reading, transaction
from cases.models import Person
from cases.people import erasing, export
from cases.transcript import service as transcript

CHUNK_BYTES = 256 * 1024

router = APIRouter(prefix="/api/chat/me", tags=["me"])


class EraseIn(BaseModel):
    """The word that says it is meant."""

    model_config = ConfigDict(extra="forbid")

    confirm: Literal["ERASE"]


@router.get("")
async def take_along(person: PersonId, heavy: HeavyDep) -> StreamingResponse:
    """Everything that is kept about the person, as a ZIP file: `data.json` and the originals."""
    packed = await to_thread.run_sync(_packed, person, limiter=heavy)
    name = f"tuikuan-{clock.today().isoformat()}.zip"
    return StreamingResponse(
        _chunks(packed),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.delete("", status_code=204, response_class=Response)
def erase(_meant: EraseIn, person: PersonId, notifier: NotifierDep) -> None:
    """Erase the person and everything about them. It cannot be taken back, and the token opens nothing any more."""
    with transaction() as session:
        found = session.get_one(Person, person)
        transcript.order(session, found)
        originals = erasing.erase(session, found)
    with reading() as session:  # only once it is certain that nothing names them
        erasing.remove_files(session, originals)
    notifier.notify(person)


def _packed(person: int) -> IO[bytes]:
    packed = tempfile.TemporaryFile()  # noqa: SIM115  # closed when it has been sent
    with reading() as session:
        export.write(session, session.get_one(Person, person), packed)
    packed.seek(0)
    return packed


def _chunks(packed: IO[bytes]) -> Iterator[bytes]:
    with packed:
        while chunk := packed.read(CHUNK_BYTES):
            yield chunk
