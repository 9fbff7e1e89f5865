"""Files as they were received: type by content, named by SHA-256, written once, never changed."""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from cases.errors import BadInput
from cases.settings import settings

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An original on disk."""

    sha256: str
    media_type: str
    size: int


def store(content: bytes) -> StoredFile:
    """Keep a picture. Raises `BadInput` if it is empty, too large, or no JPEG, PNG or WebP by its bytes."""
    limit = settings().attachment_max_mib
    if not content:
        raise BadInput("这个文件是空的，请重新选一张。", code="file_empty")
    if len(content) > limit * MIB:
        raise BadInput(f"图片太大了，每张不超过 {limit} MB。", code="file_too_large")
    media_type = sniff(content)
    if media_type is None:
        raise BadInput("现在能收 JPG、PNG、WebP 图片，这个文件不是。可以截图后再发。", code="file_type")
    digest = hashlib.sha256(content).hexdigest()
    _write_once(path_of(digest), content)
    return StoredFile(sha256=digest, media_type=media_type, size=len(content))


def path_of(sha256: str) -> Path:
    """Where the original with this digest lies."""
    return settings().attachments_dir / sha256[:2] / sha256


def sniff(content: bytes) -> str | None:
    """The media type by the file's first bytes, whatever its name says; `None` if it is not a picture we take."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def _write_once(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: the same picture may be coming in twice at this moment.
    partial = path.with_suffix(f".{secrets.token_hex(8)}.part")
    partial.write_bytes(content)
    partial.chmod(0o400)
    partial.replace(path)
