"""Forgetting a person: every row about them, and the files that only they handed in."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from cases.evidence import copies, files
from cases.evidence import repository as evidence
from cases.models import Person
from cases.people import repository


def erase(session: Session, person: Person) -> list[str]:
    """Delete everything about a person.

    Returns the SHA-256 of the originals that nobody else handed in, to be removed once the transaction has ended.
    """
    handed_in = {attachment.sha256 for attachment in repository.attachments(session, person)}
    repository.erase(session, person)
    return sorted(sha256 for sha256 in handed_in if not evidence.is_kept(session, sha256))


def remove_files(session: Session, originals: Iterable[str]) -> None:
    """Take originals and their copies off the disk, unless somebody has handed the same in meanwhile."""
    for sha256 in originals:
        if not evidence.is_kept(session, sha256):
            files.path_of(sha256).unlink(missing_ok=True)
            copies.discard(sha256)
