"""The assistant speaking of its own accord, because a human of ours has done something."""

from sqlalchemy.orm import Session

from cases.dialogue import asking
from cases.dialogue.turn import Turn
from cases.dialogue.understood import Understood
from cases.knowledge import knowledge
from cases.models import Conversation
from cases.transcript import repository as transcript_repository
from cases.transcript import service as transcript


def begin(session: Session, conversation: Conversation) -> Turn:
    """A turn that answers nobody, in the person's order: what a turn has done meanwhile is seen."""
    transcript.order(session, conversation.person)
    session.flush()
    session.refresh(conversation)
    return Turn(session, conversation.person, conversation, Understood("", "resume"), knowledge())


def ask_again(turn: Turn) -> None:
    """Ask what is open; nothing about a case that is closed."""
    if turn.case is None and turn.conversation.case is not None:
        return
    if turn.asked("confirm"):
        turn.confirm_again()
    elif not asking.stay_with_fact(turn):
        asking.ask_next(turn)


def say(turn: Turn) -> None:
    """Say what the turn has come to, where the last message went."""
    said = [bubble.as_json() for bubble in turn.bubbles()]
    channel = transcript_repository.last_channel(turn.session, turn.conversation)
    transcript.record_bot(turn.session, turn.conversation, channel=channel, messages=said, latency_ms=0)
