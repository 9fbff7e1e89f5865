"""Outcomes: told by button or in the person's own words, each leads where the ladder says."""

from datetime import date, datetime
from typing import Any

import pytest

from cases.clock import SHANGHAI
from cases.knowledge import knowledge
from cases.knowledge.procedure import Turning
from cases.steps import service as steps

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any
KNOW = knowledge()
RUNGS = KNOW.rungs

EVERY = [
    pytest.param(rung.id, outcome, turning, id=f"{rung.id}-{outcome}")
    for rung in RUNGS.values()
    for outcome, turning in rung.outcomes.items()
]


def waiting_at(talk: Talk, rung: str, *, period: str | None = None) -> None:
    """The case waits for this rung, however it came there; its facts are known."""
    talk.reach_first_step()
    steps.finish(talk.session, talk.case, talk.case.steps[-1], "refused")
    for name, value in {"purpose": "own", "operator": "星跃公司", "operator_address": "广州市天河区"}.items():
        setattr(talk.case, name, value)
    step = steps.propose(talk.session, talk.case, RUNGS[rung])
    steps.submit(talk.session, talk.case, step, KNOW)
    step.outcome = None
    if period == "second":
        runs = next(turning.runs for turning in RUNGS[rung].outcomes.values() if turning.runs)
        steps.run(step, runs, step.submitted_at, KNOW)
    talk.session.flush()
    talk.say("greet", "我回来了")


class TestEveryOutcomeOfEveryRung:
    @pytest.mark.parametrize(("rung", "outcome", "turning"), EVERY)
    def test_is_answered_and_leads_on(self, talk: Talk, rung: str, outcome: str, turning: Turning) -> None:
        waiting_at(talk, rung, period=turning.period)
        step = talk.step(rung)
        talk.tap(f"outcome.{outcome}")
        if outcome == "refunded":
            assert talk.asked == "confirm.close_refunded"
            return
        assert KNOW.outcomes[outcome].say in talk.heard
        assert talk.questions == 1
        if turning.runs:
            assert (step.outcome, step.deadline_id) == (None, turning.runs)
        else:
            assert step.outcome == outcome

    @pytest.mark.parametrize(("rung", "outcome", "turning"), EVERY)
    def test_is_offered_only_when_it_can_happen(self, talk: Talk, rung: str, outcome: str, turning: Turning) -> None:
        waiting_at(talk, rung, period=turning.period)
        assert f"outcome.{outcome}" in talk.choices
        other = {"first": "second", "second": "first"}.get(turning.period or "")
        assert other is None or not any(
            f"outcome.{id_}" in talk.choices for id_, it in RUNGS[rung].outcomes.items() if it.period == other
        )


SAID = [
    ("L2_demand", "merchant_gone", "商家把我拉黑了", "gone"),
    ("L2_demand", "nlu_fallback", "他们给我补发了一张", "redelivered"),
    ("L2_demand", "outcome_refused", "商家说不退", "refused"),
    ("L2_demand", "outcome_no_reply", "三天没人理", "no_reply"),
    ("L2_demand", "refund_delayed", "还是没退", "no_reply"),
    ("L2_demand", "outcome_partial", "只退了一半", "partial"),
    ("L3_platform", "outcome_refused", "平台驳回了", "refused"),
    ("L3_platform", "nlu_fallback", "平台不肯提供商家的信息", "no_identity"),
    ("L3_platform", "nlu_fallback", "页面上写着自营", "self_operated"),
    ("L3_platform", "not_delivered", "还是没到账", "no_reply"),
    ("L4_payment", "outcome_refused", "说个人转账不支持投诉", "personal_transfer"),
    ("L4_payment", "outcome_refused", "商家在投诉里拒绝了", "refused"),
    ("L6_12315", "outcome_refused", "不予受理，说材料不全", "not_accepted_materials"),
    ("L6_12315", "outcome_refused", "他们说不归他们管", "not_accepted_authority"),
    ("L6_12315", "outcome_refused", "说我不是消费者", "not_accepted_not_consumer"),
    ("L6_12315", "outcome_refused", "说之前已经处理过了", "not_accepted_handled"),
    ("L6_12315", "nlu_fallback", "商家不同意调解", "mediation_failed"),
    ("L6_12315", "outcome_promised", "调解成功了，签了调解书", "mediated"),
    ("L7_association", "outcome_refused", "商家不接受", "mediation_failed"),
    ("L7_association", "outcome_promised", "商家答应退", "mediated"),
    ("L9_police", "nlu_fallback", "给了我受案回执", "filed"),
    ("L9_police", "outcome_refused", "民警说是民事纠纷", "civil_dispute"),
    ("L9_police", "outcome_refused", "被拒绝了", "not_filed"),
    ("L10_court", "outcome_refused", "法院不予立案", "not_docketed"),
    ("L10_court", "nlu_fallback", "官司赢了", "won"),
    ("L10_court", "outcome_promised", "对方愿意和解", "settled"),
    ("CLOSE_WATCH", "outcome_no_reply", "没有动静", "not_arrived"),
    ("CLOSE_WATCH", "refund_delayed", "说好的日子过了还没到", "not_arrived"),
]


class TestInTheirOwnWords:
    @pytest.mark.parametrize(
        ("rung", "intent", "text", "outcome"), [pytest.param(*row, id=f"{row[0]}-{row[2]}") for row in SAID]
    )
    def test_an_outcome_is_what_the_words_mean_at_this_rung(
        self, talk: Talk, rung: str, intent: str, text: str, outcome: str
    ) -> None:
        waiting_at(talk, rung)
        step = talk.step(rung)
        talk.say(intent, text)
        assert step.outcome == outcome

    @pytest.mark.parametrize(
        ("rung", "intent", "text"),
        [
            pytest.param("L2_demand", "outcome_refused", "要是他们拒绝呢", id="if"),
            pytest.param("L6_12315", "ask_question", "受理了之后多久有结果", id="a question about later"),
            pytest.param("L6_12315", "ask_question", "12315会不会不受理", id="whether"),
            pytest.param("L10_court", "ask_question", "法院会不会不立案", id="whether the court"),
            pytest.param("L2_demand", "vent", "气死我了", id="anger"),
            pytest.param("L2_demand", "greet", "在吗", id="a greeting"),
        ],
    )
    def test_what_is_supposed_or_asked_moves_nothing(self, talk: Talk, rung: str, intent: str, text: str) -> None:
        waiting_at(talk, rung)
        talk.say(intent, text)
        assert talk.step(rung).outcome is None
        assert talk.asked == f"outcome.{rung}"

    def test_what_the_rung_has_by_several_names_is_asked_back(self, talk: Talk) -> None:
        waiting_at(talk, "L6_12315")
        talk.say("outcome_refused", "12315拒绝了")
        assert talk.step("L6_12315").outcome is None
        assert talk.asked == "outcome.L6_12315"
        assert "outcome.not_accepted_materials" in talk.choices

    def test_silence_while_a_court_works_is_no_outcome(self, talk: Talk) -> None:
        waiting_at(talk, "L10_court", period="second")
        talk.say("outcome_no_reply", "法院一直没消息")
        assert talk.step("L10_court").outcome is None

    def test_a_question_beside_it_is_answered_too(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        heard = talk.say("outcome_refused", "商家拒绝了，12315多久给结果啊", answer_id="a_12315_time")
        assert talk.step("L2_demand").outcome == "refused"
        assert any(answer.short in heard for answer in KNOW.answers.values() if answer.id == "a_12315_time")


class TestNothingYet:
    def test_is_no_outcome_while_there_is_time(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        heard = talk.say("evidence_unavailable", "还没有")
        assert talk.step("L2_demand").outcome is None
        assert "11月25日 10:00" in heard
        assert talk.asked == "outcome.L2_demand"

    @pytest.mark.parametrize("intent", [pytest.param("deny", id="no"), pytest.param("evidence_unavailable", id="没有")])
    def test_is_one_when_the_time_is_up(self, talk: Talk, monkeypatch: pytest.MonkeyPatch, intent: str) -> None:
        talk.wait_for_merchant()
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-26T10:00:00")
        talk.say(intent, "没有")
        assert talk.step("L2_demand").outcome == "no_reply"
        assert talk.asked == "step.L3_platform"


class TestWhatIsWantedGoesFirst:
    @pytest.mark.parametrize(
        ("intent", "text", "asked"),
        [
            pytest.param("cancel", "算了，网站都打不开，不弄了", "confirm.cancel", id="giving up"),
            pytest.param("new_case", "我还有另外一笔，也被拉黑了", "confirm.new_case", id="another purchase"),
        ],
    )
    def test_before_what_is_told_with_it(self, talk: Talk, intent: str, text: str, asked: str) -> None:
        talk.wait_for_merchant()
        talk.say(intent, text)
        assert talk.asked == asked
        assert talk.step("L2_demand").outcome is None


class TestOfAnotherStep:
    @pytest.fixture
    def two_open(self, talk: Talk) -> Talk:
        """The merchant and the platform have both been written to."""
        talk.wait_for_merchant()
        talk.tap("options")
        talk.tap("take.L3_platform")
        talk.tap("step.done")
        assert talk.asked == "outcome.L2_demand"
        return talk

    def test_the_one_that_is_named_is_meant(self, two_open: Talk) -> None:
        two_open.say("outcome_refused", "平台驳回了")
        assert two_open.step("L3_platform").outcome == "refused"
        assert two_open.step("L2_demand").outcome is None

    def test_where_nobody_is_named_it_is_the_one_asked_about(self, two_open: Talk) -> None:
        two_open.say("outcome_refused", "拒绝了")
        assert two_open.step("L2_demand").outcome == "refused"

    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("outcome_refused", "商家就是不退", id="named"),
            pytest.param("outcome_refused", "就是拒绝", id="the same once more"),
        ],
    )
    def test_a_refusal_said_again_does_not_skip_the_next_step(self, talk: Talk, intent: str, text: str) -> None:
        talk.wait_for_merchant()
        talk.tap("outcome.refused")
        talk.say(intent, text)
        assert talk.step("L3_platform").submitted_at is None
        assert talk.asked == "step.L3_platform"

    def test_a_merchant_who_vanishes_while_the_platform_is_asked_changes_the_way(self, talk: Talk) -> None:
        talk.wait_for("L3_platform")
        heard = talk.say("merchant_gone", "商家跑路了，店都关了")
        assert talk.case.also == ["merchant_gone"]
        assert talk.step("L3_platform").outcome is None
        assert KNOW.routes["r_gone"].why in heard


class TestAnOutcomeOfAStepNotYetTaken:
    def test_says_that_it_was_taken(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("outcome_refused", "商家拒绝了")
        step = talk.step("L2_demand")
        assert (step.submitted_at is not None, step.outcome) == (True, "refused")

    def test_does_not_if_nobody_was_there_to_be_written_to(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("merchant_gone", "商家联系不上了，把我删了")
        step = talk.step("L2_demand")
        assert (step.submitted_at, step.outcome) == (None, "gone")
        assert talk.case.also == ["merchant_gone"]
        assert talk.asked == "step.L4_payment"


class TestAskedForAFee:
    def test_leads_to_stopping_the_loss_and_to_the_police(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        heard = talk.tap("outcome.asks_fee")
        assert talk.case.flags == ["p_second_fee"]
        assert KNOW.guards["p_second_fee"].say in heard
        assert talk.asked == "step.L0_stop_loss"
        talk.tap("step.done")
        assert talk.asked == "step.L9_police"


class TestGone:
    def test_changes_the_way_and_says_why(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        heard = talk.tap("outcome.gone")
        assert talk.case.also == ["merchant_gone"]
        assert KNOW.routes["r_gone"].why in heard
        assert talk.asked == "step.L4_payment"


class Test12315:
    @pytest.fixture
    def complained(self, talk: Talk) -> Talk:
        """A complaint lies with 12315."""
        talk.wait_for("L6_12315")
        return talk

    def test_seven_working_days_run_first(self, complained: Talk) -> None:
        step = complained.step("L6_12315")
        assert (step.deadline_id, step.due_at) == (
            "d_12315_accept",
            datetime(2026, 12, 1, 23, 59, 59, tzinfo=SHANGHAI),
        )

    def test_acceptance_starts_sixty_days_in_the_same_step(self, complained: Talk) -> None:
        heard = complained.tap("outcome.accepted")
        step = complained.step("L6_12315")
        assert (step.attempt, step.outcome, step.deadline_id) == (1, None, "d_12315_mediation")
        assert step.due_at == datetime(2027, 1, 21, 23, 59, 59, tzinfo=SHANGHAI)
        assert "1月21日（法定，暂定）" in heard
        assert complained.asked == "outcome.L6_12315"

    def test_from_the_day_on_which_it_was_accepted(self, complained: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-27T10:00:00")
        complained.say("nlu_fallback", "昨天受理了", days=(date(2026, 11, 26),))
        assert complained.step("L6_12315").due_at == datetime(2027, 1, 25, 23, 59, 59, tzinfo=SHANGHAI)

    def test_acceptance_told_twice_does_not_start_it_again(self, complained: Talk) -> None:
        complained.tap("outcome.accepted")
        before = complained.step("L6_12315").due_at
        assert "1月21日" in complained.say("nlu_fallback", "受理了")
        assert complained.step("L6_12315").due_at == before

    def test_lack_of_material_asks_for_the_respondent_again_and_goes_there_again(self, complained: Talk) -> None:
        complained.tap("outcome.not_accepted_materials")
        assert (complained.case.operator, complained.asked) == (None, "fact.operator")
        complained.say("give_facts", "广州新名网络有限公司", merchant="广州新名网络有限公司")
        complained.say("give_facts", "广州市越秀区中山五路1号")
        assert complained.asked == "step.L6_12315"
        assert [step.attempt for step in complained.case.steps if step.rung_id == "L6_12315"] == [1, 2]
        assert "广州新名网络有限公司" in complained.case.documents[-1].text

    def test_a_wrong_authority_asks_for_the_address_alone(self, complained: Talk) -> None:
        complained.tap("outcome.not_accepted_authority")
        assert complained.case.operator is not None
        assert complained.asked == "fact.operator_address"

    def test_after_three_times_it_goes_on(self, complained: Talk) -> None:
        for _ in range(2):
            complained.tap("outcome.not_accepted_materials")
            complained.wait_for("L6_12315")
        complained.tap("outcome.not_accepted_materials")
        complained.say("give_facts", "广州新名网络有限公司", operator="广州新名网络有限公司")
        assert complained.asked == "step.L10_court"

    def test_a_merchant_who_promises_meanwhile_does_not_end_the_complaint(self, complained: Talk) -> None:
        complained.say("outcome_promised", "商家打电话说答应退了")
        assert complained.step("L6_12315").outcome is None
        assert complained.step("CLOSE_WATCH").submitted_at is not None


class TestBeforeAnyStep:
    def test_what_the_merchant_said_is_kept(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("outcome_refused", "商家说不退")
        assert (talk.case.steps, talk.case.track) == ([], "refund_delayed")

    def test_a_refusal_can_be_how_it_begins(self, talk: Talk) -> None:
        talk.say("outcome_refused", "申请退款被拒绝了", amount=20_000)
        assert (talk.case.track, talk.case.amount) == ("refund_delayed", 20_000)
        assert "200 元" in talk.heard

    def test_no_answer_without_any_step_is_asked_back_as_a_seller_who_is_gone(self, talk: Talk) -> None:
        talk.say("outcome_no_reply", "三天没人理我")
        assert talk.choices == ["kind.merchant_gone", "kind.none"]

    def test_money_that_came_while_papers_are_collected_is_asked_back(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("outcome_refunded", "钱到了")
        assert talk.asked == "confirm.close_refunded"
