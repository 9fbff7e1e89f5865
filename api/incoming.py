"""One message on its way in, whichever channel brought it."""

from dataclasses import dataclass

from cases.evidence.files import StoredFile


@dataclass(frozen=True, slots=True)
class File:
    """A stored original that came with a message, and what the person called it."""

    stored: StoredFile
    name: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text, a tapped choice or a file. `key` is the channel's own id of the message, unique in the channel.

    Either `person_id` is known, or `sender` is how the channel calls a person whom the turn will look up.
    """

    channel: str
    person_id: int | None
    key: str
    text: str = ""
    choice: str | None = None
    file: File | None = None
    sender: str = ""

    @property
    def who(self) -> str:
        """Who wrote it, in whichever way that is known."""
        return str(self.person_id) if self.person_id is not None else f"{self.channel}:{self.sender}"
