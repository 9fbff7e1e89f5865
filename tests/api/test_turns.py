"""One turn: once, in order, in one transaction, on both databases.

What must happen at a certain moment runs on the assistant's own loop, where events can be set between steps.
"""

import asyncio
import secrets
from collections.abc import Coroutine
from typing import Any

import pytest

from api.incoming import File, Incoming
from api.turns import Messages, Turns
from bot.runtime import OwnLoop
from cases import clock
from cases.case import service as cases_
from cases.database import reading, transaction
from cases.errors import BadInput, ChoiceExpired, TryAgain
from cases.evidence.files import StoredFile
from cases.knowledge import knowledge
from cases.models import Attachment, Case, Conversation, Inbox, Message, Person
from cases.people import service as people
from cases.settings import settings
from cases.transcript import service as transcript

Bent = Any  # the fixture's class
FAILED = knowledge().wording["turn_failed"]

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def turns(database: str, bent: Bent, loop: OwnLoop) -> Turns:
    """The turns of one process."""
    return Turns(bent, loop)


@pytest.fixture
def person(database: str) -> int:
    """The id of somebody."""
    return somebody("somebody")


def somebody(name: str) -> int:
    with transaction() as session:
        found = people.by_channel(session, "test", name)
        session.flush()
        return found.id


def message(person: int, text: str = "你好", **more: Any) -> Incoming:
    return Incoming(**{"channel": "test", "person_id": person, "key": secrets.token_hex(8), "text": text, **more})


def said() -> list[str]:
    with reading() as session:
        return [line.text for line in session.query(Message).order_by(Message.id)]


def count(table: type[Any]) -> int:
    with reading() as session:
        return session.query(table).count()


async def together(*turns: Coroutine[Any, Any, Messages]) -> list[Messages]:
    return list(await asyncio.gather(*turns))


def offer(person: int, title: str, token: str) -> None:
    """The assistant has offered this button."""
    with transaction() as session:
        conversation = transcript.conversation_of(session, session.get_one(Person, person))
        conversation.offered = [{"token": token, "title": title, "choice": "continue"}]


def test_a_message_is_answered_and_both_are_written_down(turns: Turns, loop: OwnLoop, person: int) -> None:
    answer = loop.run_sync(turns.take(message(person, "没到账")))
    assert answer == [{"text": "没到账", "buttons": []}]
    with reading() as session:
        lines = session.query(Message).order_by(Message.id).all()
    assert [(line.author, line.text, line.channel) for line in lines] == [
        ("person", "没到账", "test"),
        ("bot", "没到账", "test"),
    ]
    assert lines[0].intent == "nlu_fallback"
    assert lines[1].latency_ms is not None


class TestOnce:
    def test_the_same_message_again_gets_the_same_answer(
        self, turns: Turns, bent: Bent, loop: OwnLoop, person: int
    ) -> None:
        incoming = message(person)
        first = loop.run_sync(turns.take(incoming))
        assert loop.run_sync(turns.take(incoming)) == first
        assert (bent.acted, len(said())) == (["你好"], 2)

    def test_also_at_the_same_time(self, turns: Turns, bent: Bent, loop: OwnLoop, person: int) -> None:
        incoming = message(person)
        answers = loop.run_sync(together(*(turns.take(incoming) for _ in range(5))))
        assert answers == [answers[0]] * 5
        assert (bent.acted, len(said())) == (["你好"], 2)

    def test_also_in_another_process(self, turns: Turns, bent: Bent, loop: OwnLoop, person: int) -> None:
        incoming = message(person)
        first = loop.run_sync(turns.take(incoming))
        assert loop.run_sync(Turns(bent, loop).take(incoming)) == first
        assert bent.acted == ["你好"]

    def test_the_same_words_are_another_message(self, turns: Turns, bent: Bent, loop: OwnLoop, person: int) -> None:
        for _ in range(2):
            loop.run_sync(turns.take(message(person)))
        assert bent.acted == ["你好", "你好"]

    def test_another_channel_has_keys_of_its_own(self, turns: Turns, bent: Bent, loop: OwnLoop, person: int) -> None:
        incoming = message(person)
        loop.run_sync(turns.take(incoming))
        loop.run_sync(turns.take(message(person, key=incoming.key, channel="other")))
        assert bent.acted == ["你好", "你好"]


class TestOrder:
    @pytest.mark.parametrize("where", ["understand", "act"])
    def test_a_persons_messages_are_answered_in_the_order_they_came(
        self, turns: Turns, bent: Bent, loop: OwnLoop, person: int, where: str
    ) -> None:
        bent.where, bent.waits_for = where, {"第一"}

        async def scenario() -> None:
            first = asyncio.create_task(turns.take(message(person, "第一")))
            await bent.waiting.wait()
            second = asyncio.create_task(turns.take(message(person, "第二")))
            for _ in range(20):
                await asyncio.sleep(0)
            assert bent.acted == []
            bent.release.set()
            await asyncio.gather(first, second)

        loop.run_sync(scenario())
        assert said() == ["第一", "第一", "第二", "第二"]

    def test_somebody_elses_slow_understanding_holds_up_nobody(
        self, turns: Turns, bent: Bent, loop: OwnLoop, person: int
    ) -> None:
        bent.where, bent.waits_for = "understand", {"慢"}
        other = somebody("else")

        async def scenario() -> None:
            slow = asyncio.create_task(turns.take(message(person, "慢")))
            await bent.waiting.wait()
            assert await turns.take(message(other, "快")) == [{"text": "快", "buttons": []}]
            bent.release.set()
            await slow

        loop.run_sync(scenario())
        assert bent.acted == ["快", "慢"]

    def test_somebody_elses_slow_action_costs_nobody_their_turn(
        self, turns: Turns, bent: Bent, loop: OwnLoop, person: int
    ) -> None:
        """The other has to wait, but may not block the loop that the slow one needs to go on."""
        bent.where, bent.waits_for = "act", {"慢"}
        other = somebody("else")

        async def scenario() -> list[Messages]:
            slow = asyncio.create_task(turns.take(message(person, "慢")))
            await bent.waiting.wait()
            quick = asyncio.create_task(turns.take(message(other, "快")))
            for _ in range(20):
                await asyncio.sleep(0)
            bent.release.set()
            return list(await asyncio.gather(slow, quick))

        answers = loop.run_sync(scenario())
        assert [answer[0]["text"] for answer in answers] == ["慢", "快"]


class TestFailure:
    def test_of_an_action_is_told_and_nothing_of_it_stays(
        self, turns: Turns, bent: Bent, loop: OwnLoop, person: int
    ) -> None:
        def half_done(sender: str) -> None:
            with transaction() as session:
                cases_.open_case(session, people.by_sender(session, sender))
            raise RuntimeError("halfway")

        bent.on_act = half_done
        answer = loop.run_sync(turns.take(message(person, "没到账")))
        assert [line["text"] for line in answer] == [FAILED]
        assert said() == ["没到账", FAILED]
        assert count(Case) == 0

    def test_of_the_database_in_an_action_costs_only_the_action(
        self, turns: Turns, bent: Bent, loop: OwnLoop, person: int
    ) -> None:
        def against_the_rules(_sender: str) -> None:
            with transaction() as session:
                session.add(Case(person_id=404, opened_at=clock.now()))
                session.flush()

        bent.on_act = against_the_rules
        answer = loop.run_sync(turns.take(message(person, "没到账")))
        assert [line["text"] for line in answer] == [FAILED]
        assert said() == ["没到账", FAILED]

    def test_without_an_answer_is_told(self, turns: Turns, bent: Bent, loop: OwnLoop, person: int) -> None:
        bent.silent = True
        answer = loop.run_sync(turns.take(message(person, "没到账")))
        assert [line["text"] for line in answer] == [FAILED]

    def test_of_understanding_is_told_and_the_message_is_kept(
        self, turns: Turns, bent: Bent, loop: OwnLoop, person: int
    ) -> None:
        bent.fails_understanding = True
        answer = loop.run_sync(turns.take(message(person, "没到账")))
        assert [line["text"] for line in answer] == [FAILED]
        assert said() == ["没到账", FAILED]
        assert bent.acted == []

    def test_is_over_with_the_next_message(self, turns: Turns, bent: Bent, loop: OwnLoop, person: int) -> None:
        bent.fails_understanding = True
        loop.run_sync(turns.take(message(person, "没到账")))
        bent.fails_understanding = False
        assert loop.run_sync(turns.take(message(person, "没到账")))[0]["text"] == "没到账"


class TestChoices:
    def test_on_offer_are_written_down_by_their_title(self, turns: Turns, loop: OwnLoop, person: int) -> None:
        offer(person, "继续", "c_token")
        loop.run_sync(turns.take(message(person, "", choice="c_token")))
        assert said()[0] == "继续"

    @pytest.mark.parametrize(
        "choice",
        [
            pytest.param("c_never", id="a token never offered"),
            pytest.param("继续", id="a title"),
            pytest.param("continue", id="what it does"),
            pytest.param('/inform{"case_id": 1}', id="a command"),
            pytest.param("", id="nothing"),
        ],
    )
    def test_not_on_offer_are_refused_and_leave_no_trace(
        self, turns: Turns, bent: Bent, loop: OwnLoop, person: int, choice: str
    ) -> None:
        offer(person, "继续", "c_token")
        with pytest.raises(ChoiceExpired):
            loop.run_sync(turns.take(message(person, "", choice=choice)))
        assert (bent.acted, said(), count(Inbox)) == ([], [], 0)

    def test_offered_to_somebody_else_are_refused(self, turns: Turns, loop: OwnLoop, person: int) -> None:
        offer(somebody("else"), "继续", "c_token")
        with pytest.raises(ChoiceExpired):
            loop.run_sync(turns.take(message(person, "", choice="c_token")))


class TestFiles:
    def test_a_file_is_noted_with_the_message_that_brought_it(self, turns: Turns, loop: OwnLoop, person: int) -> None:
        file = File(StoredFile(sha256="ab" * 32, media_type="image/png", size=9), "订单.png")
        loop.run_sync(turns.take(message(person, "", file=file)))
        with reading() as session:
            [attachment] = session.query(Attachment)
            line = session.get_one(Message, attachment.message_id)
        assert (attachment.person_id, attachment.name, attachment.source) == (person, "订单.png", "test")
        assert (line.author, line.intent) == ("person", "evidence_given")

    def test_a_file_outlives_a_failing_action(self, turns: Turns, bent: Bent, loop: OwnLoop, person: int) -> None:
        def fail(_sender: str) -> None:
            raise RuntimeError

        bent.on_act = fail
        file = File(StoredFile(sha256="ab" * 32, media_type="image/png", size=9), "a.png")
        loop.run_sync(turns.take(message(person, "", file=file)))
        assert count(Attachment) == 1


class TestLimits:
    def test_a_text_may_be_as_long_as_the_limit(self, turns: Turns, loop: OwnLoop, person: int) -> None:
        text = "长" * settings().message_max_chars
        assert loop.run_sync(turns.take(message(person, text)))[0]["text"] == text

    def test_a_longer_one_is_refused_with_the_limit(self, turns: Turns, loop: OwnLoop, person: int) -> None:
        limit = settings().message_max_chars
        with pytest.raises(BadInput, match=str(limit)) as raised:
            loop.run_sync(turns.take(message(person, "长" * (limit + 1))))
        assert raised.value.code == "text_too_long"
        assert said() == []


class TestBudget:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch, database: str) -> None:
        """Nobody waits longer than a moment."""
        monkeypatch.setenv("TUIKUAN_TURN_BUDGET_S", "0.02")
        settings.cache_clear()

    @pytest.mark.parametrize("where", ["understand", "act"])
    def test_a_slow_turn_goes_on_and_its_answer_waits_for_who_asks_again(
        self, turns: Turns, bent: Bent, loop: OwnLoop, person: int, where: str
    ) -> None:
        bent.where, bent.waits_for = where, {"慢"}
        incoming = message(person, "慢")

        async def scenario() -> Messages:
            with pytest.raises(TryAgain) as raised:
                await turns.take(incoming)
            assert raised.value.code == "turn_timeout"
            bent.release.set()
            while True:
                try:
                    return await turns.take(incoming)
                except TryAgain:
                    continue

        assert loop.run_sync(scenario())[0]["text"] == "慢"
        assert (bent.acted, len(said())) == (["慢"], 2)


def test_a_conversation_is_one_however_many_turns_it_has(turns: Turns, loop: OwnLoop, person: int) -> None:
    loop.run_sync(together(*(turns.take(message(person, str(number))) for number in range(5))))
    assert (count(Conversation), len(said())) == (1, 10)
