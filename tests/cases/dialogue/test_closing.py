"""A case closes with its outcome and what came back, and can be taken up again."""

from datetime import date
from typing import Any

import pytest

from cases.models import Stage
from cases.reminders import repository as reminders

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


@pytest.fixture
def waiting(talk: Talk) -> Talk:
    """The merchant has been written to."""
    talk.wait_for_merchant()
    return talk


@pytest.fixture
def refunded(waiting: Talk) -> Talk:
    """The case is closed: all came back."""
    waiting.tap("outcome.refunded")
    waiting.tap("confirm.yes")
    return waiting


@pytest.fixture
def cancelled(waiting: Talk) -> Talk:
    """The case is closed: the person gave up."""
    waiting.say("cancel", "算了不弄了")
    waiting.tap("confirm.yes")
    return waiting


class TestSentAgain:
    """补发: what was bought comes a second time, and only the person can say whether it works."""

    @pytest.fixture
    def replaced(self, waiting: Talk) -> Talk:
        waiting.say("nlu_fallback", "他们给我补发了一张")
        return waiting

    def test_is_tried_before_the_case_is_closed(self, replaced: Talk) -> None:
        assert (replaced.asked, replaced.case.stage) == ("confirm.close_replaced", Stage.WAITING)

    def test_closes_the_case_if_it_works(self, replaced: Talk) -> None:
        replaced.tap("confirm.yes")
        assert (replaced.case.stage, replaced.case.outcome) == (Stage.CLOSED, "replaced")
        assert replaced.case.recovered_amount is None

    @pytest.mark.parametrize("text", ["能用了", "现在能用", "解决了"])
    def test_works_in_the_words_of_the_button_too(self, replaced: Talk, text: str) -> None:
        replaced.say("out_of_scope", text)
        assert replaced.case.outcome == "replaced"

    @pytest.mark.parametrize("text", ["不能用", "还不能用"])
    def test_does_not_work_where_the_words_are_denied(self, replaced: Talk, text: str) -> None:
        replaced.say("not_as_described", text)
        assert replaced.case.outcome is None

    def test_leads_on_if_it_does_not(self, replaced: Talk) -> None:
        replaced.tap("confirm.no")
        assert replaced.asked == "step.L3_platform"

    def test_is_what_solved_means_days_later(self, replaced: Talk) -> None:
        replaced.say("ask_progress", "到哪了")
        replaced.say("not_delivered", "还没试呢")
        replaced.say("outcome_refunded", "解决了")
        assert replaced.asked == "confirm.close_replaced"

    def test_is_forgotten_once_money_came(self, replaced: Talk) -> None:
        replaced.tap("confirm.no")
        replaced.say("outcome_refunded", "平台把200退给我了", returned=20_000)
        assert replaced.asked == "confirm.close_refunded"


class TestArrivedAfterAll:
    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("outcome_refunded", "刚刚到了，能充进去了", id="as the NLU hears it"),
            pytest.param("out_of_scope", "到账了", id="the plain word"),
            pytest.param("nlu_fallback", "终于收到了", id="at last"),
            pytest.param("not_delivered", "话费刚刚到账了", id="what was not delivered"),
        ],
    )
    def test_is_tried_before_the_case_is_closed(self, talk: Talk, intent: str, text: str) -> None:
        talk.tell_all()
        talk.say(intent, text)
        assert talk.asked == "confirm.close_replaced"
        talk.tap("confirm.yes")
        assert (talk.case.outcome, talk.case.recovered_amount) == ("replaced", None)

    def test_or_money_after_all(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("out_of_scope", "到账了")
        talk.say("refund_delayed", "退款到了")
        assert talk.asked == "confirm.close_refunded"
        talk.say("out_of_scope", "到账了")
        assert (talk.case.outcome, talk.case.recovered_amount) == ("refunded", 20_000)

    def test_who_only_comes_back_has_received_nothing(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("outcome_refunded", "我回来了")
        assert talk.asked != "confirm.close_replaced"

    def test_is_seen_in_no_time_however_long_the_text(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("nlu_fallback", "刚" * 4_000)
        assert talk.bubbles

    def test_money_is_money_where_it_is_said(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("outcome_refunded", "退款刚刚到账了")
        assert talk.asked == "confirm.close_refunded"

    def test_what_comes_while_a_refund_is_awaited_is_money(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("refund_delayed", "说好退款也一直没退")
        talk.say("outcome_refunded", "到账了")
        assert talk.asked == "confirm.close_refunded"


class TestMoneyBack:
    def test_is_asked_back_before_the_case_is_closed(self, waiting: Talk) -> None:
        waiting.say("outcome_refunded", "钱到了")
        assert waiting.case.stage != Stage.CLOSED
        assert waiting.asked == "confirm.close_refunded"

    def test_then_the_case_is_closed_with_what_came_back(self, refunded: Talk) -> None:
        assert (refunded.case.stage, refunded.case.outcome) == (Stage.CLOSED, "refunded")
        assert (refunded.case.recovered_amount, refunded.step("L2_demand").outcome) == (20_000, "refunded")
        assert refunded.questions == 0

    def test_nothing_is_reminded_of_any_more(self, refunded: Talk) -> None:
        assert reminders.pending_of_case(refunded.session, refunded.case) == []

    def test_not_all_back_leaves_it_open(self, waiting: Talk) -> None:
        waiting.tap("outcome.refunded")
        waiting.tap("confirm.no")
        assert waiting.case.stage == Stage.WAITING
        assert waiting.asked == "outcome.L2_demand"

    def test_a_part_after_all_is_taken_instead(self, waiting: Talk) -> None:
        waiting.tap("outcome.refunded")
        waiting.say("outcome_partial", "哦不对，只退了100", returned=10_000)
        assert (waiting.case.recovered_amount, waiting.case.stage) == (10_000, Stage.STEP)

    @pytest.mark.parametrize("rung", [pytest.param(rung, id=rung) for rung in ("L3_platform", "L6_12315")])
    def test_may_come_while_any_step_is_open(self, talk: Talk, rung: str) -> None:
        talk.wait_for(rung)
        talk.say("outcome_refunded", "钱到账了")
        talk.say("affirm", "是的")
        assert (talk.step(rung).outcome, talk.case.outcome) == ("refunded", "refunded")

    def test_may_come_before_the_step_was_taken(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("outcome_refunded", "刚刚钱到了")
        talk.say("affirm", "是的")
        assert talk.case.outcome == "refunded"
        assert talk.step("L2_demand").submitted_at is None

    @pytest.mark.parametrize(
        ("intent", "text", "answer_id"),
        [
            pytest.param("ask_question", "虚拟商品不退合法吗", "a_virtual_no_refund", id="a question"),
            pytest.param("greet", "在吗", None, id="a greeting"),
            pytest.param("ask_human", "转人工", None, id="a human"),
            pytest.param("stop_reminders", "别提醒我了", None, id="no more reminders"),
            pytest.param("choose", "99", None, id="nothing on offer"),
        ],
    )
    def test_the_question_outlives_a_digression(
        self, waiting: Talk, intent: str, text: str, answer_id: str | None
    ) -> None:
        waiting.tap("outcome.refunded")
        waiting.say(intent, text, answer_id=answer_id)
        assert waiting.asked == "confirm.close_refunded"
        waiting.say("affirm", "是的")
        assert waiting.case.outcome == "refunded"


class TestComingBackAfterTheMoney:
    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("refund_delayed", "等等，退款其实没到", id="it did not come"),
            pytest.param("outcome_partial", "不对，只退了一半", id="only a part"),
            pytest.param("not_delivered", "还是没到账", id="the grievance"),
        ],
    )
    def test_it_is_asked_whether_it_is_the_same_case(self, refunded: Talk, intent: str, text: str) -> None:
        number = refunded.case.number
        refunded.say(intent, text)
        assert refunded.asked == "confirm.reopen"
        assert number in refunded.heard

    def test_which_is_then_taken_up_where_it_was(self, refunded: Talk) -> None:
        number = refunded.case.number
        refunded.say("refund_delayed", "等等，退款没到齐")
        refunded.tap("confirm.yes")
        assert (refunded.case.number, refunded.case.outcome, refunded.case.closed_at) == (number, None, None)
        assert (refunded.case.platform, refunded.case.recovered_amount) == ("极速卡盟", None)
        assert refunded.asked == "fact.recovered_amount"
        refunded.say("give_facts", "100", number="100")
        assert (refunded.case.recovered_amount, refunded.asked) == (10_000, "step.L3_platform")

    def test_with_the_sum_that_was_told(self, refunded: Talk) -> None:
        refunded.say("outcome_partial", "不对，只退了100", returned=10_000)
        refunded.tap("confirm.yes")
        assert (refunded.case.recovered_amount, refunded.asked) == (10_000, "step.L3_platform")

    def test_or_a_new_one_is_opened_with_what_was_told(self, refunded: Talk) -> None:
        number = refunded.case.number
        refunded.say("not_delivered", "还是没到账", product="话费")
        refunded.tap("confirm.no")
        assert refunded.case.number != number
        assert (refunded.case.dispute_kind, refunded.case.product) == ("not_delivered", "话费")

    @pytest.mark.parametrize(
        ("text", "facts"),
        [
            pytest.param("另一家商家跑路了", {}, id="another"),
            pytest.param("商家跑路了，50块", {"amount": 5_000}, id="other facts"),
        ],
    )
    def test_a_new_story_is_a_new_case(self, refunded: Talk, text: str, facts: dict[str, Any]) -> None:
        number = refunded.case.number
        refunded.say("merchant_gone", text, **facts)
        assert refunded.case.number != number
        assert refunded.case.dispute_kind == "merchant_gone"

    def test_who_goes_on_telling_means_the_same_case(self, refunded: Talk) -> None:
        number = refunded.case.number
        refunded.say("refund_delayed", "退款其实没到", merchant="小李数码")
        refunded.say("give_facts", "就是极速卡盟那笔，18号的", platform="极速卡盟")
        assert (refunded.case.number, refunded.case.stage) == (number, Stage.STEP)
        assert (refunded.case.merchant, refunded.asked) == ("小李数码", "fact.recovered_amount")

    def test_who_goes_on_telling_something_else_means_another(self, refunded: Talk) -> None:
        number = refunded.case.number
        refunded.say("not_delivered", "还是没到账")
        refunded.say("give_facts", "买的50块点卡", amount=5_000, product="点卡")
        assert refunded.case.number != number
        assert (refunded.case.dispute_kind, refunded.case.amount) == ("not_delivered", 5_000)

    def test_money_told_again_opens_nothing(self, refunded: Talk) -> None:
        heard = refunded.say("outcome_refunded", "钱到了")
        assert refunded.case.number in heard
        assert refunded.case.stage == Stage.CLOSED

    def test_somebody_who_asks_how_far_it_is_is_told_how_it_ended(self, refunded: Talk) -> None:
        heard = refunded.say("ask_progress", "到哪一步了")
        assert refunded.case.number in heard
        assert "还没有案子" not in heard


class TestComingBackAfterGivingUp:
    def test_the_case_can_be_taken_up_with_a_tap(self, cancelled: Talk) -> None:
        number = cancelled.case.number
        cancelled.say("greet", "我又来了")
        cancelled.tap(f"case.{number}")
        assert (cancelled.case.number, cancelled.case.stage) == (number, Stage.WAITING)
        assert cancelled.asked == "outcome.L2_demand"

    def test_or_by_telling_it_again(self, cancelled: Talk) -> None:
        number = cancelled.case.number
        cancelled.say("not_delivered", "极速卡盟的话费还是没到", platform="极速卡盟")
        cancelled.say("affirm", "是的")
        assert (cancelled.case.number, cancelled.asked) == (number, "outcome.L2_demand")

    def test_facts_told_on_coming_back_are_taken(self, cancelled: Talk) -> None:
        cancelled.say("refund_delayed", "退款还是没到，11月10号申请的", refund_requested_at=date(2026, 11, 10))
        cancelled.tap("confirm.yes")
        assert (cancelled.case.refund_requested_at, cancelled.case.track) == (date(2026, 11, 10), "refund_delayed")
