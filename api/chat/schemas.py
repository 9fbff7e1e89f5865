"""What the web channel takes and answers."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.case_view import CaseView


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


class MessageIn(BaseModel):
    """A text or a tapped choice. `client_msg_id` makes sending it again harmless."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = None
    payload: str | None = None
    client_msg_id: str = Field(min_length=8, max_length=64)

    @model_validator(mode="after")
    def _one_of_both(self) -> "MessageIn":
        if (self.text is None) == (self.payload is None):
            raise ValueError("either text or payload")
        return self


class AnswerOut(BaseModel):
    """The assistant's answer, and the case as it is now."""

    messages: list[MessageOut]
    case: CaseView | None


class AttachmentOut(BaseModel):
    """A file that was sent with a message."""

    id: str
    name: str
    size: int
    sha256: str


class TranscriptLine(BaseModel):
    """One line of the history."""

    id: int
    author: str
    text: str
    buttons: list[ButtonOut]
    attachments: list[AttachmentOut]
    sent_at: datetime


class TranscriptOut(BaseModel):
    """The person's history, oldest first."""

    messages: list[TranscriptLine]
