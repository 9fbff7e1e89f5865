"""Taking over and handing back against writing: 500 times at the same moment, half of them on each database.

Whatever wins, after the line that says who has taken over the assistant says nothing until it is handed back, nothing
that a person wrote is lost, and all of it stands in its order.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle
from threading import Barrier
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from api.app import create_app
from bot.assistant import EchoAssistant
from cases.database import reading
from cases.models import Author, Message, Person, Role
from cases.settings import settings

Chat = Any  # the fixtures' classes
Colleague = Any
Employ = Callable[..., Colleague]
RACES, PEOPLE = 128, 4
TAKEN, HANDED_BACK = "接手了", "先离开了"


@pytest.fixture
def client(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The application with the assistant that echoes, on either database."""
    monkeypatch.setenv("TUIKUAN_READING", "off")
    settings.cache_clear()
    with TestClient(create_app(EchoAssistant())) as running:
        yield running


@pytest.fixture
def people(client: TestClient, chat: Chat) -> list[Chat]:
    """Some persons in the chat."""
    return [type(chat)(client) for _ in range(PEOPLE)]


def address(chat: Chat) -> str:
    """The page of a person's conversation."""
    with reading() as session:
        newest = session.scalars(select(Message.conversation_id).where(Message.id == chat.history[-1]["id"])).one()
        person = session.scalars(select(Person).where(Person.conversation.has(id=newest))).one()
        return f"/staff/c/{person.public_id}"


def together(*moves: Callable[[], Response]) -> list[Response]:
    """Make all moves at the same moment."""
    start = Barrier(len(moves))

    def made(move: Callable[[], Response]) -> Response:
        start.wait(20)
        return move()

    with ThreadPoolExecutor(len(moves)) as threads:
        return list(threads.map(made, moves))


def lines(chat: Chat) -> list[tuple[str, str]]:
    """(author, text) of everything that was said, by the order of the ids."""
    with reading() as session:
        first = session.get_one(Message, chat.history[0]["id"])
        own = select(Message).where(Message.conversation_id == first.conversation_id)
        return [(message.author, message.text) for message in session.scalars(own.order_by(Message.id))]


def answered(said: list[tuple[str, str]]) -> set[str]:
    """What the person wrote while nobody had taken over."""
    taken = set(while_taken(said))
    return {text for author, text in said if author == Author.PERSON and (author, text) not in taken}


def while_taken(said: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The lines after each takeover, until it is handed back."""
    is_taken = False
    for author, text in said:
        if author == Author.BOT and HANDED_BACK in text:
            is_taken = False
        if is_taken:
            yield author, text
        if author == Author.BOT and TAKEN in text:
            is_taken = True


def test_no_word_of_the_assistant_comes_after_a_takeover_and_none_of_the_persons_is_lost(
    people: list[Chat], agent: Colleague
) -> None:
    def play(chat: Chat) -> list[str]:
        """One person against one takeover after another, and one return after another; returns what they wrote."""
        page = address(chat)
        wrote = [f"第{race}句，{when}" for race in range(RACES // PEOPLE) for when in ("接手时", "交回时")]
        for text, do in zip(wrote, cycle(("take", "hand-back"))):
            answer, moved = together(
                partial(chat.post, {"text": text}),
                partial(agent.browser.post, f"{page}/{do}"),
            )
            assert answer.json()["messages"] in ([], [{"text": text, "buttons": []}])
            assert moved.status_code == 303
        return wrote

    with ThreadPoolExecutor(PEOPLE) as threads:
        all_wrote = list(threads.map(play, people))

    for chat, wrote in zip(people, all_wrote, strict=True):
        said = lines(chat)
        assert [text for author, text in said if author == Author.PERSON] == wrote
        assert [line for line in while_taken(said) if line[0] == Author.BOT] == []
        assert sum(TAKEN in text for _, text in said) == RACES // PEOPLE
        assert answered(said) == {text for author, text in said if author == Author.BOT} & set(wrote)


def test_of_two_who_take_over_at_once_one_does(people: list[Chat], agent: Colleague, employ: Employ) -> None:
    other = employ(Role.AGENT, "zhou")
    for chat in people:
        take = f"{address(chat)}/take"
        answers = together(*(partial(who.browser.post, take) for who in (agent, other)))
        assert sorted(answer.status_code for answer in answers) == [303, 400]
        assert sum(TAKEN in text for _, text in lines(chat)) == 1


def test_what_the_human_says_stands_between_what_the_person_says(people: list[Chat], agent: Colleague) -> None:
    for chat in people:
        page = address(chat)
        agent.browser.post(f"{page}/take")
        together(partial(chat.post, {"text": "在吗"}), partial(agent.browser.post, f"{page}/say", data={"text": "在"}))
        assert sorted(lines(chat)[-2:]) == [(Author.PERSON, "在吗"), (Author.STAFF, "在")]
