"""One message on its way in, whichever channel brought it."""

from dataclasses import dataclass
from typing import Any

from cases.evidence.files import StoredFile


@dataclass(frozen=True, slots=True)
class File:
    """A stored original that came with a message, and what the person called it."""

    stored: StoredFile
    name: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text, a tapped choice or a file. `key` is the channel's own id of the message, unique in the channel."""

    channel: str
    person_id: int
    key: str
    text: str = ""
    choice: str | None = None
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person gets: messages of {text, buttons}."""

    messages: list[dict[str, Any]]
