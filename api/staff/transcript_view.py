"""The lines of a conversation as staff read them: who, when, what was understood, what came with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from api.files.view import variants
from api.staff.intents import named
from bot.understanding import FALLBACK
from cases import clock
from cases.case.facts import FACTS, read, shown, yuan
from cases.corrections.repository import ANSWERS
from cases.knowledge import Knowledge
from cases.models import Attachment, Author, Case, Conversation, Message, NluCorrection
from cases.review import repository
from cases.review.privacy import masked, masked_fact
from cases.transcript.service import DOUBT

PAGE = 100
CHANNELS = {"web": "网页", "wechat": "微信", "rest": "接口", "rasa": "接口"}
# What the NLU finds beside the facts of a case.
ENTITIES = {"returned_amount": "退回金额", "day": "日期", "reference_no": "受理编号", "number": "数字"}


@dataclass(frozen=True)
class FileView:
    """A file that was sent. `thumb` says whether there is a small picture of it, `is_loose` that it proves nothing."""

    id: str
    name: str
    size: int
    thumb: bool
    preview: bool
    is_withdrawn: bool
    is_loose: bool
    source: str
    received_at: datetime


@dataclass(frozen=True)
class Line:
    """One line. `day` is set where another day begins."""

    id: int
    author: str
    who: str
    day: date | None
    at: datetime
    channel: str
    text: str
    intent: str
    confidence: float | None
    is_doubtful: bool
    facts: tuple[str, ...]
    files: tuple[FileView, ...]
    buttons: tuple[str, ...]
    corrected: str
    teaches: bool


class Showing:
    """How what leads to somebody is shown: as it is where it `is_open`, else masked."""

    def __init__(self, case: Case | None, knowledge: Knowledge, *, is_open: bool) -> None:
        self._case = case
        self.knowledge = knowledge
        self.is_open = is_open

    def text(self, text: str | None) -> str:
        """Words of anybody."""
        return (text or "") if self.is_open else masked(text or "", self._case)

    def fact(self, name: str, said: str) -> str:
        """A fact as people read it."""
        return said if self.is_open else masked_fact(name, said)

    def file(self, attachment: Attachment) -> FileView:
        """A file that was sent."""
        kinds = variants(attachment)
        return FileView(
            id=attachment.public_id,
            name=self.text(attachment.name),
            size=attachment.size,
            thumb="thumb" in kinds,
            preview="preview" in kinds,
            is_withdrawn=attachment.withdrawn_at is not None,
            is_loose=attachment.evidence_item_id is None and attachment.withdrawn_at is None,
            source=CHANNELS.get(attachment.source, attachment.source),
            received_at=attachment.received_at,
        )

    def entity(self, entity: Mapping[str, Any]) -> str:
        """What was found in a message: `付款金额 200 元`."""
        name, value = str(entity["entity"]), entity["value"]
        if name not in FACTS:
            said = f"{yuan(int(value))} 元" if name == "returned_amount" else str(value)
            return f"{ENTITIES.get(name, name)} {self.text(said)}"
        said = shown(name, read([entity])[name], self.knowledge)
        return f"{self.knowledge.facts[name].name} {self.fact(name, said)}"


def lines(
    session: Session, conversation: Conversation, files: Iterable[Attachment], showing: Showing, before: int | None
) -> list[Line]:
    """The newest page of lines, or the one before the line `before`."""
    said = repository.messages(session, conversation, PAGE, before)
    corrections = repository.corrections_of(session, [message.id for message in said])
    sent: dict[int, list[Attachment]] = {}
    for file in files:
        sent.setdefault(file.message_id or 0, []).append(file)
    days = [_day(message) for message in said]
    begins = [day if place == 0 or day != days[place - 1] else None for place, day in enumerate(days)]
    return [
        _line(message, day, sent.get(message.id, []), corrections.get(message.id), showing)
        for message, day in zip(said, begins, strict=True)
    ]


def _line(
    message: Message, day: date | None, sent: Iterable[Attachment], made: NluCorrection | None, showing: Showing
) -> Line:
    is_theirs = message.author == Author.PERSON
    teaches = is_theirs and message.intent not in (None, *ANSWERS)
    return Line(
        id=message.id,
        author=message.author,
        who=who(message),
        day=day,
        at=message.sent_at,
        channel=CHANNELS.get(message.channel, message.channel),
        text=showing.text(message.text),
        intent=named(message.intent) if teaches else "",
        confidence=message.confidence if teaches and message.intent != FALLBACK else None,
        is_doubtful=teaches and message.confidence is not None and message.confidence < DOUBT,
        facts=tuple(map(showing.entity, message.facts)) if is_theirs else (),
        files=tuple(map(showing.file, sent)),
        buttons=tuple(button["title"] for button in message.buttons),
        corrected=named(made.intent) if made else "",
        teaches=teaches,
    )


def who(message: Message) -> str:
    """Who says a line."""
    if message.author == Author.STAFF and message.staff is not None:
        return message.staff.display_name
    return {Author.PERSON: "对方", Author.BOT: "助手"}.get(Author(message.author), "客服")


def _day(message: Message) -> date:
    return message.sent_at.astimezone(clock.SHANGHAI).date()
