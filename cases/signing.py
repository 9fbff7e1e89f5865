"""What this installation signs, so that it knows it again: links that are a credential themselves."""

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from cases import clock
from cases.settings import settings

KEY_BYTES = 32
MAX_TIME_DIGITS = 12


def signature(purpose: str, *said: str) -> str:
    """The HMAC-SHA256 of what is said, in hex. What is signed for one `purpose` is good for no other."""
    parts = json.dumps((purpose, *said)).encode()  # never reads the same when it is cut elsewhere
    return hmac.new(_key(), parts, hashlib.sha256).hexdigest()


def is_signed(given: str, purpose: str, *said: str) -> bool:
    """Whether `given` is our signature of this. Takes the same time for every wrong one."""
    return hmac.compare_digest(signature(purpose, *said).encode(), given.encode("utf-8", "replace"))


def has_time_left(until: str) -> bool:
    """Whether a moment, in seconds since 1970 as a link carries it, has still to come; not if it is none."""
    is_time = until.isascii() and until.isdigit() and len(until) <= MAX_TIME_DIGITS
    return is_time and int(until) >= clock.now().timestamp()


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
