"""Taking the last message back: everything it changed is as before, and the question before it is asked again."""

import re

from cases.case import snapshot
from cases.dialogue.turn import Turn

UNDO = "undo"
SLIP = re.compile(r"(?:我|啊|哎呀?|不好意思|刚才|刚刚|，|,)*(?:点|按|选|发|传)错(?:了|啦|人|图|按钮|图片)*[。.!！~]*")
THREAD = ("asked", "misses", "pending")


def is_asked(turn: Turn) -> bool:
    """Whether the person wants the last message taken back; a step said to be taken has words of its own for that."""
    said = SLIP.fullmatch(turn.understood.text.strip()) is not None and turn.asked("outcome") is None
    return said or (turn.understood.intent == UNDO and turn.understood.is_sure)


def remember(turn: Turn) -> None:
    """Keep how things stand before this message. What opens a case cannot be taken back: its facts can be put right."""
    case, conversation = turn.case, turn.conversation
    if case is None:
        conversation.before = None
        return
    turn.session.flush()
    thread = {name: getattr(conversation, name) for name in THREAD}
    conversation.before = {"case_id": case.id, "thread": thread, **snapshot.take(case)}


def settle(turn: Turn) -> None:
    """A message that led to another case is not taken back either: there would be two to put right."""
    before = turn.conversation.before
    if before is not None and before["case_id"] != turn.conversation.case_id:
        turn.conversation.before = None


def take_back(turn: Turn) -> None:
    """Undo the last message, once."""
    case, before = turn.conversation.case, turn.conversation.before
    turn.conversation.before = None
    if case is None or before is None:
        turn.remark("undo_nothing")
        return
    snapshot.restore(turn.session, case, before)
    for name in THREAD:
        setattr(turn.conversation, name, before["thread"][name])
    turn.remark("undone")
