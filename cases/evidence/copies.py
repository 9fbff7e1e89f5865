"""Copies of originals to look at and to send on: drawn anew, so that nothing but what is seen comes along."""

import hashlib
import shutil
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image

from cases.errors import NotFound
from cases.evidence import files, pdf_pages, pictures
from cases.evidence.pictures import Fit
from cases.evidence.redaction import Box, cover
from cases.settings import settings

Variant = Literal["preview", "thumb", "redacted"]

FITS: dict[Variant, Fit] = {"preview": Fit(1600, 720), "thumb": Fit(320), "redacted": Fit(2000, 900)}
"""The narrowest is that of a phone's screenshot, so that a long one can still be read."""
JPEG_QUALITY = 85


def copy(attachment_sha256: str, media_type: str, variant: Variant, boxes: Sequence[Box] = ()) -> bytes:
    """A JPEG of the picture, or of a PDF's first page; `boxes` are covered in the redacted one. Kept once made.

    Raises `NotFound` where there is none: of a video, a redacted PDF, an original that is gone.
    """
    original = files.path_of(attachment_sha256)
    if media_type not in offered(variant) or not original.exists():
        raise NotFound("这个文件没有这样的副本。")
    path = _folder(attachment_sha256) / _name(variant, boxes)
    if not path.exists():
        files.write_once(path, _made(original.read_bytes(), media_type, variant, boxes))
    return path.read_bytes()


def offered(variant: Variant) -> set[str]:
    """The media types of which there is such a copy."""
    return {*pictures.FORMATS} if variant == "redacted" else {*pictures.FORMATS, "application/pdf"}


def discard(attachment_sha256: str) -> None:
    """Delete every copy of an original."""
    shutil.rmtree(_folder(attachment_sha256), ignore_errors=True)


def _folder(sha256: str) -> Path:
    return settings().data_dir / "copies" / sha256[:2] / sha256


def _name(variant: Variant, boxes: Sequence[Box]) -> str:
    if variant != "redacted":
        return f"{variant}.jpg"
    return f"redacted-{hashlib.sha256(''.join(sorted(map(repr, boxes))).encode()).hexdigest()[:16]}.jpg"


def _made(content: bytes, media_type: str, variant: Variant, boxes: Sequence[Box]) -> bytes:
    if media_type == "application/pdf":
        return _jpeg(pdf_pages.drawn(content, 1, FITS[variant]).image)
    image = pictures.opened(content, media_type, FITS[variant]).image
    return _jpeg(cover(image, boxes) if variant == "redacted" else image)


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()
