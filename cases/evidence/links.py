"""Links to files that an `<img>` or a new tab can open: signed, for one copy of one person's file, for a while."""

from cases import clock, signing
from cases.models import Attachment
from cases.settings import settings

PATH = "/api/files"
PURPOSE = "file"


def sign(attachment: Attachment, variant: str) -> str:
    """The path that opens one variant of a file until it expires.

    It stays the same for half its life, so that a page that is drawn again loads no picture again.
    """
    until = str(_until())
    sig = signing.signature(PURPOSE, attachment.public_id, variant, until, str(attachment.person_id))
    return f"{PATH}/{attachment.public_id}/{variant}?until={until}&sig={sig}"


def verify(public_id: str, variant: str, until: str, sig: str, person_id: int) -> bool:
    """Whether a link is ours, unchanged and not expired. `person_id` owns the file."""
    is_ours = signing.is_signed(sig, PURPOSE, public_id, variant, until, str(person_id))
    return is_ours and signing.has_time_left(until)


def _until() -> int:
    half = settings().link_minutes * 30
    return (int(clock.now().timestamp()) // half + 2) * half
