"""What the assistant says back in one turn: first to what was just said, then at most one question."""

import re
from dataclasses import dataclass, field
from typing import Any

from cases.models import public_id
from cases.models.base import PUBLIC_ALPHABET

TOKEN_PREFIX = "c_"  # noqa: S105  # marks a button, guards nothing
TOKEN = re.compile(rf"{TOKEN_PREFIX}[{PUBLIC_ALPHABET}]{{8}}")


@dataclass(frozen=True, slots=True)
class Button:
    """A choice that may be tapped. `choice` is what it does; people and channels only ever see the token."""

    title: str
    choice: str
    token: str = field(default_factory=lambda: TOKEN_PREFIX + public_id(8))

    @staticmethod
    def is_token(text: str) -> bool:
        """Whether a text has the form of a token; whether it is on offer only the conversation knows."""
        return TOKEN.fullmatch(text) is not None

    def offered(self) -> dict[str, str]:
        """As the conversation remembers it."""
        return {"token": self.token, "title": self.title, "choice": self.choice}


@dataclass(slots=True)
class Bubble:
    """One message to the person."""

    text: str
    buttons: list[Button] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As channels send it."""
        return {
            "text": self.text,
            "buttons": [{"title": button.title, "payload": button.token} for button in self.buttons],
        }


class Reply:
    """Collects a turn's answer: remarks join into the first bubble, pages and the question follow."""

    def __init__(self) -> None:
        self._remarks: list[str] = []
        self._pages: list[Bubble] = []
        self.question: Bubble | None = None

    def remark(self, text: str) -> None:
        """Say something about what was just said."""
        if text not in self._remarks:
            self._remarks.append(text)

    @property
    def has_remarked(self) -> bool:
        """Whether something was said about the message."""
        return bool(self._remarks)

    def page(self, text: str) -> None:
        """Show something long on its own: a summary, a letter."""
        self._pages.append(Bubble(text))

    def ask(self, text: str, buttons: list[Button]) -> None:
        """Ask the one question of this turn."""
        self.question = Bubble(text, buttons)

    def bubbles(self, offers: list[Button]) -> list[Bubble]:
        """Everything said, in order; `offers` are buttons of what was remarked, where no question carries them."""
        first = [Bubble("\n".join(self._remarks), offers)] if self._remarks else []
        return [*first, *self._pages, *([self.question] if self.question else [])]
