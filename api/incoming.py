"""One message on its way in, whichever channel brought it."""

from dataclasses import dataclass

from bot.understanding import Understanding
from cases.case import facts
from cases.dialogue.topics import joining
from cases.dialogue.undo import UNDO
from cases.evidence.files import StoredFile
from cases.knowledge import knowledge


@dataclass(frozen=True, slots=True)
class File:
    """A stored original that came with a message, and what the person called it."""

    stored: StoredFile
    name: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text, a tapped choice, a file, a fact put right as (name, value), or the wish to `undo` the last message.

    `key` is the channel's own id of the message, unique in the channel. `callback_id` is the callback that brought it,
    if the channel keeps those. A `reply` is given where there is nothing to understand.

    Either `person_id` is known, or `sender` is how the channel calls a person whom the turn will look up.
    """

    channel: str
    person_id: int | None
    key: str
    text: str = ""
    choice: str | None = None
    file: File | None = None
    fact: tuple[str, str] | None = None
    undo: bool = False
    sender: str = ""
    callback_id: int | None = None
    reply: str | None = None

    @property
    def who(self) -> str:
        """Who wrote it, in whichever way that is known."""
        return str(self.person_id) if self.person_id is not None else f"{self.channel}:{self.sender}"


def meaning_given(incoming: Incoming) -> Understanding | None:
    """What a message means that needs no NLU. Raises `BadInput` for a fact that cannot be so."""
    if incoming.file is not None:
        return Understanding.given("", "evidence_given")
    if incoming.choice is not None:
        return Understanding.given(incoming.choice, "choose")
    if joining.is_asked(incoming.text):
        return Understanding.given(incoming.text, joining.JOIN)
    if incoming.undo:
        return Understanding.given(knowledge().wording["undo_said"], UNDO)
    return _edited(*incoming.fact) if incoming.fact is not None else None


def _edited(name: str, text: str) -> Understanding:
    known = knowledge()
    value = facts.written(name, text, known)
    said = known.wording["edit_said"].format(fact=known.facts[name].name, value=facts.shown(name, value, known))
    return Understanding.edited(said, name, value)
