"""How a person can be reached when the assistant speaks first."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from cases import clock
from cases.models import ChannelIdentity, Outbox, Person
from cases.settings import settings
from cases.transcript import repository as transcript

WECHAT = "wechat"
# The platform's rule: so many messages within so long after the person has written (客服消息).
AFTER_MESSAGE = (5, timedelta(hours=48))
AFTER_EVENT = (3, timedelta(minutes=1))


class Reach(StrEnum):
    """How a reminder will arrive: on the page, as a notice, as a message, or with the person's next message."""

    PAGE = "page"
    NOTICE = "notice"
    MESSAGE = "message"
    NEXT = "next"


def wechat(person: Person) -> ChannelIdentity | None:
    """How WeChat knows the person, if it does."""
    return next((known for known in person.identities if known.channel == WECHAT), None)


def best_channel(session: Session, person: Person) -> str:
    """Where the assistant speaks first: in WeChat if the person has it, else where they wrote last."""
    if wechat(person) is not None:
        return WECHAT
    return transcript.last_channel(session, person.conversation) if person.conversation else "web"


def reach(person: Person, at: datetime) -> Reach:
    """How a reminder at a time will reach the person, as far as is known today."""
    identity, account = wechat(person), settings().wechat
    if identity is None:
        return Reach.PAGE
    if account.template_id or (account.subscription_id and identity.opt_ins):
        return Reach.NOTICE
    return Reach.MESSAGE if _is_open(identity, at) else Reach.NEXT


def opened(identity: ChannelIdentity, messages: int, duration: timedelta) -> None:
    """The person has been in touch, which lets us write that often for so long. A longer window stays open."""
    until = clock.now() + duration
    if identity.push_until is None or until >= identity.push_until or identity.push_until <= clock.now():
        identity.push_until, identity.pushes_left = until, messages


def agreed(person: Person, times: int) -> None:
    """The person has agreed to be sent so many notices, or has taken that back."""
    if (identity := wechat(person)) is not None:
        identity.opt_ins = max(0, identity.opt_ins + times)


def may_push(identity: ChannelIdentity) -> bool:
    """Whether a message may go now."""
    return _is_open(identity, clock.now())


def notice_means(identity: ChannelIdentity, row: Outbox) -> str | None:
    """How a reminder goes outside that window: `subscription`, `template`, or not at all."""
    account = settings().wechat
    if row.reminder_id is None:
        return None
    if account.subscription_id and identity.opt_ins:
        return "subscription"
    return "template" if account.template_id else None


def _is_open(identity: ChannelIdentity, at: datetime) -> bool:
    is_within = identity.push_until is not None and at < identity.push_until
    return settings().wechat.can_push and is_within and identity.pushes_left > 0
