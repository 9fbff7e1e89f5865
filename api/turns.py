"""One turn: a message in, messages out, once, in order, in one transaction.

    understand (touches no table) → begin → the person's order → inbox: seen? the same answer again
      → transcript → the assistant acts → transcript, inbox → commit

Turns run on the assistant's own loop. The web server only waits, no longer than the turn budget; a turn that takes
longer still ends, and its answer is there for whoever asks again with the same message key. While a human has taken
the conversation over, the assistant says nothing.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy.orm import Session

from api.incoming import Incoming, meaning_given
from bot.assistant import Assistant
from bot.runtime import OwnLoop
from bot.understanding import Understanding
from cases.callbacks import service as callbacks
from cases.database import transaction
from cases.errors import BadInput, ChoiceExpired, TryAgain, TuikuanError
from cases.evidence import service as evidence
from cases.knowledge import knowledge
from cases.models import Callback, Conversation, Message, Person
from cases.people import service as people
from cases.settings import settings
from cases.transcript import service as transcript

logger = logging.getLogger(__name__)

Messages = list[dict[str, Any]]


class Turns:
    """Takes the messages of all channels to the assistant."""

    def __init__(self, assistant: Assistant, loop: OwnLoop, notify: Callable[[int], None] = lambda _: None) -> None:
        """`notify` is told whose conversation went on."""
        self._assistant = assistant
        self._notify = notify
        self._loop = loop
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        # One transaction at a time: to wait for the database is to block the loop that the other one needs.
        self._writing = asyncio.Lock()

    async def take(self, incoming: Incoming) -> Messages:
        """The answer to a message. Raises `TryAgain` when the budget is spent; the turn goes on meanwhile."""
        try:
            return await asyncio.wait_for(self.finish(incoming), settings().turn_budget_s)
        except TimeoutError as error:
            raise TryAgain("还在处理这条消息，请稍等一下再看。", code="turn_timeout") from error

    async def finish(self, incoming: Incoming) -> Messages:
        """The answer to a message, however long it takes."""
        limit = settings().message_max_chars
        if len(incoming.text) > limit:
            raise BadInput(f"这条消息太长了，请分几次发，每次不超过 {limit} 字。", code="text_too_long")
        return await self._loop.run(self._turn(incoming))

    async def _turn(self, incoming: Incoming) -> Messages:
        lock = self._locks.setdefault(incoming.who, asyncio.Lock())
        async with lock:
            started = time.perf_counter()
            understanding = await self._understand(incoming)
            async with self._writing:
                return await self._take_once(incoming, understanding, started)

    async def _take_once(self, incoming: Incoming, understanding: Understanding | None, started: float) -> Messages:
        with transaction() as session:
            person = _person(session, incoming)
            transcript.order(session, person)
            _check_still_there(session, person)
            callback = session.get(Callback, incoming.callback_id) if incoming.callback_id is not None else None
            if callback is not None:
                callbacks.finish(callback)
            given = transcript.answer_given(session, incoming.channel, incoming.key)
            if given is not None:
                return given
            answer = await self._answer(session, person, incoming, understanding, started, callback)
            transcript.remember(session, person, incoming.channel, incoming.key, answer)
            person_id = person.id
        self._notify(person_id)
        return answer

    async def _understand(self, incoming: Incoming) -> Understanding | None:
        """What the message means; `None` if the assistant fails to say."""
        if (given := meaning_given(incoming)) is not None:
            return given
        if incoming.reply is not None:
            return None
        try:
            limit = settings().assistant_timeout_s
            return await asyncio.wait_for(self._assistant.understand(incoming.text), limit)
        except Exception:
            logger.exception("understanding failed for %s", incoming.who)
            return None

    async def _answer(
        self,
        session: Session,
        person: Person,
        incoming: Incoming,
        understanding: Understanding | None,
        started: float,
        callback: Callback | None,
    ) -> Messages:
        conversation = transcript.conversation_of(session, person)
        said = self._record(session, conversation, incoming, understanding)
        if incoming.file is not None:
            file = incoming.file
            attachment = evidence.receive_file(session, person, file.stored, name=file.name, source=incoming.channel)
            session.flush()
            attachment.message_id = said.id
        answer: Messages = []
        if conversation.taken_by_id is None:
            answer = _given(incoming) or await self._act(session, person, understanding)
        transcript.record_bot(
            session,
            conversation,
            channel=incoming.channel,
            messages=answer,
            latency_ms=round((time.perf_counter() - started) * 1000),
            answers=callback,
        )
        return answer

    def _record(
        self,
        session: Session,
        conversation: Conversation,
        incoming: Incoming,
        understanding: Understanding | None,
    ) -> Message:
        return transcript.record_person(
            session,
            conversation,
            channel=incoming.channel,
            text=_said(conversation, incoming, understanding),
            intent=understanding.intent if understanding else None,
            confidence=understanding.confidence if understanding else None,
            facts=understanding.entities if understanding else (),
        )

    async def _act(self, session: Session, person: Person, understanding: Understanding | None) -> Messages:
        """The assistant's answer; a true sentence if it fails. What a failed action wrote is undone."""
        failed = _line(knowledge().wording["turn_failed"])
        if understanding is None:
            return failed
        try:
            with session.begin_nested(), session.no_autoflush:  # written in one go when it ends
                return await self._act_or_raise(person, understanding)
        except Exception:
            logger.exception("turn failed for person %s", person.public_id)
            return failed

    async def _act_or_raise(self, person: Person, understanding: Understanding) -> Messages:
        acting = self._assistant.act(person.public_id, understanding)
        answer = await asyncio.wait_for(acting, settings().assistant_timeout_s)
        if not answer:  # Rasa logs the error of an action and says nothing
            raise TuikuanError("the assistant gave no answer")
        return answer


def _person(session: Session, incoming: Incoming) -> Person:
    """Raises `TryAgain` if they have been joined with another: their token leads there now."""
    if incoming.person_id is None:
        return people.by_channel(session, incoming.channel, incoming.sender)
    person = session.get(Person, incoming.person_id)
    if person is None:
        raise _joined()
    return person


def _check_still_there(session: Session, person: Person) -> None:
    """They may have been joined with another while this turn waited for its own."""
    if session.get(Person, person.id, populate_existing=True) is None:
        raise _joined()


def _joined() -> TryAgain:
    return TryAgain("刚刚换了一下，请再发一次。", code="joined")


def _given(incoming: Incoming) -> Messages | None:
    return _line(incoming.reply) if incoming.reply is not None else None


def _line(text: str) -> Messages:
    return [{"text": text, "buttons": []}]


def _said(conversation: Conversation, incoming: Incoming, understanding: Understanding | None) -> str:
    """What the transcript shows of the message."""
    if incoming.choice is not None:
        return _title(conversation, incoming.choice)
    return understanding.text if understanding is not None and not incoming.text else incoming.text


def _title(conversation: Conversation, token: str) -> str:
    """What the tapped button said. Raises `ChoiceExpired` for anything that is not on offer now."""
    for button in conversation.offered:
        if button["token"] == token:
            return str(button["title"])
    raise ChoiceExpired(knowledge().wording["choice_expired"])
