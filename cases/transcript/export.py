"""A conversation as a file to keep or hand on: for people to read, for programs, for print."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from cases import clock
from cases.models import Attachment, Author, Conversation, Message, Note
from cases.people import repository as people
from cases.review import repository as review
from cases.review.privacy import masked

NAMES = {Author.PERSON: "对方", Author.BOT: "助手", Author.STAFF: "客服"}
CHANNELS = {"web": "网页", "wechat": "微信", "rest": "接口", "rasa": "接口"}
NOTE = "note"
MASKED, OPEN, NOTED = "号码和姓名已隐去。", "内容完整，没有隐去号码和姓名，请妥善保管。", "带内部备注，不要给对方。"
# What Markdown would take for its own: anywhere, and at the beginning of a line.
MARKUP = re.compile(r"[\\`*_\[\]<>#|~&]|(?<![^\n])\s*(?:[-+=]|\d+[.)])")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that came with a line: what it was called, and the digest that its original is known by."""

    name: str
    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, or noted by staff for each other: then its author is `note`, and it was on no channel."""

    author: str
    who: str
    at: datetime
    channel: str
    text: str
    files: tuple[FileLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation in the order of time, as far as its reader may see it."""

    public_id: str
    case_number: str | None
    made_at: datetime
    is_masked: bool
    has_notes: bool
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """What it is."""
        return f"对话 {self.public_id}"

    @property
    def about(self) -> tuple[str, ...]:
        """What its reader should know, a sentence each."""
        case = (f"案子 {self.case_number}。",) if self.case_number else ()
        notes = (NOTED,) if self.has_notes else ()
        return (*case, f"导出于 {_minute(self.made_at)}。", self.privacy, *notes)

    @property
    def privacy(self) -> str:
        """Whether something is hidden."""
        return MASKED if self.is_masked else OPEN


def transcript(session: Session, conversation: Conversation, *, notes: bool, is_masked: bool) -> Transcript:
    """Everything that was said, with the `notes` of staff if wanted."""
    person, case = conversation.person, conversation.case
    sent: dict[int | None, list[Attachment]] = {}
    for file in people.attachments(session, person):
        sent.setdefault(file.message_id, []).append(file)

    def seen(text: str) -> str:
        return masked(text, case) if is_masked else text

    def said(message: Message) -> Line:
        files = tuple(
            FileLine(seen(file.name), file.sha256, file.media_type, file.size) for file in sent.get(message.id, ())
        )
        author, channel = message.author, CHANNELS.get(message.channel, message.channel)
        return Line(author, _who(message), message.sent_at, channel, seen(message.text), files)

    def noted(note: Note) -> Line:
        return Line(NOTE, f"{note.staff.display_name}（备注）", note.at, "", seen(note.text))

    lines = [said(message) for message in people.messages(session, person)]
    lines += [noted(note) for note in review.notes(session, conversation)] if notes else []
    return Transcript(
        public_id=person.public_id,
        case_number=case.number if case else None,
        made_at=clock.now(),
        is_masked=is_masked,
        has_notes=notes,
        lines=tuple(sorted(lines, key=lambda line: line.at)),
    )


def as_markdown(found: Transcript) -> str:
    """For people; what was said is text in it, whatever it looks like."""
    parts = [f"# {found.title}", *found.about]
    for day, lines in groupby(found.lines, lambda line: line.at.astimezone(clock.SHANGHAI).date()):
        parts += [f"## {day}", *map(_markdown, lines)]
    return "\n\n".join(parts) + "\n"


def as_json(found: Transcript) -> str:
    """For programs. Times are in Shanghai."""
    told = {
        "conversation": found.public_id,
        "case": found.case_number,
        "exported_at": _iso(found.made_at),
        "masked": found.is_masked,
        "notes": found.has_notes,
        "lines": [_told(line) for line in found.lines],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_pdf(found: Transcript) -> bytes:
    """For print."""
    from cases.transcript import paper  # with the PDF's fonts 40 MB, which a service that prints none never needs

    return paper.draw(found)


def _who(message: Message) -> str:
    return message.staff.display_name if message.staff else NAMES[Author(message.author)]


def _markdown(line: Line) -> str:
    about = " · ".join(filter(None, (f"{line.at.astimezone(clock.SHANGHAI):%H:%M}", line.channel)))
    said = [*line.text.splitlines(), *(f"附件：{file.name}（SHA-256 {file.sha256}）" for file in line.files)]
    return "\n".join([f"**{_plain(line.who)}** {about}", "", *(f"> {_plain(part)}  ".rstrip("\n") for part in said)])


def _plain(text: str) -> str:
    """Words that Markdown leaves as they are."""
    return MARKUP.sub(lambda found: re.sub(r"([^\s\w])", r"\\\1", found[0]), text)


def _told(line: Line) -> dict[str, Any]:
    files = [{name: getattr(file, name) for name in FileLine.__slots__} for file in line.files]
    return {
        "author": line.author,
        "who": line.who,
        "at": _iso(line.at),
        "channel": line.channel,
        "text": line.text,
        "files": files,
    }


def _iso(at: datetime) -> str:
    return at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")


def _minute(at: datetime) -> str:
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
