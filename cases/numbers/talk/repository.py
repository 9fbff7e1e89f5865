"""What is counted over the messages of a period."""

from datetime import datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from cases.corrections.repository import ANSWERS
from cases.models import Author, Message
from cases.numbers.expressions import day_since, seconds_between, whole
from cases.numbers.repository import Span, counted, spans

FALLBACK, QUESTION, ASKS_HUMAN = "nlu_fallback", "ask_question", "ask_human"
UNSERVED = (FALLBACK, "out_of_scope")
CAME, NOBODY = "came", "nobody"
TENTHS = 10
MOST_TEXTS = 500


def understood(session: Session, since: datetime) -> list[tuple[int, int, bool, int]]:
    """(day after the first, whole tenths of confidence, whether it was not understood at all, messages) of words."""
    rows = select(
        day_since(since, Message.sent_at).label("day"),
        whole(Message.confidence * TENTHS).label("tenths"),
        (Message.intent == FALLBACK).label("is_fallback"),
    ).where(
        Message.sent_at >= since,
        Message.author == Author.PERSON,
        Message.confidence.is_not(None),
        Message.intent.not_in(ANSWERS),
    )
    return [(day, tenths, bool(is_fallback), count) for day, tenths, is_fallback, count in counted(session, rows)]


def unanswered(session: Session, since: datetime, apology: str) -> list[tuple[str, int]]:
    """(text, times) of what persons said that the assistant had no answer to, the most frequent first.

    It was not understood, or none of our business, or a question to which there was nothing but this `apology`.
    """
    later, reply = aliased(Message), aliased(Message)
    next_id = select(func.min(later.id)).where(later.conversation_id == Message.conversation_id, later.id > Message.id)
    rows = (
        select(Message.text)
        .outerjoin(reply, and_(Message.intent == QUESTION, reply.id == next_id.scalar_subquery()))
        .where(Message.sent_at >= since, Message.author == Author.PERSON, Message.intent.in_((*UNSERVED, QUESTION)))
        .where(or_(Message.intent != QUESTION, reply.text.contains(apology, autoescape=True)))
    )
    return [(text, times) for text, times in counted(session, rows)][:MOST_TEXTS]


def waits_for_human(session: Session, since: datetime) -> list[Span]:
    """How long it took in conversations that asked for a human until one of us spoke: `CAME`.

    Of those in which nobody has spoken, `NOBODY` has the number and no times.
    """
    asked = (
        select(Message.conversation_id, func.min(Message.id).label("id"), func.min(Message.sent_at).label("at"))
        .where(Message.sent_at >= since, Message.author == Author.PERSON, Message.intent == ASKS_HUMAN)
        .group_by(Message.conversation_id)
        .subquery()
    )
    ours = select(func.min(Message.sent_at)).where(Message.author == Author.STAFF, Message.id > asked.c.id)
    came = ours.where(Message.conversation_id == asked.c.conversation_id).scalar_subquery()
    waits = select(asked.c.at, came.label("came")).subquery()
    who = case((waits.c.came.is_(None), NOBODY), else_=CAME)
    seconds = func.coalesce(seconds_between(waits.c.at, waits.c.came), 0)
    return spans(session, select(who.label("who"), seconds.label("seconds")))


def waits_for_reply(session: Session, since: datetime) -> list[Span]:
    """How long persons waited for our words: from the first that they said after we, or the assistant, last had."""
    with_us = select(Message.conversation_id).where(Message.author == Author.STAFF, Message.sent_at >= since)
    before = func.lag(Message.author).over(partition_by=Message.conversation_id, order_by=Message.id)
    lines = (
        select(Message.id, Message.conversation_id, Message.author, Message.sent_at, before.label("before"))
        .where(Message.conversation_id.in_(with_us))
        .subquery()
    )
    begins = and_(lines.c.author == Author.PERSON, func.coalesce(lines.c.before, "") != Author.PERSON)
    begun = func.max(case((begins, lines.c.sent_at))).over(partition_by=lines.c.conversation_id, order_by=lines.c.id)
    turns = select(lines.c.author, lines.c.before, lines.c.sent_at, begun.label("begun")).subquery()
    waits = select(turns.c.author, seconds_between(turns.c.begun, turns.c.sent_at).label("seconds"))
    is_reply = and_(turns.c.author == Author.STAFF, turns.c.before == Author.PERSON, turns.c.sent_at >= since)
    return spans(session, waits.where(is_reply))
