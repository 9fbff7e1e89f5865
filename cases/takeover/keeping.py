"""Promises of a human that were not kept: the person is told so, with a new one."""

from sqlalchemy.orm import Session

from cases import clock
from cases.models import Conversation
from cases.quiet_hours import next_send_time
from cases.takeover import promise, repository, speaking

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


def _renewed(session: Session, conversation: Conversation) -> bool:
    turn = speaking.begin(session, conversation)
    before = conversation.human_promised_at
    if before is None or before > clock.now() or conversation.taken_by_id is not None:
        return False
    by = promise.give(session, conversation, promise.SECOND_TIME)
    turn.remark("promise_late", before=promise.said(before), by=promise.said(by))
    speaking.say(turn)
    return True
