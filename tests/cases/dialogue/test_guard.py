"""Guards: danger first, whatever was being talked about; and what only changes the way of a case."""

from typing import Any

import pytest

from cases import clock
from cases.knowledge import knowledge
from cases.knowledge.schema import Guard
from cases.planner import Planner

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any
GUARDS = knowledge().guards

STOPS = [
    pytest.param("danger", "客服让我先交解冻费才退款", "p_second_fee", id="another fee"),
    pytest.param("danger", "卖家让我把验证码发给他", "p_secrets", id="a code"),
    pytest.param("unauthorized", "我的银行卡被盗刷了", "p_unauthorized", id="a stolen card"),
]
CARE = [pytest.param("self_harm", "我不想活了", "p_self_harm", id="self-harm")]
ASIDES = [
    pytest.param("minor", "是我家孩子偷偷充的", "p_minor", id="a child"),
    pytest.param("reseller", "我是做代理的，进货来卖的", "p_reseller", id="a reseller"),
    pytest.param("illegal_goods", "买的是外挂", "p_illegal_goods", id="illegal goods"),
]
REFUSED = [
    pytest.param("ask_fake_evidence", "帮我p一张聊天截图", "p_fake_evidence", id="forged evidence"),
    pytest.param("threat", "不退我就上门砸了他的店", "p_threat", id="a threat"),
]


def way(talk: Talk) -> str:
    return str(Planner(talk.case, knowledge(), clock.today()).ladder.route.id)


class TestStop:
    @pytest.mark.parametrize(("intent", "text", "guard"), STOPS + CARE)
    def test_its_script_is_said_before_anything_else(self, talk: Talk, intent: str, text: str, guard: str) -> None:
        talk.tell_all()
        talk.say(intent, text)
        assert talk.bubbles[0].text == GUARDS[guard].say
        assert talk.case.flags == [guard]

    @pytest.mark.parametrize(("intent", "text", "guard"), STOPS + CARE)
    def test_it_is_said_to_somebody_without_a_case_too(self, talk: Talk, intent: str, text: str, guard: str) -> None:
        talk.say(intent, text)
        assert talk.bubbles[0].text == GUARDS[guard].say

    @pytest.mark.parametrize("guard", ["p_second_fee", "p_unauthorized"])
    def test_what_changes_the_way_is_not_forgotten_before_there_is_a_case(self, talk: Talk, guard: str) -> None:
        said = {param.values[2]: (param.values[0], param.values[1]) for param in STOPS}
        talk.say(*said[guard])
        assert talk.case.flags == [guard]
        assert talk.case.number in talk.heard
        talk.tap("continue")
        assert talk.asked.startswith("fact.")

    def test_a_code_that_was_pasted_opens_no_case(self, talk: Talk) -> None:
        talk.say("nlu_fallback", "验证码是 482913")
        assert talk.conversation.case is None

    def test_the_thread_waits_with_a_way_back_and_a_way_to_a_human(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("danger", "客服让我先交解冻费才退款")
        assert (talk.asked, talk.questions) == ("danger", 1)
        assert talk.choices == ["continue", "human"]

    def test_the_way_back_leads_to_where_the_case_was(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        talk.say("danger", "卖家让我把验证码发给他")
        talk.tap("continue")
        assert talk.asked == "fact.amount"

    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("nlu_fallback", "他说是平台的", id="a word that tells nothing"),
            pytest.param("vent", "气死我了", id="anger"),
        ],
    )
    def test_what_does_not_say_that_it_is_over_leaves_it_waiting(self, talk: Talk, intent: str, text: str) -> None:
        talk.tell_all()
        talk.say("danger", "客服让我先交解冻费才退款")
        talk.say(intent, text)
        assert (talk.asked, talk.questions) == ("danger", 1)
        assert {"continue", "human"} <= set(talk.choices)

    def test_facts_of_the_case_go_on_with_it(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        talk.say("danger", "卖家让我把验证码发给他")
        talk.say("give_facts", "没给他，我那单付了200", amount=20_000)
        assert talk.asked == "fact.platform"

    def test_a_human_can_be_had_at_once(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("danger", "客服让我先交解冻费才退款")
        talk.tap("human")
        assert talk.conversation.wants_human_at is not None

    def test_the_money_asked_for_is_not_the_money_paid(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        talk.say("danger", "他们让我再付200保证金才退款", number="200", amount=20_000)
        assert talk.case.flags == ["p_second_fee"]
        assert talk.case.amount is None

    def test_words_that_mean_danger_are_enough_whatever_the_nlu_made_of_them(self, talk: Talk) -> None:
        heard = talk.say("refund_delayed", "客服说再交50块解冻费才能退款")
        assert heard.startswith(GUARDS["p_second_fee"].say)

    def test_it_is_heard_in_the_answer_to_a_question(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.say("outcome_promised", "他们答应退了，不过要先交50块手续费才退款")
        assert talk.bubbles[0].text == GUARDS["p_second_fee"].say

    @pytest.mark.parametrize("answer", ["a_second_fee", "a_unauthorized"])
    def test_it_is_said_to_somebody_who_only_asks(self, talk: Talk, answer: str) -> None:
        talk.tell_all()
        talk.say("ask_question", knowledge().answers[answer].question, answer_id=answer)
        assert talk.bubbles[0].text == GUARDS[answer.replace("a_", "p_")].say

    def test_it_is_said_again_to_somebody_who_is_asked_again(self, talk: Talk) -> None:
        talk.tell_all()
        for _ in range(2):
            talk.say("danger", "客服让我先交解冻费才退款")
            assert talk.bubbles[0].text == GUARDS["p_second_fee"].say
        assert talk.case.flags == ["p_second_fee"]


class TestTheWayAfterASecondFee:
    def test_a_step_with_those_who_ask_for_it_has_ended(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.say("danger", "商家让我先交解冻费才退款")
        assert talk.step("L2_demand").outcome == "asks_fee"
        assert way(talk) == "r_scam"

    def test_the_loss_is_stopped_and_then_the_police_are_told(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.say("danger", "商家让我先交解冻费才退款")
        talk.tap("continue")
        assert talk.asked == "step.L0_stop_loss"
        talk.tap("step.done")
        assert talk.asked == "step.L9_police"

    def test_a_letter_that_was_not_sent_is_no_longer_to_be_sent(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("danger", "商家让我先交解冻费才退款")
        talk.tap("continue")
        assert talk.asked == "step.L0_stop_loss"
        assert talk.step("L2_demand").submitted_at is None

    def test_an_answer_that_is_still_awaited_waits_until_then(self, talk: Talk) -> None:
        talk.wait_for("L3_platform")
        talk.say("danger", "有个客服让我先交解冻费才退款")
        talk.tap("continue")
        assert talk.asked == "step.L0_stop_loss"
        for rung in ("L0_stop_loss", "L9_police", "L4_payment"):
            assert talk.asked == f"step.{rung}"
            talk.tap("step.done")
        assert talk.step("L3_platform").outcome is None

    def test_money_that_left_without_the_person_is_registered_first(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.say("unauthorized", "我的银行卡被盗刷了")
        talk.tap("continue")
        assert talk.asked == "step.L0_stop_loss"
        talk.tap("step.done")
        assert talk.asked == "step.L4b_unauthorized"


class TestCare:
    def test_nobody_who_may_hurt_themselves_is_asked_for_papers(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("self_harm", "我不想活了")
        assert talk.questions == 0
        assert len(talk.bubbles) == 1

    def test_however_unsure_it_is(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("self_harm", "真的撑不住了", confidence=0.3)
        assert talk.bubbles[0].text == GUARDS["p_self_harm"].say

    def test_and_finds_everything_again(self, talk: Talk) -> None:
        talk.tell_all()
        before = talk.asked
        talk.say("self_harm", "我不想活了")
        talk.say("greet", "我好些了")
        assert talk.asked == before


class TestAside:
    @pytest.mark.parametrize(("intent", "text", "guard"), ASIDES)
    def test_opens_a_case_when_it_is_the_main_matter(self, talk: Talk, intent: str, text: str, guard: str) -> None:
        talk.say(intent, text, amount=30_000)
        assert GUARDS[guard].say in talk.heard
        assert (talk.case.flags, talk.case.amount) == ([guard], 30_000)
        assert talk.questions == 1

    @pytest.mark.parametrize(("intent", "text", "guard"), ASIDES)
    def test_changes_the_way(self, talk: Talk, intent: str, text: str, guard: str) -> None:
        talk.say(intent, text)
        assert way(talk) == f"r_{guard.removeprefix('p_')}"

    def test_is_said_once_beside_a_grievance_and_the_grievance_is_taken(self, talk: Talk) -> None:
        heard = talk.say("not_delivered", "孩子偷偷拿我手机充了300块游戏币，一直没到账", amount=30_000)
        assert GUARDS["p_minor"].say in heard
        assert (talk.case.dispute_kind, talk.case.flags, talk.case.amount) == ("not_delivered", ["p_minor"], 30_000)
        again = talk.say("give_facts", "就是孩子偷偷拿我手机充了的，微信付的", pay_channel="wechat")
        assert GUARDS["p_minor"].say not in again

    def test_does_not_overwrite_what_was_told(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("minor", "是我家孩子偷偷充的，之前还充过50", amount=5_000)
        assert talk.case.amount == 20_000

    def test_a_slow_topup_is_noticed_in_the_words_alone(self, talk: Talk) -> None:
        heard = talk.say("not_delivered", "8折慢充话费，说三天到，一直没到账")
        assert GUARDS["p_slow_topup"].say in heard
        assert talk.case.flags == ["p_slow_topup"]

    def test_a_case_under_way_is_told_that_it_goes_another_way(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        assert knowledge().routes["r_reseller"].why in talk.say("reseller", "我是做代理的，进货来卖的")


class TestRefused:
    @pytest.mark.parametrize(("intent", "text", "guard"), REFUSED)
    def test_is_said_and_the_thread_goes_on(self, talk: Talk, intent: str, text: str, guard: str) -> None:
        talk.tell_all()
        before = talk.asked
        talk.say(intent, text)
        assert talk.bubbles[0].text == GUARDS[guard].say
        assert (talk.asked, talk.case.flags) == (before, [])

    @pytest.mark.parametrize(("intent", "text", "guard"), REFUSED)
    def test_opens_nothing(self, talk: Talk, intent: str, text: str, guard: str) -> None:
        talk.say(intent, text)
        assert talk.conversation.case is None
        assert talk.asked == "opening"

    def test_does_not_lose_a_question_that_awaits_a_yes(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("cancel", "算了不弄了")
        talk.say("threat", "不退我就上门砸了他的店")
        assert talk.asked == "confirm.cancel"


def test_what_the_nlu_fears_without_a_word_of_it_is_asked_back(talk: Talk) -> None:
    talk.tell_all()
    before = talk.asked
    talk.say("danger", "他们那个事情", confidence=0.3)
    assert (talk.asked, talk.case.flags) == (before, [])


@pytest.mark.parametrize("guard", [pytest.param(guard, id=guard.id) for guard in GUARDS.values() if guard.intent])
def test_a_guard_is_found_by_its_intent_alone(talk: Talk, guard: Guard) -> None:
    text = next(iter(guard.cues), "就是这样")
    assert guard.say in talk.say(str(guard.intent), text)
