"""Two candidates close together: one short question, with buttons."""

from typing import Any

import pytest
from sqlalchemy import select

from cases.models import Message, NluCorrection

Talk = Any

TORN = {"not_delivered": 0.5, "not_as_described": 0.4, "out_of_scope": 0.1}
PERHAPS = {"out_of_scope": 0.55, "merchant_gone": 0.4, "not_delivered": 0.05}


class TestAskingBack:
    def test_two_candidates_are_offered_and_a_way_out(self, talk: Talk) -> None:
        heard = talk.say("not_delivered", "充完感觉不太对劲", confidence=0.5, labels=TORN)
        assert "没到账" in heard
        assert "到了但不对" in heard
        assert talk.choices == ["kind.not_delivered", "kind.not_as_described", "kind.none"]

    def test_one_candidate_beside_none_is_asked_for(self, talk: Talk) -> None:
        talk.say("out_of_scope", "这家最近怪怪的", confidence=0.5, labels=PERHAPS)
        assert talk.choices == ["kind.merchant_gone", "kind.none"]

    def test_no_case_is_opened_for_a_guess_without_facts(self, talk: Talk) -> None:
        talk.say("out_of_scope", "这家最近怪怪的", confidence=0.5, labels=PERHAPS)
        assert talk.conversation.case is None

    def test_the_facts_are_kept_while_the_kind_is_open(self, talk: Talk) -> None:
        talk.say("not_delivered", "两百块的点券不太对", confidence=0.5, labels=TORN, amount=20_000)
        assert (talk.case.amount, talk.case.dispute_kind) == (20_000, None)
        talk.tap("kind.not_as_described")
        assert (talk.case.amount, talk.case.dispute_kind) == (20_000, "not_as_described")

    def test_it_is_not_asked_twice_in_a_row(self, talk: Talk) -> None:
        talk.say("not_delivered", "充完感觉不太对劲", confidence=0.5, labels=TORN)
        talk.say("not_delivered", "反正就是不对", confidence=0.5, labels=TORN)
        assert talk.asked != "clarification"

    def test_none_of_these_leads_back_to_telling(self, talk: Talk) -> None:
        talk.say("not_delivered", "充完感觉不太对劲", confidence=0.5, labels=TORN)
        heard = talk.tap("kind.none")
        assert talk.asked == "opening"
        assert "换个方式" in heard

    def test_a_settled_kind_is_not_questioned_by_a_guess(self, talk: Talk) -> None:
        talk.say("merchant_gone", "商家跑了")
        talk.say("not_delivered", "充完感觉不太对劲", confidence=0.5, labels=TORN)
        assert talk.case.dispute_kind == "merchant_gone"
        assert talk.asked != "clarification"

    def test_a_clear_message_is_not_questioned(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账", labels={"not_delivered": 0.9, "not_as_described": 0.1})
        assert talk.case.dispute_kind == "not_delivered"


class TestWhatThePersonPicked:
    @pytest.fixture
    def asked_back(self, talk: Talk) -> Message:
        """What they said, and were asked back about."""
        said: Message = talk.hear("充完感觉不太对劲", "not_delivered")
        talk.say("not_delivered", "充完感觉不太对劲", confidence=0.5, labels=TORN)
        talk.keep_answer()
        return said

    def test_is_kept_to_learn_from(self, talk: Talk, asked_back: Message) -> None:
        talk.tap("kind.not_as_described")
        correction = talk.session.scalars(select(NluCorrection)).one()
        assert (correction.message_id, correction.intent) == (asked_back.id, "not_as_described")
        assert correction.teacher == "person"

    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            pytest.param("2", "give_facts", id="a number"),
            pytest.param("第二个", "choose", id="a place"),
            pytest.param("到了但不对", "not_as_described", id="a title"),
        ],
    )
    def test_may_be_typed(self, talk: Talk, asked_back: Message, text: str, intent: str) -> None:
        talk.hear(text, intent)
        talk.say(intent, text)
        correction = talk.session.scalars(select(NluCorrection)).one()
        assert (correction.message_id, correction.intent) == (asked_back.id, "not_as_described")

    def test_is_nothing_when_it_is_none_of_these(self, talk: Talk, asked_back: Message) -> None:
        talk.tap("kind.none")
        assert talk.session.scalars(select(NluCorrection)).all() == []


class TestTwoGrievances:
    def test_the_second_one_is_remembered_and_said(self, talk: Talk) -> None:
        heard = talk.say("not_delivered", "会员没到，客服也把我拉黑了", also=("merchant_gone",))
        assert (talk.case.dispute_kind, talk.case.also) == ("not_delivered", ["merchant_gone"])
        assert "商家联系不上" in heard

    def test_a_refund_that_does_not_come_is_a_track(self, talk: Talk) -> None:
        talk.say("not_as_described", "少了一半，退款也一直没到", also=("refund_delayed",))
        assert (talk.case.track, talk.case.also) == ("refund_delayed", [])

    def test_it_is_said_once(self, talk: Talk) -> None:
        talk.say("not_delivered", "会员没到，客服也把我拉黑了", also=("merchant_gone",))
        assert "你还提到" not in talk.say("not_delivered", "还是没到，还是拉黑", also=("merchant_gone",))


class TestAQuestionBesideAGrievance:
    def test_both_are_served(self, talk: Talk) -> None:
        heard = talk.say("not_delivered", "会员没到账，12315多久给结果啊", answer_id="a_12315_time")
        assert talk.case.dispute_kind == "not_delivered"
        assert "7个工作日" in heard

    def test_an_account_that_asks_nothing_gets_no_lecture(self, talk: Talk) -> None:
        heard = talk.say("not_delivered", "会员没到账，我打了12315也没结果", answer_id="a_12315_time")
        assert "7个工作日" not in heard


class TestACorrectionBesideEvidence:
    def test_both_are_taken(self, talk: Talk) -> None:
        talk.tell_all()
        heard = talk.say("evidence_later", "截图晚点发，金额我说错了，是150", amount=15_000)
        assert talk.case.amount == 15_000
        assert "改好了" in heard
        assert "放一放" in heard

    def test_another_sum_said_on_the_way_changes_nothing(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("evidence_later", "截图晚点发，那天还花了150", amount=15_000)
        assert talk.case.amount == 20_000
