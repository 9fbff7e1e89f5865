"""How many pages a file of evidence takes when it is printed, and where a long picture is cut. Pure."""

from math import ceil

from cases.models import Attachment

PDF, VIDEO = "application/pdf", "video/mp4"

TALLEST = 3.2
"""How many times as tall as wide a picture may be on one page: it is as wide there as the screen of a phone."""
PART_TALLNESS = 2.2
"""What a longer one is cut down to: two screens of a phone."""
OVERLAP = 0.04
"""The share of a part that the next repeats, so that a line which the cut goes through is whole on one of them."""
MAX_PARTS = 40


def page_count(file: Attachment) -> int:
    """How many pages a file takes when it is printed; a video takes the one that tells of it."""
    if file.media_type == PDF:
        return file.pages or 1
    if file.media_type == VIDEO or not file.width or not file.height:
        return 1
    return part_count(file.width, file.height)


def part_count(width: int, height: int) -> int:
    """Over how many pages a picture of this size goes."""
    tallness = height / width
    if tallness <= TALLEST:
        return 1
    return min(MAX_PARTS, ceil((tallness / PART_TALLNESS - OVERLAP) / (1 - OVERLAP)))


def cuts(height: int, count: int) -> list[tuple[int, int]]:
    """Top and bottom row of each of `count` parts of one height that overlap."""
    part = height / (count - (count - 1) * OVERLAP)
    tops = [round(position * part * (1 - OVERLAP)) for position in range(count)]
    return [(top, min(height, ceil(top + part))) for top in tops]
