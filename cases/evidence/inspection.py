"""What a file is, by its content alone, and whether it can be kept. Nothing is believed that was not opened."""

import re
from dataclasses import dataclass

from cases.evidence import containers, pdf_pages, pictures
from cases.evidence.likeness import likeness
from cases.evidence.pictures import Fit
from cases.evidence.refusals import refused

MAX_PAGES = 50
MAX_APPENDED = 1024 * 1024
"""Bytes that may follow where the file itself ends."""

TO_PROVE = Fit(256)
"""Enough to see that a file opens, and to compare pictures."""

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis"}
MP4_BRANDS = {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "}
# Phones keep a second picture, or the seconds before the shot, behind a photo.
MOVING_PHOTO = re.compile(rb"\xff\xd8\xff|.{0,64}ftyp", re.DOTALL)

ENDS = {
    "image/jpeg": containers.end_of_jpeg,
    "image/png": containers.end_of_png,
    "image/webp": containers.end_of_webp,
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found. `width` and `height` in pixels, upright, and `likeness` of a picture; `pages` of a PDF."""

    media_type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    likeness: str | None = None


def inspect(content: bytes) -> Inspection:
    """Open a file as what it is.

    Raises `BadInput`: `file_type`, `file_broken`, `file_pixels`, `file_pages`, `file_locked`.
    """
    media_type = sniff(content)
    if media_type is None:
        raise refused("file_type")
    if media_type == "application/pdf":
        return _pdf(content)
    if media_type == "video/mp4":
        return _mp4(content)
    return _picture(content, media_type)


def sniff(content: bytes) -> str | None:
    """The media type by the first bytes, whatever the file's name says; `None` if it is nothing we take."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return _sniff_iso(content) if content[4:8] == b"ftyp" else None


def _sniff_iso(content: bytes) -> str | None:
    """Of the family of MP4 and HEIC: what it says it can be read as."""
    listed = content[16 : min(int.from_bytes(content[:4], "big"), 256)]
    brands = {content[8:12], *(listed[at : at + 4] for at in range(0, len(listed), 4))}
    if brands & HEIC_BRANDS:
        return "image/heic"
    return "video/mp4" if brands & MP4_BRANDS and b"avif" not in brands else None


def _picture(content: bytes, media_type: str) -> Inspection:
    if media_type in ENDS:
        _check_appended(content[ENDS[media_type](content) :])
    picture = pictures.opened(content, media_type, TO_PROVE)
    return Inspection(media_type, picture.width, picture.height, likeness=likeness(picture.image))


def _check_appended(rest: bytes) -> None:
    if len(rest) > MAX_APPENDED and not MOVING_PHOTO.match(rest):
        raise refused("file_broken")


def _pdf(content: bytes) -> Inspection:
    end = content.rfind(b"%%EOF")
    _check_appended(content[end:] if end >= 0 else b"")
    pages = pdf_pages.drawn(content, 1, TO_PROVE).pages
    if pages > MAX_PAGES:
        raise refused("file_pages", MAX_PAGES)
    return Inspection("application/pdf", pages=pages)


def _mp4(content: bytes) -> Inspection:
    """Not decoded: it must be whole, and must say what is in it."""
    inside = {kind for box, body in containers.boxes(content) if box == b"moov" for kind, _ in containers.boxes(body)}
    if not {b"mvhd", b"trak"} <= inside:
        raise refused("file_broken")
    return Inspection("video/mp4")
