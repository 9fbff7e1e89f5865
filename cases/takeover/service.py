"""Taking a conversation over and handing it back. While somebody has it, the assistant is silent.

Everything here happens in the person's order, so a turn comes either wholly before a takeover or wholly after it.
"""

from sqlalchemy.orm import Session

from cases import clock
from cases.case.service import log
from cases.dialogue.turn import Turn
from cases.errors import BadInput
from cases.models import Actor, Conversation, Message, Role, StaffUser
from cases.settings import settings
from cases.takeover import canned, speaking
from cases.transcript import service as transcript


def take(session: Session, conversation: Conversation, staff: StaffUser) -> None:
    """From here on `staff` speaks, and the person is told so. To take what one has changes nothing.

    Raises `BadInput` if a colleague has it; only a lead takes it from them.
    """
    turn = speaking.begin(session, conversation)
    holder = conversation.taken_by
    if holder is staff:
        return
    if holder is not None and staff.role != Role.LEAD:
        raise BadInput(f"{holder.display_name}已经接手了这个会话。", code="taken")
    _log(turn, "taken_over", staff, wanted_at=conversation.wants_human_at)
    turn.remark("taken_over", name=staff.display_name)
    speaking.say(turn)
    conversation.taken_by, conversation.taken_at = staff, clock.now()
    conversation.human_promised_at = conversation.before = None


def say(session: Session, conversation: Conversation, staff: StaffUser, text: str) -> Message:
    """Words of `staff` to the person, who sees who speaks.

    Raises `BadInput` if somebody else has the conversation, or the words cannot be sent as they are.
    """
    speaking.begin(session, conversation)
    if conversation.taken_by is not staff:
        raise BadInput("先接管这个会话，再回复。", code="not_holder")
    return transcript.record_staff(session, conversation, staff, sendable(text))


def hand_back(session: Session, conversation: Conversation, staff: StaffUser, note: str = "") -> None:
    """The assistant speaks again: it says so, passes the `note` on, and asks what it had asked.

    Nothing happens if nobody has the conversation. Raises `BadInput` if somebody else has it; a lead may all the same.
    """
    turn = speaking.begin(session, conversation)
    holder = conversation.taken_by
    if holder is None:
        return
    if holder is not staff and staff.role != Role.LEAD:
        raise BadInput("这个会话不在你手上。", code="not_holder")
    _log(turn, "handed_back", staff)
    conversation.taken_by = conversation.taken_at = None
    conversation.wants_human_at = conversation.human_promised_at = None
    turn.remark("handed_back", name=holder.display_name)
    if note.strip():
        turn.remark("handed_back_note", name=staff.display_name, note=sendable(note))
    speaking.ask_again(turn)
    speaking.say(turn)


def sendable(text: str) -> str:
    """Words without what no channel shows. Raises `BadInput` for none, too many, or a gap that nobody has filled."""
    lines = text.replace("\r\n", "\n")
    said = "".join(character for character in lines if character.isprintable() or character in "\n\t").strip()
    limit = settings().message_max_chars
    if not said:
        raise BadInput("还没有写内容。", code="text_empty")
    if len(said) > limit:
        raise BadInput(f"太长了，每次不超过 {limit} 字。", code="text_too_long")
    if gap := canned.gap_in(said):
        raise BadInput(f"还有没填的空：{gap}。", code="text_gap")
    return said


def _log(turn: Turn, name: str, staff: StaffUser, **data: object) -> None:
    if turn.conversation.case is not None:
        log(turn.session, turn.conversation.case, name, actor=Actor.STAFF, staff=staff.display_name, **data)
