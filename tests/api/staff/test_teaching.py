"""Saying what a message means, messages like it, and whether the model knows by now."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from api.staff.intents import INTENTS
from bot.assistant import EchoAssistant
from bot.understanding import Understanding
from cases.database import reading
from cases.models import Message, NluCorrection, Person
from cases.settings import ROOT

Chat = Any  # the fixtures' classes
Colleague = Any
ORDER_NO = "20261118001"
STORY = f"充了没到，订单号{ORDER_NO}，付了200"


class Learning(EchoAssistant):
    """Takes everything for small talk, until it has learned better."""

    def __init__(self) -> None:
        self.knows: dict[str, str] = {}

    async def understand(self, text: str) -> Understanding:
        """What it has learned, hardly."""
        found: list[dict[str, Any]] = []
        if ORDER_NO in text:
            found = [{"entity": "order_no", "value": ORDER_NO}, {"entity": "amount", "value": 20_000}]
        return Understanding(text, self.knows.get(text, "greet"), 0.3, found)


@pytest.fixture
def learning() -> Learning:
    """An assistant that learns."""
    return Learning()


@pytest.fixture
def client(serve: Callable[..., TestClient], learning: Learning) -> TestClient:
    """The application with it."""
    return serve(learning)


@pytest.fixture
def line(chat: Chat) -> str:
    """The page of something a person has said."""
    chat.say(STORY)
    return line_of(STORY)


def line_of(text: str) -> str:
    with reading() as session:
        person = session.scalars(select(Person)).one()
        said = session.scalars(select(Message.id).where(Message.text == text, Message.author == "person")).one()
    return f"/staff/c/{person.public_id}/messages/{said}"


def corrected() -> NluCorrection:
    with reading() as session:
        return session.scalars(select(NluCorrection)).one()


def teach(colleague: Colleague, line: str, intent: str, **facts: str) -> Response:
    response: Response = colleague.browser.post(line, data={"intent": intent, **facts})
    return response


def test_every_intent_of_the_domain_has_a_name() -> None:
    domain = (ROOT / "domain.yml").read_text("utf-8").partition("\nentities:")[0]
    assert set(re.findall(r"^  - (\w+):", domain, re.MULTILINE)) == set(INTENTS)


class TestOneMessage:
    def test_shows_what_it_was_taken_to_mean(self, line: str, reviewer: Colleague) -> None:
        shown = reviewer.browser.get(line).text
        assert "打招呼（30%）" in shown
        assert re.search(r'name="amount"[^>]*value="200.00"', shown)

    def test_hides_what_leads_to_somebody(self, line: str, reviewer: Colleague) -> None:
        shown = reviewer.browser.get(line).text
        assert ORDER_NO not in shown
        assert "订单号 ****8001" in shown

    def test_is_put_right_with_its_facts_and_keeps_what_is_hidden(self, line: str, reviewer: Colleague) -> None:
        response = teach(reviewer, line, "not_delivered", amount="150", platform="极速卡盟")
        assert response.status_code == 303
        made = corrected()
        assert (made.intent, made.staff_id, made.teacher) == ("not_delivered", reviewer.id, "staff")
        assert {fact["entity"]: fact["value"] for fact in made.facts or []} == {
            "amount": 15_000,
            "platform": "极速卡盟",
            "order_no": ORDER_NO,
        }
        assert "纠正为没到账" in reviewer.browser.get(response.headers["Location"]).text

    def test_can_be_put_right_again(self, line: str, reviewer: Colleague) -> None:
        teach(reviewer, line, "not_delivered", amount="150")
        assert re.search(r'name="amount"[^>]*value="150.00"', reviewer.browser.get(line).text)
        teach(reviewer, line, "merchant_gone")
        made = corrected()
        assert made.intent == "merchant_gone"
        assert [fact["entity"] for fact in made.facts or []] == ["order_no"]

    @pytest.mark.parametrize(
        ("intent", "amount"), [("", ""), ("drop_tables", ""), ("greet", "很多")], ids=["none", "strange", "a bad fact"]
    )
    def test_nonsense_teaches_nothing(self, line: str, reviewer: Colleague, intent: str, amount: str) -> None:
        assert teach(reviewer, line, intent, amount=amount).status_code == 400
        with reading() as session:
            assert session.scalars(select(NluCorrection)).all() == []

    def test_belongs_to_its_conversation(self, line: str, reviewer: Colleague) -> None:
        other = re.sub(r"\d+$", "4040404", line)
        assert reviewer.browser.get(other).status_code == 404
        assert teach(reviewer, other, "greet").status_code == 404

    def test_comes_with_others_like_it(self, line: str, chat: Chat, reviewer: Colleague) -> None:
        chat.say("充的话费没到")
        chat.say("充的话费还没到")
        teach(reviewer, line_of("充的话费没到"), "not_delivered")
        shown = reviewer.browser.get(line_of("充的话费还没到")).text
        assert line_of("充的话费没到") in shown
        assert "纠正为没到账" in shown


class TestTheList:
    def test_has_what_was_hardly_understood_until_somebody_judges_it(self, line: str, reviewer: Colleague) -> None:
        assert line in reviewer.browser.get("/staff/teaching").text
        teach(reviewer, line, "not_delivered")
        shown = reviewer.browser.get("/staff/teaching").text
        assert "没有拿不准的话" in shown
        assert "等导出" in shown

    def test_says_what_the_training_data_have_by_now(self, chat: Chat, reviewer: Colleague) -> None:
        known = re.search(
            r"^      - (.{6,20})$", (ROOT / "data/nlu/merchant_gone.yml").read_text("utf-8"), re.MULTILINE
        )
        assert known
        chat.say(known[1])
        teach(reviewer, line_of(known[1]), "merchant_gone")
        assert "已收进" in reviewer.browser.get("/staff/teaching").text

    def test_compares_then_and_now(self, line: str, reviewer: Colleague, learning: Learning) -> None:
        assert "没有可比的" in reviewer.browser.post("/staff/teaching").text
        teach(reviewer, line, "not_delivered")
        learning.knows[STORY] = "not_delivered"
        shown = reviewer.browser.post("/staff/teaching").text
        assert re.findall(r"\d+ / \d+", shown) == ["0 / 1", "1 / 1"]

    def test_hides_what_leads_to_somebody(self, line: str, reviewer: Colleague) -> None:
        teach(reviewer, line, "not_delivered")
        assert ORDER_NO not in reviewer.browser.get("/staff/teaching").text
