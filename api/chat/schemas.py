"""What the web channel takes and answers."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from api.case_view import CaseView
from api.files.view import FileView
from cases.evidence.redaction import Box


def _keepable(text: str) -> str:
    """Without NUL, which PostgreSQL does not keep and nobody means. Raises `ValueError` for half a character."""
    return text.encode().replace(b"\0", b"").decode()


Text = Annotated[str, AfterValidator(_keepable)]
ClientMessageId = Annotated[str, StringConstraints(min_length=8, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$")]


class ButtonOut(BaseModel):
    """A choice on offer; sending `payload` back takes it."""

    title: str
    payload: str


class MessageOut(BaseModel):
    """One message of the assistant."""

    text: str
    buttons: list[ButtonOut] = []


class SessionOut(BaseModel):
    """A new session. `token` is the credential and shown only here; `session_id` opens nothing."""

    session_id: str
    token: str
    messages: list[MessageOut]


class FactIn(BaseModel):
    """A fact of the case as the person has edited it: yuan `200.00`, an ISO date, the value of a choice, or words."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, StringConstraints(max_length=40)]
    value: Annotated[Text, StringConstraints(max_length=200)]


class MessageIn(BaseModel):
    """A text, a tapped choice, an edited fact, or the wish to take the last message back: one of them.

    `client_msg_id` makes sending it again harmless.
    """

    model_config = ConfigDict(extra="forbid")

    text: Text | None = None
    payload: Text | None = None
    fact: FactIn | None = None
    undo: bool = False
    client_msg_id: ClientMessageId

    @model_validator(mode="after")
    def _one_of_them(self) -> "MessageIn":
        if sum((self.text is not None, self.payload is not None, self.fact is not None, self.undo)) != 1:
            raise ValueError("one of text, payload, fact and undo")
        return self


class AnswerOut(BaseModel):
    """The assistant's answer, the case as it is now, and whether the message can be taken back."""

    messages: list[MessageOut]
    case: CaseView | None
    undo: bool


class TranscriptLine(BaseModel):
    """One line of the history."""

    id: int
    author: str
    text: str
    buttons: list[ButtonOut]
    attachments: list[FileView]
    sent_at: datetime


class TranscriptOut(BaseModel):
    """The person's history, oldest first, and whether its last message can be taken back."""

    messages: list[TranscriptLine]
    undo: bool


class RedactionIn(BaseModel):
    """What to cover, as {page, x, y, width, height, kind} in fractions of the page."""

    model_config = ConfigDict(extra="forbid")

    boxes: list[Any]


class RedactionOut(BaseModel):
    """What is covered, and what the reading of the picture suggests: the same until the person has chosen."""

    boxes: list[Box]
    suggested: list[Box]
