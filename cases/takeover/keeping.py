"""Nobody is left waiting: promises of a human that were not kept, and humans who left without handing back."""

from sqlalchemy.orm import Session

from cases import clock
from cases.models import Author, Conversation
from cases.quiet_hours import next_send_time
from cases.takeover import promise, repository, service, speaking
from cases.transcript import repository as transcript

BATCH = 100


def keep_due(session: Session) -> list[int]:
    """Tell everybody who was promised a human by now and got none, once for each promise; returns their ids.

    Nobody is told anything while people sleep.
    """
    now = clock.now()
    if next_send_time(now) != now:
        return []
    late = repository.overdue(session, now, BATCH)
    return [conversation.person_id for conversation in late if _renewed(session, conversation)]


def take_back_left(session: Session) -> list[int]:
    """The assistant goes on where the human who took over has gone; returns the persons' ids.

    Who was waiting for an answer is promised another human.
    """
    left = repository.left(session, clock.now(), BATCH)
    return [conversation.person_id for conversation in left if _taken_back(session, conversation)]


def _taken_back(session: Session, conversation: Conversation) -> bool:
    speaking.begin(session, conversation)
    holder = conversation.taken_by
    if holder is None:
        return False
    is_waiting = transcript.last_author(session, conversation) == Author.PERSON
    service.hand_back(session, conversation, holder)
    if is_waiting:
        conversation.wants_human_at = clock.now()
        turn = speaking.begin(session, conversation)
        turn.remark("promise_again", by=promise.said(promise.give(session, conversation)))
        speaking.say(turn)
    return True


def _renewed(session: Session, conversation: Conversation) -> bool:
    turn = speaking.begin(session, conversation)
    before = conversation.human_promised_at
    if before is None or before > clock.now() or conversation.taken_by_id is not None:
        return False
    by = promise.give(session, conversation, promise.SECOND_TIME)
    turn.remark("promise_late", before=promise.said(before), by=promise.said(by))
    speaking.say(turn)
    return True
