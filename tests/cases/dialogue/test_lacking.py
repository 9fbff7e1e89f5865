"""What a rung needs is asked for when it comes up; what nobody knows holds up nothing, and can be filled in later."""

from typing import Any

import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any

COMPANY = "广州星跃网络科技有限公司"
ADDRESS = "广州市天河区体育西路101号"


@pytest.fixture
def before_12315(talk: Talk) -> Talk:
    """12315 comes up; it needs what nobody has told."""
    talk.wait_for("L4_payment")
    talk.tap("outcome.refused")
    return talk


class TestAsking:
    def test_says_what_for_and_what_all_is_lacking(self, before_12315: Talk) -> None:
        assert before_12315.asked == "fact.purpose"
        assert "「向12315投诉」还差：用途、对方名称、对方地址。" in before_12315.heard

    def test_one_at_a_time_and_then_the_rung(self, before_12315: Talk) -> None:
        asked = []
        while before_12315.asked.startswith("fact."):
            assert before_12315.questions == 1
            asked.append(before_12315.asked)
            fact = before_12315.asked.removeprefix("fact.")
            before_12315.say(
                "give_facts",
                "是这个",
                **{fact: {"purpose": "own", "operator": COMPANY, "operator_address": ADDRESS}[fact]},
            )
        assert asked == ["fact.purpose", "fact.operator", "fact.operator_address"]
        assert before_12315.asked == "step.L6_12315"
        assert COMPANY in before_12315.case.documents[-1].text

    def test_how_to_find_it_is_a_tap_away(self, before_12315: Talk) -> None:
        before_12315.say("give_facts", "自己用的")
        assert "how" in before_12315.choices
        assert "国家企业信用信息公示系统" in before_12315.tap("how")
        assert before_12315.asked == "fact.operator"

    def test_it_is_not_asked_before_it_is_needed(self, talk: Talk) -> None:
        talk.tell_all()
        assert not {"operator", "operator_address", "purpose"} & set(talk.case.unknown)
        assert talk.asked.startswith("evidence.")


class TestUnasked:
    """Who stands behind the shop is told when the person finds it out."""

    def test_a_company_said_to_be_one_is_the_respondent(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("give_facts", f"他们公司叫{COMPANY}", merchant=COMPANY)
        assert (talk.case.operator, talk.case.merchant, talk.asked) == (COMPANY, None, "step.L2_demand")

    def test_an_address_said_to_be_one_is_theirs(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("out_of_scope", f"地址是{ADDRESS}")
        assert (talk.case.operator_address, talk.asked) == (ADDRESS, "step.L2_demand")

    def test_a_shop_with_such_a_name_stays_the_shop(self, talk: Talk) -> None:
        talk.say("not_delivered", f"在{COMPANY}买的话费没到", merchant=COMPANY)
        assert (talk.case.operator, talk.case.merchant) == (None, COMPANY)


class TestAnswering:
    @pytest.fixture
    def asked_operator(self, before_12315: Talk) -> Talk:
        """It is asked who is complained of."""
        before_12315.say("give_facts", "自己用的")
        assert before_12315.case.purpose == "own"
        return before_12315

    def test_a_company_that_the_nlu_takes_for_the_shop_is_the_answer(self, asked_operator: Talk) -> None:
        asked_operator.say("give_facts", COMPANY, merchant=COMPANY)
        assert (asked_operator.case.operator, asked_operator.case.merchant) == (COMPANY, None)
        assert asked_operator.asked == "fact.operator_address"

    def test_name_and_address_in_one_message_are_both_taken(self, asked_operator: Talk) -> None:
        asked_operator.say("give_facts", f"{COMPANY}，{ADDRESS}", merchant=COMPANY)
        assert (asked_operator.case.operator, asked_operator.case.operator_address) == (COMPANY, ADDRESS)
        assert asked_operator.asked == "step.L6_12315"

    def test_a_company_is_known_by_its_form(self, asked_operator: Talk) -> None:
        asked_operator.say("nlu_fallback", f"公司叫{COMPANY}", confidence=0.2)
        assert asked_operator.case.operator == COMPANY

    def test_another_name_is_asked_back_without_the_words_around_it(self, asked_operator: Talk) -> None:
        asked_operator.say("nlu_fallback", "名字叫星跃网络", confidence=0.2)
        assert "星跃网络」" in asked_operator.heard
        asked_operator.say("affirm", "对")
        assert asked_operator.case.operator == "星跃网络"

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(ADDRESS, id="bare"),
            pytest.param(f"地址是{ADDRESS}", id="led to"),
            pytest.param("上海市浦东新区张江路88号3幢201室", id="with a room"),
        ],
    )
    def test_an_address_is_known_by_its_form(self, asked_operator: Talk, text: str) -> None:
        asked_operator.say("give_facts", COMPANY, operator=COMPANY)
        asked_operator.say("nlu_fallback", text, confidence=0.2)
        assert asked_operator.case.operator_address == text.removeprefix("地址是")

    @pytest.mark.parametrize("text", [pytest.param("查不到", id="查不到"), pytest.param("不知道啊", id="不知道")])
    def test_what_cannot_be_found_is_left_open(self, asked_operator: Talk, text: str) -> None:
        asked_operator.say("evidence_unavailable", text)
        assert asked_operator.case.unknown == ["operator"]

    def test_to_be_for_resale_closes_12315_and_says_why(self, before_12315: Talk) -> None:
        heard = before_12315.say("give_facts", "进货来卖的")
        assert before_12315.case.purpose == "resale"
        assert "不算生活消费" in heard
        assert before_12315.asked != "fact.operator"


class TestUnknown:
    @pytest.fixture
    def exhausted(self, before_12315: Talk) -> Talk:
        """Nobody knows who is complained of: neither 12315 nor the court can be gone to."""
        before_12315.say("give_facts", "自己用的")
        before_12315.tap("unknown")
        return before_12315

    def test_goes_on_and_at_the_end_says_what_is_lacking(self, exhausted: Talk) -> None:
        assert exhausted.asked == "human"
        assert "「向12315投诉」还差：对方名称、对方地址。" in exhausted.heard
        assert "「向法院起诉」还差：对方名称。" in exhausted.heard

    def test_a_human_and_the_other_ways_are_offered(self, exhausted: Talk) -> None:
        assert exhausted.choices == ["ask.operator", "ask.operator_address", "options", "human"]

    def test_it_can_be_filled_in_and_the_case_goes_on(self, exhausted: Talk) -> None:
        exhausted.tap("ask.operator")
        assert exhausted.asked == "fact.operator"
        exhausted.say("give_facts", f"{COMPANY}，{ADDRESS}", merchant=COMPANY)
        assert exhausted.asked == "step.L6_12315"

    def test_it_can_be_told_without_being_asked(self, exhausted: Talk) -> None:
        exhausted.say("give_facts", f"查到了，是{COMPANY}", operator=COMPANY)
        assert exhausted.asked == "fact.operator_address"

    def test_money_may_still_come(self, exhausted: Talk) -> None:
        exhausted.say("outcome_refunded", "钱突然到了")
        exhausted.say("affirm", "对")
        assert exhausted.case.outcome == "refunded"


class TestOptions:
    def test_lists_what_is_open_what_is_lacking_and_what_is_closed(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        heard = talk.tap("options")
        assert "请平台介入" in heard
        assert "「向12315投诉」还差：用途、对方名称、对方地址。" in heard
        assert "「登记未授权付款」走不了" not in heard or "这条只用于不是本人付的款" in heard
        assert talk.questions == 1

    def test_what_is_closed_says_why(self, talk: Talk) -> None:
        talk.tell_all(pay_method="personal")
        talk.do_without_evidence()
        talk.tap("step.done")
        talk.say("reseller", "我是做代理的，进货来卖的")
        assert "「找消协调解」走不了：进货、转卖不算生活消费。" in talk.tap("options")

    def test_one_can_be_taken_instead(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.tap("options")
        talk.tap("take.L3_platform")
        assert talk.asked == "step.L3_platform"
        assert talk.heard.count("下一步：请平台介入") == 1
        assert talk.case.documents[-1].kind == "platform"

    def test_the_one_that_was_left_comes_back(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.tap("options")
        talk.tap("take.L3_platform")
        talk.tap("step.done")
        assert talk.asked == "step.L2_demand"

    def test_one_that_lacks_something_asks_for_it_first(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.tap("options")
        talk.tap("take.L6_12315")
        assert talk.asked == "fact.purpose"
        assert "还差" in talk.heard

    def test_an_optional_one_is_done_when_it_is_taken(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.tap("options")
        talk.tap("take.L8_public")
        talk.tap("step.done")
        assert talk.step("L8_public").outcome == "done"
        assert talk.asked == "outcome.L2_demand"

    def test_nothing_has_to_change(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.tap("options")
        talk.tap("continue")
        assert talk.asked == "outcome.L2_demand"
        assert len(talk.case.steps) == 1
