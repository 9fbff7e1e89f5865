"""Links to files that an `<img>` or a new tab can open: signed, for one copy of one person's file, for a while."""

import hashlib
import hmac
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from cases import clock
from cases.models import Attachment
from cases.settings import settings

PATH = "/api/files"
KEY_BYTES = 32
MAX_TIME_DIGITS = 12


def sign(attachment: Attachment, variant: str) -> str:
    """The path that opens one variant of a file until it expires.

    It stays the same for half its life, so that a page that is drawn again loads no picture again.
    """
    until = _until()
    signature = _signature(attachment.public_id, variant, until, attachment.person_id)
    return f"{PATH}/{attachment.public_id}/{variant}?until={until}&sig={signature}"


def verify(public_id: str, variant: str, until: str, sig: str, person_id: int) -> bool:
    """Whether a link is ours, unchanged and not expired. `person_id` owns the file."""
    if not (until.isascii() and until.isdigit() and len(until) <= MAX_TIME_DIGITS):
        return False
    expected = _signature(public_id, variant, int(until), person_id)
    is_ours = hmac.compare_digest(expected.encode(), sig.encode("utf-8", "replace"))
    return is_ours and int(until) >= clock.now().timestamp()


def _until() -> int:
    half = settings().link_minutes * 30
    return (int(clock.now().timestamp()) // half + 2) * half


def _signature(public_id: str, variant: str, until: int, person_id: int) -> str:
    said = "\n".join(("file", public_id, variant, str(until), str(person_id)))
    return hmac.new(_key(), said.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    given = settings().secret_key.get_secret_value()
    return given.encode() if given else _kept_key(settings().data_dir / "secret.key")


@lru_cache(maxsize=1)
def _kept_key(path: Path) -> bytes:
    """The key of a development machine, made when it is first needed."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_key(path)
    return path.read_bytes()


def _make_key(path: Path) -> None:
    # Whole or not at all, and the first one stays: another worker may be making it at this moment.
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(KEY_BYTES).encode())
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        Path(partial).unlink()
