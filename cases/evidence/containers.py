"""Files as their bytes are laid out, before any decoder sees them.

Decoders written in Python walk pieces one by one, and some build a table of each: pieces are counted here first, in
time that their number bounds. What follows the picture in a file may be anything; here is where it begins.
"""

import re
from collections.abc import Iterator

from cases.evidence.refusals import refused

MAX_PIECES = 20_000
MAX_SCANS = 100
"""Scans of a progressive JPEG: each goes over all pixels, whatever little it says."""
MAX_EXIF = 128 * 1024
"""Bytes of EXIF in a JPEG, which its decoder reads whole, tag by tag."""

EXIF_SEGMENT = 0xE1
START_OF_SCAN = 0xDA
END_OF_IMAGE = 0xD9
NEXT_SEGMENT = re.compile(rb"\xff{1,16}([^\x00\xff])")
AFTER_SCAN = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
WEBP_SIDE = 0x3FFF


def end_of_png(content: bytes) -> int:
    """Where the picture ends. Raises `BadInput` (`file_broken`) if it does not, or is cut into too many chunks."""
    at = 8
    for _ in range(MAX_PIECES):
        kind = content[at + 4 : at + 8]
        at += 12 + int.from_bytes(content[at : at + 4], "big")
        if at > len(content) or len(kind) < 4:
            break
        if kind == b"IEND":
            return at
    raise refused("file_broken")


def end_of_jpeg(content: bytes) -> int:
    """Where the picture ends; one that does not say so ends with the file. Raises `BadInput` (`file_broken`)."""
    at, scans, exif = 2, 0, 0
    for _ in range(MAX_PIECES):
        marker = AFTER_SCAN.search(content, at) if scans else NEXT_SEGMENT.match(content, at)
        if marker is None:
            break
        kind, length = marker[1][0], int.from_bytes(content[marker.end() : marker.end() + 2], "big")
        if kind == END_OF_IMAGE:
            return marker.end()
        scans += kind == START_OF_SCAN
        exif += length if kind == EXIF_SEGMENT and content.startswith(b"Exif", marker.end() + 2) else 0
        at = marker.end() + length
        if scans > MAX_SCANS or exif > MAX_EXIF:
            raise refused("file_broken")
    if scans:
        return len(content)
    raise refused("file_broken")


def end_of_webp(content: bytes) -> int:
    """Where the picture ends, by its own word."""
    return 8 + _little(content[4:8])


def size_of_webp(content: bytes) -> tuple[int, int]:
    """Width and height. Its decoder takes the memory for all of it before it can be asked.

    Raises `BadInput` (`file_broken`) if the first chunk is none that begins a picture.
    """
    match content[12:16]:
        case b"VP8X":
            return 1 + _little(content[24:27]), 1 + _little(content[27:30])
        case b"VP8L":
            bits = _little(content[21:25])
            return 1 + (bits & WEBP_SIDE), 1 + (bits >> 14 & WEBP_SIDE)
        case b"VP8 ":
            return _little(content[26:28]) & WEBP_SIDE, _little(content[28:30]) & WEBP_SIDE
    raise refused("file_broken")


def _little(digits: bytes) -> int:
    return int.from_bytes(digits, "little")


def boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of the boxes of an ISO file (MP4, HEIC), or of those in a box's body.

    Raises `BadInput` (`file_broken`) if one of them ends past the end, or if there are too many.
    """
    at = 0
    for _ in range(MAX_PIECES):
        if at == len(content):
            return
        size, head = int.from_bytes(content[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        size = size or len(content) - at
        if size < head or at + size > len(content):
            break
        yield content[at + 4 : at + 8], content[at + head : at + size]
        at += size
    raise refused("file_broken")
