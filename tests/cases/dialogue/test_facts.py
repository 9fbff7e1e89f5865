"""What happened: taken in any order, asked for one at a time, corrected by value or by name."""

from datetime import date
from typing import Any

import pytest

from cases.knowledge import knowledge
from cases.models import Stage

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any
INTAKE = [fact.id for fact in knowledge().facts.values() if fact.intake and not fact.kinds and not fact.tracks]


@pytest.mark.parametrize("intent", ["unauthorized", "danger", "merchant_gone", "ask_why"])
@pytest.mark.parametrize("text", ["不知道", "我真的不清楚", "忘了。", "没有"])
def test_not_to_know_is_not_to_know_whatever_it_is_taken_for(talk: Talk, intent: str, text: str) -> None:
    talk.say("not_delivered", "没到账")
    talk.say(intent, text)
    assert (talk.case.unknown, talk.case.flags) == (["amount"], [])


class TestOpening:
    @pytest.mark.parametrize("kind", [pytest.param(kind, id=kind) for kind in knowledge().kinds])
    def test_telling_what_happened_opens_a_case_of_that_kind(self, talk: Talk, kind: str) -> None:
        heard = talk.say(kind, "出了这样的事")
        assert talk.case.dispute_kind == kind
        assert talk.case.number in heard

    def test_a_late_refund_opens_a_case_on_that_track_and_asks_for_the_kind(self, talk: Talk) -> None:
        talk.say("refund_delayed", "说好的退款一直不到")
        assert (talk.case.dispute_kind, talk.case.track) == (None, "refund_delayed")
        assert talk.asked == "fact.dispute_kind"
        assert "kind.refund_delayed" not in talk.choices

    def test_the_subkind_is_what_the_nlu_recognised(self, talk: Talk) -> None:
        talk.say("not_delivered", "兑换时提示卡密已被使用", subkind="ci_used")
        assert talk.case.subkind == "ci_used"

    def test_facts_alone_open_a_case_and_the_kind_is_asked(self, talk: Talk) -> None:
        talk.say("give_facts", "200块", amount=20_000)
        assert (talk.case.amount, talk.asked) == (20_000, "fact.dispute_kind")

    def test_a_tapped_kind_opens_a_case(self, talk: Talk) -> None:
        talk.say("greet", "你好")
        talk.tap("kind.merchant_gone")
        assert talk.case.dispute_kind == "merchant_gone"

    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("greet", "你好", id="a greeting"),
            pytest.param("nlu_fallback", "啊啊啊", id="nonsense"),
            pytest.param("ask_progress", "到哪一步了", id="a question about a case"),
            pytest.param("evidence_unavailable", "没有", id="没有"),
            pytest.param("step_done", "已经发了", id="a step done"),
            pytest.param("affirm", "是的", id="a yes"),
        ],
    )
    def test_without_anything_to_go_on_nothing_is_opened_and_it_is_asked_what_happened(
        self, talk: Talk, intent: str, text: str
    ) -> None:
        assert talk.say(intent, text)
        assert talk.conversation.case is None
        assert talk.asked == "opening"


class TestAsking:
    def test_what_is_missing_is_asked_one_at_a_time_in_order(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        asked = []
        while (talk.asked or "").startswith("fact."):
            assert talk.questions == 1
            asked.append(talk.asked)
            talk.tap("unknown")
        assert asked == [f"fact.{name}" for name in INTAKE if name != "dispute_kind"]

    def test_several_facts_in_one_sentence_are_all_taken(self, talk: Talk) -> None:
        talk.tell_all()
        assert (talk.case.amount, talk.case.platform, talk.case.order_no) == (
            20_000,
            "极速卡盟",
            "20261118001",
        )
        assert talk.asked.startswith("evidence.")

    def test_what_is_told_before_it_is_asked_is_not_asked(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账", platform="极速卡盟")
        talk.say("give_facts", "200", number="200")
        assert talk.case.amount == 20_000
        assert talk.asked == "fact.paid_at"

    def test_what_was_delivered_is_asked_only_where_it_matters(self, talk: Talk) -> None:
        talk.tell_all("not_as_described")
        assert talk.asked == "fact.delivered_amount"
        talk.say("give_facts", "到了150块", amount=15_000)
        assert (talk.case.amount, talk.case.delivered_amount) == (20_000, 15_000)

    @pytest.mark.parametrize(
        ("fact", "number", "value"),
        [
            pytest.param("amount", "200", 20_000, id="a bare amount"),
            pytest.param("amount", "19.90", 1_990, id="with cents"),
            pytest.param("order_no", "20261118001", "20261118001", id="a bare order number"),
        ],
    )
    def test_a_bare_number_means_what_was_asked(self, talk: Talk, fact: str, number: str, value: object) -> None:
        talk.tell_all()
        setattr(talk.case, fact, None)
        talk.say("ask_why", "为什么要这个")
        assert talk.asked == f"fact.{fact}"
        talk.say("nlu_fallback", number, number=number)
        assert getattr(talk.case, fact) == value

    @pytest.mark.parametrize(
        "number", [pytest.param("0", id="nothing"), pytest.param("99999999999", id="more than anybody has")]
    )
    def test_an_impossible_amount_is_not_taken(self, talk: Talk, number: str) -> None:
        talk.say("not_delivered", "没到账")
        talk.say("give_facts", number, number=number)
        assert (talk.case.amount, talk.asked) == (None, "fact.amount")

    def test_the_stage_follows_what_is_asked(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        assert talk.case.stage == Stage.INTAKE
        talk.tell_all()
        assert talk.case.stage == Stage.EVIDENCE
        talk.do_without_evidence()
        assert talk.case.stage == Stage.STEP


class TestADay:
    """The NLU takes a bare day for that of the payment; what was asked knows better."""

    @pytest.fixture
    def asked_request(self, talk: Talk) -> Talk:
        """It is asked since when the refund is due."""
        talk.tell_all("refund_delayed")
        talk.tap("kind.not_delivered")
        assert talk.asked == "fact.refund_requested_at"
        return talk

    @pytest.mark.parametrize(
        ("text", "understood"),
        [
            pytest.param("11月20日", {"paid_at": date(2026, 11, 20), "days": (date(2026, 11, 20),)}, id="bare"),
            pytest.param("11月20号申请的", {"days": (date(2026, 11, 20),)}, id="in a sentence"),
        ],
    )
    def test_answers_what_was_asked(self, asked_request: Talk, text: str, understood: dict[str, Any]) -> None:
        asked_request.say("give_facts", text, **understood)
        assert asked_request.case.refund_requested_at == date(2026, 11, 20)
        assert asked_request.case.paid_at == date(2026, 11, 18)

    def test_that_is_still_to_come_is_no_answer(self, asked_request: Talk) -> None:
        asked_request.say("give_facts", "说是下周五", days=(date(2026, 11, 27),))
        assert asked_request.case.refund_requested_at is None

    def test_of_paying_is_taken_where_that_was_asked(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账", amount=20_000, platform="极速卡盟")
        talk.say("give_facts", "20号", days=(date(2026, 11, 20),))
        assert talk.case.paid_at == date(2026, 11, 20)


class TestUnknown:
    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("evidence_unavailable", "没有", id="没有"),
            pytest.param("choose", "不清楚", id="不清楚"),
        ],
    )
    def test_what_the_person_does_not_know_is_left_open_for_good(self, talk: Talk, intent: str, text: str) -> None:
        talk.say("not_delivered", "没到账")
        talk.say(intent, text)
        assert talk.case.unknown == ["amount"]
        assert talk.asked == "fact.platform"

    def test_an_unknown_kind_does_not_hold_up_the_rest(self, talk: Talk) -> None:
        talk.say("give_facts", "200块", amount=20_000)
        talk.tap("unknown")
        assert talk.case.unknown == ["dispute_kind"]
        assert talk.asked == "fact.platform"

    def test_what_comes_to_mind_later_is_taken(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        talk.tap("unknown")
        talk.say("give_facts", "想起来了，是200块", amount=20_000)
        assert (talk.case.amount, talk.case.unknown) == (20_000, [])


class TestAnAngryPerson:
    def test_who_answers_another_question_is_heard_and_asked_again(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        heard = talk.say("give_facts", "微信付的！", pay_channel="wechat")
        assert (talk.case.pay_channel, talk.asked) == ("wechat", "fact.amount")
        assert "微信" in heard

    def test_who_makes_another_grievance_under_way_is_not_ignored(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.say("not_as_described", "而且之前到的那张也是少的")
        assert talk.case.also == ["not_as_described"]
        assert "和说好的不一样" in talk.heard

    def test_who_says_the_same_fact_again_is_told_that_it_is_known(self, talk: Talk) -> None:
        talk.tell_all()
        assert "已经记着" in talk.say("give_facts", "200块！200块！", amount=20_000)

    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("correct", "不对", id="wrong"),
            pytest.param("nlu_fallback", "12315受理了", id="what an authority did"),
            pytest.param("nlu_fallback", "派出所给立案了", id="what the police did"),
        ],
    )
    def test_whose_words_are_no_name_is_not_asked_whether_they_are(self, talk: Talk, intent: str, text: str) -> None:
        talk.say("not_delivered", "没到账", amount=20_000)
        talk.say(intent, text)
        assert talk.asked == "fact.platform"
        assert "没看懂" not in talk.heard


class TestNames:
    def test_a_name_nobody_knows_is_asked_back(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账", amount=20_000)
        heard = talk.say("nlu_fallback", "飞毛腿小铺", confidence=0.2)
        assert talk.asked == "confirm.name"
        assert "飞毛腿小铺" in heard
        assert talk.case.platform is None

    def test_and_taken_when_it_is_right(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账", amount=20_000)
        talk.say("nlu_fallback", "飞毛腿小铺", confidence=0.2)
        talk.say("affirm", "对")
        assert (talk.case.platform, talk.asked) == ("飞毛腿小铺", "fact.paid_at")

    def test_and_asked_for_again_when_it_is_not(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账", amount=20_000)
        talk.say("nlu_fallback", "飞毛腿小铺", confidence=0.2)
        talk.tap("confirm.no")
        assert (talk.case.platform, talk.asked) == (None, "fact.platform")


class TestCorrections:
    def test_by_value(self, talk: Talk) -> None:
        talk.tell_all()
        before = talk.asked
        talk.say("correct", "不是200，是180", amount=18_000)
        assert (talk.case.amount, talk.asked) == (18_000, before)

    def test_twice_and_late(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("correct", "是17号付的", paid_at=date(2026, 11, 17))
        talk.say("correct", "不对，是16号", paid_at=date(2026, 11, 16))
        assert talk.case.paid_at == date(2026, 11, 16)

    @pytest.mark.parametrize("general", ["卡密", "代充", "会员"])
    def test_a_general_word_for_it_does_not_replace_what_was_bought(self, talk: Talk, general: str) -> None:
        talk.tell_all()
        talk.say("not_delivered", f"{general}根本用不了", product=general)
        assert talk.case.product == "话费"

    def test_a_question_corrects_nothing(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("out_of_scope", "支付宝怎么投诉", confidence=0.5, pay_channel="alipay")
        assert talk.case.pay_channel == "wechat"

    def test_unless_that_is_the_correction(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("correct", "不是话费，是卡密", product="卡密")
        assert talk.case.product == "卡密"

    def test_of_the_order_number_is_no_second_case(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("correct", "订单号错了，是20261118002", order_no="20261118002")
        assert talk.case.order_no == "20261118002"

    def test_by_name_asks_for_that_fact_alone(self, talk: Talk) -> None:
        talk.tell_all()
        before = talk.asked
        talk.say("correct", "金额记错了")
        assert talk.asked == "fact.amount"
        talk.say("give_facts", "180", number="180")
        assert (talk.case.amount, talk.asked) == (18_000, before)

    def test_of_nothing_in_particular_shows_what_is_known(self, talk: Talk) -> None:
        talk.tell_all()
        heard = talk.say("correct", "不对")
        assert "200 元" in heard
        assert "极速卡盟" in heard

    def test_a_new_letter_tells_the_corrected_facts(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("correct", "是180", amount=18_000)
        talk.say("step_done", "已经发了")
        talk.say("outcome_refused", "拒绝退款")
        assert "180.00元" in talk.case.documents[-1].text


class TestMisses:
    def test_the_first_miss_explains_the_question(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        talk.say("nlu_fallback", "啦啦啦啦")
        assert talk.asked == "fact.amount"
        assert knowledge().facts["amount"].explain in talk.heard
        assert "human" not in talk.choices

    def test_the_third_time_there_is_a_way_to_a_human(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        for _ in range(3):
            talk.say("nlu_fallback", "啦啦啦啦")
        assert talk.asked == "fact.amount"
        assert "human" in talk.choices
        talk.tap("human")
        assert talk.conversation.wants_human_at is not None

    def test_an_answer_ends_the_count(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        for _ in range(2):
            talk.say("nlu_fallback", "啦啦啦啦")
        talk.say("give_facts", "200块", amount=20_000)
        assert talk.conversation.misses == 0
        assert "human" not in talk.choices


class TestAnswersThatSayWhatTheyMean:
    @pytest.mark.parametrize("text", ["商家", "给商家的", "是店铺吧", "扫的商家码", "在店里买的，付给商家了"])
    def test_one_of_the_choices_in_other_words(self, talk: Talk, text: str) -> None:
        talk.tell_all(pay_method=None)
        talk.say("nlu_fallback", text)
        assert talk.case.pay_method == "order"

    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("not_delivered", "商家说已经到账了", id="what the merchant says"),
            pytest.param("merchant_gone", "店铺没了", id="what became of the shop"),
            pytest.param("ask_capabilities", "你能帮我联系商家吗", id="a question"),
            pytest.param("ask_how", "付给商家的在哪看", id="a question that holds it"),
        ],
    )
    def test_a_word_of_a_choice_in_something_else_is_none(self, talk: Talk, intent: str, text: str) -> None:
        talk.tell_all(pay_method=None)
        talk.say(intent, text)
        assert talk.case.pay_method is None

    def test_a_missing_picture_is_no_missing_fact(self, talk: Talk) -> None:
        talk.say("not_delivered", "话费没到", amount=20_000)
        heard = talk.say("evidence_unavailable", "我没有截图")
        assert (talk.case.unknown, talk.asked) == ([], "fact.platform")
        assert knowledge().wording["pictures_later"] in heard

    def test_a_place_of_buying_is_the_platform_whatever_the_nlu_made_of_it(self, talk: Talk) -> None:
        talk.say("not_delivered", "话费没到", amount=20_000)
        talk.say("not_delivered", "在缴费通小程序交的")
        assert talk.case.platform == "缴费通小程序"

    def test_what_is_not_there_is_what_was_named_and_the_question_stands(self, talk: Talk) -> None:
        talk.say("not_delivered", "话费没到", amount=20_000)
        talk.say("evidence_unavailable", "没有订单号")
        assert (talk.case.unknown, talk.asked) == (["order_no"], "fact.platform")

    @pytest.mark.parametrize("text", ["订单号我哪记得", "单号谁还记得啊", "订单号早忘了"])
    def test_who_would_remember_that_is_told_that_it_does_not_matter(self, talk: Talk, text: str) -> None:
        talk.say("not_delivered", "话费没到", amount=20_000)
        talk.say("out_of_scope", text, confidence=0.3)
        assert (talk.case.unknown, talk.asked) == (["order_no"], "fact.platform")

    def test_a_seller_who_deleted_me_is_no_missing_date(self, talk: Talk) -> None:
        talk.say("not_as_described", "会员掉了", amount=20_000, platform="星月卡盟")
        talk.say("merchant_gone", "找老板他把我删了")
        assert (talk.case.unknown, talk.asked) == ([], "confirm.change_kind")


def test_who_says_more_than_not_to_know_does_not_know_either(talk: Talk) -> None:
    talk.say("not_delivered", "没到账", amount=20_000)
    talk.say("ask_question", "我不知道什么平台，就网上搜的", answer_id="a_defendant")
    assert (talk.case.unknown, talk.case.platform) == (["platform"], None)
