"""Steps: only what the person says is done is done, and its deadline runs from then."""

from datetime import datetime
from typing import Any

import pytest

from cases.clock import SHANGHAI
from cases.knowledge import knowledge
from cases.models import Stage

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


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


class TestProposing:
    def test_shows_what_to_do_and_the_text_to_send(self, proposed: Talk) -> None:
        rung = knowledge().rungs["L2_demand"]
        assert all(line in proposed.heard for line in rung.do)
        assert proposed.case.documents[0].text in proposed.heard
        assert proposed.case.number in proposed.heard

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
        ],
    )
    def test_nothing_but_doing_it_moves_it(self, proposed: Talk, intent: str, text: str) -> None:
        assert proposed.say(intent, text)
        assert proposed.case.steps[0].submitted_at is None
        assert proposed.asked == "step.L2_demand"

    def test_the_letter_is_not_shown_again_on_the_way(self, proposed: Talk) -> None:
        assert proposed.case.documents[0].text not in proposed.say("ask_how", "怎么做")


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


class TestOutcomes:
    @pytest.mark.parametrize(
        "outcome",
        [
            pytest.param("refused", id="refused"),
            pytest.param("no_reply", id="no reply"),
            pytest.param("partial", id="a part"),
        ],
    )
    def test_an_unfinished_business_goes_on_to_the_next_step(self, submitted: Talk, outcome: str) -> None:
        submitted.tap(f"outcome.{outcome}")
        assert submitted.case.steps[0].outcome == outcome
        assert submitted.asked == "step.L3_platform"

    def test_a_promise_is_not_money(self, submitted: Talk) -> None:
        submitted.say("outcome_promised", "他们答应退了")
        assert submitted.case.steps[0].outcome is None
        assert submitted.asked == "outcome.L2_demand"

    def test_an_outcome_says_that_the_step_was_taken(self, proposed: Talk) -> None:
        proposed.say("outcome_refused", "商家拒绝了")
        assert proposed.case.steps[0].submitted_at is not None
        assert proposed.case.steps[0].outcome == "refused"

    def test_money_back_is_asked_back_before_the_case_is_closed(self, submitted: Talk) -> None:
        submitted.tap("outcome.refunded")
        assert submitted.case.stage != Stage.CLOSED
        assert submitted.asked == "confirm.close_refunded"
        submitted.say("affirm", "是的")
        assert (submitted.case.stage, submitted.case.outcome) == (Stage.CLOSED, "refunded")

    def test_money_not_all_back_leaves_it_open(self, submitted: Talk) -> None:
        submitted.tap("outcome.refunded")
        submitted.tap("confirm.no")
        assert submitted.case.stage == Stage.WAITING
        assert submitted.asked == "outcome.L2_demand"

    def test_refusals_lead_to_the_end_of_the_way(self, submitted: Talk) -> None:
        route = knowledge().kinds["not_delivered"].route
        for _ in route:
            submitted.say("outcome_refused", "被拒绝了")
        assert [step.rung_id for step in submitted.case.steps] == list(route)
        assert submitted.choices == ["human"]

    def test_what_the_merchant_said_before_any_step_is_kept(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("outcome_refused", "商家说不退")
        assert (talk.case.steps, talk.case.track) == ([], "refund_delayed")

    def test_a_refusal_can_be_how_it_begins(self, talk: Talk) -> None:
        talk.say("outcome_refused", "申请退款被拒绝了", amount=20_000)
        assert (talk.case.track, talk.case.amount) == ("refund_delayed", 20_000)


def test_after_a_closed_case_a_new_story_is_a_new_case(submitted: Talk) -> None:
    first = submitted.case.number
    submitted.tap("outcome.refunded")
    submitted.tap("confirm.yes")
    submitted.say("merchant_gone", "另一家商家跑路了", amount=5_000)
    assert submitted.case.number != first
    assert submitted.case.amount == 5_000


def test_no_answer_without_any_step_is_asked_back_as_a_seller_who_is_gone(talk: Talk) -> None:
    talk.say("outcome_no_reply", "三天没人理我")
    assert talk.choices == ["kind.merchant_gone", "kind.none"]
