"""A message of the transcript as WeChat texts: choices to tap or to number, long ones by a link, cut to size.

A text holds 2048 bytes (measured by several parties; the platform documents nothing). Only `<a href>` is rendered.
"""

import re
from collections.abc import Mapping, Sequence

from api.door import tickets
from api.wechat.parts import split
from cases.dialogue import numbering
from cases.knowledge import knowledge
from cases.models import Author, Conversation, Message, Person
from cases.settings import settings

MAX_BYTES = 2000
# A longer one is shown in part, with a link to all of it.
LONG_CHARS = 600
SHOWN_CHARS = 160
QUOTES = re.compile(r"""["'<>&]""")


def parts(message: Message, person: Person, conversation: Conversation) -> list[str]:
    """What is sent of a message, in order. Choices that are no longer on offer are left out."""
    text = _safe(message.text)
    if settings().public_url:  # a link that opens their case is in no transcript
        title = _words()["wechat_page_title"]
        text = text.replace(title, _link(door(person), title))
    if message.author == Author.STAFF and message.staff is not None:
        text = _words()["staff_line"].format(name=message.staff.display_name, text=text)
    if len(text) > LONG_CHARS and settings().public_url:
        link = _link(door(person), _words()["wechat_open"])
        text = _words()["wechat_long"].format(begin=_beginning(text), link=link)
    return split("\n".join([text, *_choices(message, conversation)]), MAX_BYTES)


def packed(texts: Sequence[str], room: int = MAX_BYTES) -> tuple[str, int]:
    """The texts that go into one message together, and how many they are: at least the first."""
    taken = texts[0]
    for number, text in enumerate(texts[1:], start=1):
        longer = f"{taken}\n\n{text}"
        if len(longer.encode()) > room:
            return taken, number
        taken = longer
    return taken, len(texts)


def _choices(message: Message, conversation: Conversation) -> list[str]:
    """Tapping one sends its title, and the token that says which it was; numbers do where links are dead."""
    lines, is_numbered = [], numbering.is_open(conversation)
    for button in message.buttons:
        number = numbering.number_of(conversation, button["payload"])
        if number is None:
            continue
        title = QUOTES.sub("", button["title"])
        shown = f"{number}. {title}" if is_numbered else title
        href = f"weixin://bizmsgmenu?msgmenucontent={title}&msgmenuid={button['payload']}"
        lines.append(f'<a href="{href}">{shown}</a>')
    hint = _words()["wechat_numbers" if is_numbered else "wechat_titles"]
    return ["", *lines, hint] if lines else []


def _beginning(text: str) -> str:
    """The first lines, cut where a line ends if one does."""
    shown = text[:SHOWN_CHARS]
    return (shown.rpartition("\n")[0] or shown).rstrip()


def _link(url: str, title: str) -> str:
    return f'<a href="{url}">{title}</a>'


def door(person: Person) -> str:
    """The address that opens the person's case, for a day."""
    return settings().public_url.rstrip("/") + tickets.sign(person)


def _safe(text: str) -> str:
    """People cannot make the assistant print links."""
    return text.replace("<", "＜")


def _words() -> Mapping[str, str]:
    return knowledge().wording
