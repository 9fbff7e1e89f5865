"""Files as they were received: opened once, named by SHA-256, written once, never changed."""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from cases.evidence.inspection import inspect
from cases.evidence.refusals import refused
from cases.settings import settings

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An original on disk. `width` and `height` in pixels and `likeness` are of a picture, `pages` of a PDF."""

    sha256: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    likeness: str | None = None


def store(content: bytes) -> StoredFile:
    """Keep a picture (JPEG, PNG, WebP, HEIC), a PDF or an MP4.

    Raises `BadInput` and keeps nothing: `file_empty`, `file_too_large`, and what `inspection.inspect` raises.
    """
    limit = settings().attachment_max_mib
    if not content:
        raise refused("file_empty")
    if len(content) > limit * MIB:
        raise refused("file_too_large", limit)
    found = inspect(content)
    digest = hashlib.sha256(content).hexdigest()
    write_once(path_of(digest), content)
    return StoredFile(
        sha256=digest,
        media_type=found.media_type,
        size=len(content),
        width=found.width,
        height=found.height,
        pages=found.pages,
        likeness=found.likeness,
    )


def path_of(sha256: str) -> Path:
    """Where the original with this digest lies."""
    return settings().attachments_dir / sha256[:2] / sha256


def write_once(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for reading only; one that is there stays as it is."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: the same picture may be coming in twice at this moment.
    partial = path.with_suffix(f".{secrets.token_hex(8)}.part")
    partial.write_bytes(content)
    partial.chmod(0o400)
    partial.replace(path)
