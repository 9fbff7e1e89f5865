"""Changing one's mind: asked back before it is done."""

from typing import Any

import pytest

from cases.case import repository
from cases.knowledge import knowledge
from cases.models import Stage

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


@pytest.fixture
def told(talk: Talk) -> Talk:
    """A case of something not delivered; evidence is asked for."""
    talk.tell_all()
    return talk


def numbers(talk: Talk) -> list[str]:
    return [case.number for case in repository.open_cases(talk.session, talk.person)]


class TestKind:
    def test_a_change_is_asked_back_first(self, told: Talk) -> None:
        told.say("merchant_gone", "商家联系不上了")
        assert (told.case.dispute_kind, told.asked) == ("not_delivered", "confirm.change_kind")
        assert told.questions == 1

    @pytest.mark.parametrize(
        ("intent", "text", "kind"),
        [
            pytest.param("affirm", "是的", "merchant_gone", id="yes"),
            pytest.param("deny", "不是", "not_delivered", id="no"),
            pytest.param("choose", "1", "merchant_gone", id="the first"),
            pytest.param("choose", "第二个", "not_delivered", id="the second"),
        ],
    )
    def test_and_then_done_or_left(self, told: Talk, intent: str, text: str, kind: str) -> None:
        told.say("merchant_gone", "商家联系不上了")
        told.say(intent, text)
        assert told.case.dispute_kind == kind
        assert told.asked.startswith("evidence.")

    def test_what_was_given_stays(self, told: Talk) -> None:
        asked = told.evidence_asked
        told.send()
        told.say("merchant_gone", "商家联系不上了")
        told.tap("confirm.yes")
        assert told.item(asked).state == "provided"
        assert told.case.amount == 20_000

    def test_a_guess_changes_nothing(self, told: Talk) -> None:
        told.say("merchant_gone", "他们那边", confidence=0.4)
        assert told.case.dispute_kind == "not_delivered"
        assert told.asked != "confirm.change_kind"

    def test_a_late_refund_joins_the_kind_without_a_question(self, told: Talk) -> None:
        told.say("refund_delayed", "说好退款也一直没退")
        assert (told.case.dispute_kind, told.case.track) == ("not_delivered", "refund_delayed")
        assert told.bubbles[0].text == knowledge().wording["track_set"]
        assert told.required[:4] == ("ev_order", "ev_payment", "ev_refund_state", "ev_chat")

    def test_facts_said_with_it_are_taken(self, told: Talk) -> None:
        told.say("merchant_gone", "小李数码联系不上了", merchant="小李数码")
        assert told.case.merchant == "小李数码"


class TestSecondCase:
    def test_is_asked_back_first(self, told: Talk) -> None:
        first = told.case.number
        told.say("new_case", "我还有另外一笔")
        assert (told.asked, numbers(told)) == ("confirm.new_case", [first])

    def test_and_then_opened_beside_the_first(self, told: Talk) -> None:
        first = told.case.number
        told.say("new_case", "我还有另外一笔，50块", amount=5_000)
        told.tap("confirm.yes")
        assert numbers(told) == [first, told.case.number]
        assert (told.case.amount, told.case.order_no) == (5_000, None)

    def test_is_noticed_by_another_order_number(self, told: Talk) -> None:
        told.say("not_as_described", "订单20260909999那笔也不对", order_no="20260909999")
        assert (told.case.order_no, told.asked) == ("20261118001", "confirm.new_case")
        told.tap("confirm.yes")
        assert (told.case.order_no, told.case.dispute_kind) == ("20260909999", "not_as_described")

    def test_not_wanted_leaves_the_first(self, told: Talk) -> None:
        first = told.case.number
        told.say("new_case", "我还有另外一笔")
        told.tap("confirm.no")
        assert numbers(told) == [told.case.number] == [first]

    def test_one_can_go_back_and_forth(self, told: Talk) -> None:
        first = told.case.number
        told.say("new_case", "我还有另外一笔")
        told.tap("confirm.yes")
        second = told.case.number
        told.say("ask_progress", "到哪一步了")
        assert f"case.{first}" in told.choices
        assert f"case.{second}" not in told.choices
        told.tap(f"case.{first}")
        assert told.case.number == first
        assert told.asked.startswith("evidence.")


class TestCancel:
    def test_is_asked_back_first(self, told: Talk) -> None:
        told.say("cancel", "算了")
        assert (told.case.stage, told.asked) == (Stage.EVIDENCE, "confirm.cancel")

    def test_and_then_done(self, told: Talk) -> None:
        told.say("cancel", "算了")
        told.tap("confirm.yes")
        assert (told.case.stage, told.case.outcome) == (Stage.CLOSED, "cancelled")
        assert numbers(told) == []

    def test_or_not(self, told: Talk) -> None:
        before = told.asked
        told.say("cancel", "算了")
        told.say("deny", "不是")
        assert (told.case.stage, told.asked) == (Stage.EVIDENCE, before)

    def test_without_a_case_there_is_nothing_to_cancel(self, talk: Talk) -> None:
        assert talk.say("cancel", "算了")
        assert talk.conversation.case is None


class TestHuman:
    def test_is_noted_and_the_case_goes_on(self, told: Talk) -> None:
        before = told.asked
        told.say("ask_human", "转人工")
        assert told.conversation.wants_human_at is not None
        assert told.asked == before

    def test_can_be_asked_for_before_any_case(self, talk: Talk) -> None:
        talk.say("ask_human", "转人工")
        assert talk.conversation.wants_human_at is not None

    def test_asked_for_twice_keeps_its_place(self, told: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
        told.say("ask_human", "转人工")
        since = told.conversation.wants_human_at
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T11:00:00")
        told.say("ask_human", "人工呢")
        assert told.conversation.wants_human_at == since
