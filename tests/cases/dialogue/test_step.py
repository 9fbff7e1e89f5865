"""Steps: proposed with what to do and what to send; only what the person says is done is done."""

from datetime import date, datetime
from typing import Any

import pytest

from cases.clock import SHANGHAI
from cases.knowledge import knowledge
from cases.models import Stage

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any
L2 = knowledge().rungs["L2_demand"]
L3 = knowledge().rungs["L3_platform"]


@pytest.fixture
def proposed(talk: Talk) -> Talk:
    """The first step is proposed."""
    talk.reach_first_step()
    return talk


@pytest.fixture
def submitted(proposed: Talk) -> Talk:
    """The first step is taken."""
    proposed.tap("step.done")
    return proposed


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("ask_why", "跳过这一步"),
        ("cancel", "这步我不想做"),
        ("merchant_gone", "不想找商家了，直接12315"),
        ("out_of_scope", "有没有别的办法"),
    ],
)
def test_a_step_can_be_passed_over_for_another(talk: Talk, intent: str, text: str) -> None:
    talk.reach_first_step()
    talk.say(intent, text)
    assert talk.asked == "options"
    assert "take.L3_platform" in talk.choices
    assert talk.step("L2_demand").outcome is None


class TestProposing:
    def test_shows_what_to_do_and_the_text_to_send(self, proposed: Talk) -> None:
        assert all(line in proposed.heard for line in L2.do)
        assert proposed.case.documents[0].text in proposed.heard
        assert proposed.case.number in proposed.heard

    def test_says_which_way_the_case_goes_and_why(self, proposed: Talk) -> None:
        assert knowledge().routes["r_small"].why in proposed.heard

    def test_is_not_doing(self, proposed: Talk) -> None:
        [step] = proposed.case.steps
        assert (step.submitted_at, step.due_at) == (None, None)

    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("affirm", "好的", id="yes"),
            pytest.param("thank", "谢谢", id="thanks"),
            pytest.param("ask_how", "怎么做", id="how"),
            pytest.param("deny", "还没", id="not yet"),
            pytest.param("vent", "气死我了", id="anger"),
            pytest.param("ask_question", "要是他们不理我怎么办", id="what if"),
            pytest.param("not_delivered", "到现在话费还是没到", id="the grievance again"),
            pytest.param("nlu_fallback", "嘟嘟嘟", id="nonsense"),
        ],
    )
    def test_nothing_but_doing_it_moves_it(self, proposed: Talk, intent: str, text: str) -> None:
        assert proposed.say(intent, text)
        assert proposed.case.steps[0].submitted_at is None
        assert proposed.asked == "step.L2_demand"

    def test_the_letter_is_not_shown_again_on_the_way(self, proposed: Talk) -> None:
        assert proposed.case.documents[0].text not in proposed.say("ask_how", "怎么做")

    def test_nothing_is_said_twice_in_one_answer(self, submitted: Talk) -> None:
        submitted.tap("outcome.refused")
        assert submitted.heard.count(L3.intro) == 1


class TestDoing:
    @pytest.mark.parametrize("how", [pytest.param("tapped", id="tapped"), pytest.param("said", id="said")])
    def test_starts_the_clock(self, proposed: Talk, how: str) -> None:
        heard = proposed.tap("step.done") if how == "tapped" else proposed.say("step_done", "已经发给商家了")
        [step] = proposed.case.steps
        assert step.due_at == datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
        assert "11月25日 10:00" in heard
        assert "惯例" in heard
        assert proposed.asked == "outcome.L2_demand"
        assert proposed.case.stage == Stage.WAITING

    def test_it_twice_does_not_start_it_again(self, submitted: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
        before = submitted.case.steps[0].due_at
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-24T10:00:00")
        submitted.say("step_done", "已经发了")
        assert submitted.case.steps[0].due_at == before

    def test_it_before_any_step_moves_nothing(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("step_done", "我已经找过他们了")
        assert talk.case.steps == []
        assert talk.asked.startswith("evidence.")

    def test_it_and_how_it_went_in_one_breath_are_both_taken(self, proposed: Talk) -> None:
        proposed.say("step_done", "发给商家了，只退了50", returned=5_000)
        step = proposed.step("L2_demand")
        assert (step.submitted_at is not None, step.outcome) == (True, "partial")
        assert proposed.case.recovered_amount == 5_000

    def test_something_with_oneself_is_not_said_to_have_been_sent_to_anybody(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.say("danger", "商家让我先交解冻费才退款")
        talk.tap("continue")
        assert "找过自己" not in talk.tap("step.done")

    def test_by_mistake_can_be_taken_back(self, submitted: Talk) -> None:
        submitted.say("nlu_fallback", "点错了，还没发")
        step = submitted.step("L2_demand")
        assert (step.submitted_at, step.due_at) == (None, None)
        assert submitted.asked == "step.L2_demand"

    @pytest.mark.parametrize("text", [pytest.param("他们还没发货", id="they"), pytest.param("没做错", id="not wrong")])
    def test_what_others_have_not_done_takes_nothing_back(self, submitted: Talk, text: str) -> None:
        submitted.say("vent", text)
        assert submitted.step("L2_demand").submitted_at is not None


class TestTheDayItWasDone:
    def test_may_be_an_earlier_one(self, proposed: Talk) -> None:
        proposed.say("step_done", "昨天就发给他了", days=(date(2026, 11, 21),))
        assert proposed.step("L2_demand").due_at == datetime(2026, 11, 24, 23, 59, 59, tzinfo=SHANGHAI)

    def test_may_be_told_afterwards(self, submitted: Talk) -> None:
        heard = submitted.say("correct", "其实是昨天发的", days=(date(2026, 11, 21),))
        assert submitted.step("L2_demand").due_at == datetime(2026, 11, 24, 23, 59, 59, tzinfo=SHANGHAI)
        assert "11月21日" in heard
        assert "11月24日" in heard

    def test_is_not_the_day_of_the_payment(self, submitted: Talk) -> None:
        submitted.say("give_facts", "是20号交的", paid_at=date(2026, 11, 20))
        assert submitted.case.paid_at == date(2026, 11, 18)
        assert submitted.step("L2_demand").due_at == datetime(2026, 11, 23, 23, 59, 59, tzinfo=SHANGHAI)

    def test_long_ago_leaves_nothing_to_wait_for(self, proposed: Talk) -> None:
        heard = proposed.say("step_done", "十号就发过了", days=(date(2026, 11, 10),))
        assert "我会来问你" not in heard
        assert "已经到期了" in heard
        assert proposed.asked == "outcome.L2_demand"

    def test_a_corrected_day_of_payment_is_no_step(self, proposed: Talk) -> None:
        proposed.say("correct", "不对，是16号付的", paid_at=date(2026, 11, 16))
        assert proposed.case.paid_at == date(2026, 11, 16)
        assert proposed.step("L2_demand").submitted_at is None


class TestReferenceNumbers:
    def test_said_with_doing_it_are_kept(self, talk: Talk) -> None:
        talk.climb_to("L3_platform")
        heard = talk.say("step_done", "投诉了，工单号3347021", reference="3347021")
        assert talk.step("L3_platform").reference_no == "3347021"
        assert "3347021" in heard

    @pytest.mark.parametrize(
        ("text", "reference"),
        [
            pytest.param("工单号3347021", "3347021", id="named"),
            pytest.param("3347021", None, id="bare"),
            pytest.param("编号是SH-2026-1122", None, id="with a word that an order has, too"),
        ],
    )
    def test_said_later_and_alone_are_kept(self, talk: Talk, text: str, reference: str | None) -> None:
        talk.wait_for("L3_platform")
        talk.say("give_facts", text, reference=reference)
        assert talk.step("L3_platform").reference_no in text
        assert talk.asked == "outcome.L3_platform"

    def test_that_look_like_an_order_are_no_second_purchase(self, talk: Talk) -> None:
        talk.wait_for("L3_platform")
        talk.say("give_facts", "SH2026112201", order_no="SH2026112201")
        assert talk.step("L3_platform").reference_no == "SH2026112201"
        assert (talk.asked, talk.case.order_no) == ("outcome.L3_platform", "20261118001")

    def test_mean_that_it_was_done(self, talk: Talk) -> None:
        talk.climb_to("L3_platform")
        talk.say("give_facts", "工单号3347021", reference="3347021")
        step = talk.step("L3_platform")
        assert (step.reference_no, step.submitted_at is not None) == ("3347021", True)

    def test_said_with_an_outcome_are_kept(self, talk: Talk) -> None:
        talk.wait_for("L6_12315")
        talk.say("nlu_fallback", "受理了，受理编号是20261122001", reference="20261122001")
        assert talk.step("L6_12315").reference_no == "20261122001"

    def test_said_before_any_step_are_not_lost(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账，打过12315了，投诉编号20261122001", reference="20261122001")
        assert talk.events("reference_told")[0]["number"] == "20261122001"
        assert "20261122001" in talk.heard

    def test_are_told_when_somebody_asks_how_far_it_is(self, talk: Talk) -> None:
        talk.wait_for("L3_platform")
        talk.say("give_facts", "工单号3347021", reference="3347021")
        assert "3347021" in talk.say("ask_progress", "到哪一步了")


class TestGoingAhead:
    """People do not wait to be led: they go to 12315 and to the police by themselves."""

    @pytest.mark.parametrize(
        ("text", "rung"),
        [
            pytest.param("12315我也投诉了", "L6_12315", id="12315"),
            pytest.param("刚去派出所报完案", "L9_police", id="the police"),
            pytest.param("消协也登记了", "L7_association", id="the association"),
        ],
    )
    def test_what_was_done_is_noted_and_the_open_step_stays_open(self, talk: Talk, text: str, rung: str) -> None:
        talk.wait_for_merchant()
        talk.say("step_done", text)
        assert talk.step(rung).submitted_at is not None
        assert talk.step("L2_demand").outcome is None

    def test_what_came_of_it_is_noted_too(self, talk: Talk) -> None:
        talk.wait_for("L3_platform")
        talk.say("nlu_fallback", "派出所给立案了，有回执")
        assert talk.step("L9_police").outcome == "filed"
        assert talk.step("L3_platform").outcome is None
        assert talk.asked == "outcome.L3_platform"

    def test_a_wish_is_no_step(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.say("outcome_refused", "被拒绝了，我要去12315投诉他们")
        assert [step.rung_id for step in talk.case.steps] == ["L2_demand", "L3_platform"]
        assert talk.step("L2_demand").outcome == "refused"

    def test_nobody_answering_there_is_no_outcome_of_the_open_step(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.say("outcome_no_reply", "打12315一直没人接")
        assert talk.step("L2_demand").outcome is None
        assert len(talk.case.steps) == 1

    def test_while_a_rung_is_still_being_prepared(self, talk: Talk) -> None:
        talk.wait_for("L4_payment")
        talk.tap("outcome.refused")
        assert talk.asked == "fact.purpose"
        talk.say("step_done", "已经投诉上去了")
        assert talk.step("L6_12315").submitted_at is not None
        assert talk.asked == "outcome.L6_12315"
