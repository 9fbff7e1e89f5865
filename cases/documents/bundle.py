"""All evidence of a case as one file to print or hand in: a cover, the list with its digests, then the pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cases import clock
from cases.documents import layout, templates
from cases.documents.binding import BoundExhibit, BoundFile, bound
from cases.documents.bundle_paper import Caption, Paper
from cases.documents.fact_base import fact_base
from cases.documents.layout import Block, Heading
from cases.documents.paging import VIDEO
from cases.documents.prints import prints
from cases.errors import BadInput
from cases.evidence.redaction import Box, boxes_of
from cases.knowledge import Knowledge
from cases.models import Case

Words = Mapping[str, str]
SAID = ("caption", "part", "source", "covered", "contents", "video", "unreadable", "digest")
TAIL = 16
MIB = 1024 * 1024
FILLED_IN = "0123456789abcdef-:."


def draw(case: Case, knowledge: Knowledge, *, redacted: bool) -> bytes:
    """The bundle of a case as a PDF; with `redacted` the boxes of its files are covered.

    Pages of evidence are numbered from 1, as the list has them; cover and list come before. What cannot be printed (a
    video, an original that is gone) has a page that says so.
    """
    exhibits, words = bound(case, knowledge), knowledge.wording
    cover, contents = (layout.parse(text) for text in _front(case, knowledge, exhibits, redacted=redacted))
    with TemporaryDirectory() as folder:
        paper = Paper([*cover, *contents, _letters(exhibits, words)], Path(folder), words["bundle_contents"])
        paper.set_creation_date(clock.now())
        paper.add_cover(cover)
        paper.add_contents(contents)
        for exhibit in exhibits:
            for file in exhibit.files:
                _add(paper, file, boxes_of(file.file) if redacted else [], words)
        return bytes(paper.output())


def _front(case: Case, knowledge: Knowledge, exhibits: Sequence[BoundExhibit], *, redacted: bool) -> tuple[str, str]:
    """The texts of cover and list."""
    files = [file for exhibit in exhibits for file in exhibit.files]
    facts = {
        **fact_base(case, knowledge.documents["evidence_list"], knowledge),
        "bound": exhibits,
        "received": {file.number: _minute(file.file.received_at) for file in files},
        "file_count": len(files),
        "page_count": sum(file.count for file in files),
        "has_video": any(file.file.media_type == VIDEO for file in files),
        "has_long": any(file.is_cut for file in files),
        "redacted": redacted,
    }
    return templates.render("parts/bundle_cover.j2", facts), templates.render("parts/bundle_list.j2", facts)


def _add(paper: Paper, file: BoundFile, boxes: Sequence[Box], words: Words) -> None:
    """The pages of one file: as many as the list says, whatever happens to it."""
    done = 0
    try:
        for image in prints(file, boxes) if file.file.media_type != VIDEO else ():
            done += 1
            paper.add_picture(_caption(file, done, words, is_covered=bool(boxes)), image)
    except (BadInput, OSError):
        pass
    for number in range(done + 1, file.count + 1):
        paper.add_note(_caption(file, number, words), _apology(file, words))


def _letters(exhibits: Sequence[BoundExhibit], words: Words) -> Block:
    """Every character that stands beside the pages: the fonts are cut down to what they must draw."""
    said = (words[f"bundle_{name}"] for name in SAID)
    return Heading("".join([*said, *(exhibit.name for exhibit in exhibits), FILLED_IN]))


def _caption(file: BoundFile, page: int, words: Words, *, is_covered: bool = False) -> Caption:
    source = words["bundle_source"].format(tail=file.file.sha256[-TAIL:], received=_minute(file.file.received_at))
    return Caption(
        title=words["bundle_caption"].format(number=file.number, name=file.name),
        place=words["bundle_part"].format(page=page, count=file.count) if file.count > 1 else "",
        source=source + words["bundle_covered"] * is_covered,
        is_first=page == 1,
    )


def _apology(file: BoundFile, words: Words) -> list[str]:
    size = f"{file.file.size / MIB:.1f}"
    is_video = file.file.media_type == VIDEO
    why = words["bundle_video"].format(size=size) if is_video else words["bundle_unreadable"]
    return [why, words["bundle_digest"].format(sha256=file.file.sha256)]


def _minute(at: datetime) -> str:
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
