"""Taking in a file of a person's, whichever channel brought it."""

import hashlib

from sqlalchemy.orm import Session

from cases.database import reading
from cases.errors import BadInput
from cases.evidence import files
from cases.evidence import repository as evidence
from cases.evidence.files import MIB, StoredFile
from cases.settings import settings


def store(person: int, content: bytes) -> StoredFile:
    """Keep a file as it came. Raises `BadInput` for what is no evidence, or too much of it."""
    with reading() as session:
        _check_room(session, person, content)
    return files.store(content)


def _check_room(session: Session, person: int, content: bytes) -> None:
    """The same file again takes no room."""
    limit = settings().attachments_max_mib
    others = evidence.bytes_kept(session, person, besides=hashlib.sha256(content).hexdigest())
    if others + len(content) > limit * MIB:
        raise BadInput(f"发来的文件加起来超过 {limit} MB 了，这个没有收下。", code="storage_full")
