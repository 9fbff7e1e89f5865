"""Notes, labels and who is responsible: what staff write for each other. The person sees none of it."""

from sqlalchemy.orm import Session

from cases import clock
from cases.errors import BadInput
from cases.models import Conversation, Label, Note, StaffUser
from cases.review import repository

NOTE_MAX_CHARS = 2_000
LABEL_MAX_CHARS = 12
MAX_LABELS = 12


def write(session: Session, conversation: Conversation, staff: StaffUser, text: str) -> Note:
    """Note something about a conversation. Raises `BadInput` if it says nothing, or too much."""
    said = _visible(text.replace("\r\n", "\n"), but="\n\t").strip()
    if not 0 < len(said) <= NOTE_MAX_CHARS:
        raise BadInput(f"备注写 1 到 {NOTE_MAX_CHARS} 个字。", code="note_length")
    note = Note(conversation_id=conversation.id, staff=staff, text=said, at=clock.now())
    session.add(note)
    return note


def label(session: Session, conversation: Conversation, name: str) -> None:
    """Mark a conversation with a word; the same word twice is once. Raises `BadInput` for none, or too many."""
    word = " ".join(_visible(name).split())
    if not 0 < len(word) <= LABEL_MAX_CHARS:
        raise BadInput(f"标签写 1 到 {LABEL_MAX_CHARS} 个字。", code="label_length")
    there = [known.name for known in repository.labels(session, conversation)]
    if word in there:
        return
    if len(there) >= MAX_LABELS:
        raise BadInput(f"一个会话最多 {MAX_LABELS} 个标签，先去掉一个。", code="label_count")
    session.add(Label(conversation_id=conversation.id, name=word))


def unlabel(session: Session, conversation: Conversation, name: str) -> None:
    """Take a label off, if it is there."""
    for known in repository.labels(session, conversation):
        if known.name == name:
            session.delete(known)


def assign(conversation: Conversation, colleague: StaffUser | None) -> None:
    """Make a colleague responsible, or nobody. Raises `BadInput` for one who does not work here any more."""
    if colleague is not None and colleague.disabled_at is not None:
        raise BadInput(f"{colleague.display_name}的账号已经停用了。", code="staff_disabled")
    conversation.assignee = colleague


def _visible(text: str, but: str = "") -> str:
    return "".join(character if character.isprintable() or character in but else " " for character in text)
