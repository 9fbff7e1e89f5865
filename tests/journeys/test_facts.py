"""Facts in any order, at any time, and corrected."""

from typing import Any


def test_facts_come_one_by_one_in_any_order(talk: Any) -> None:
    talk.say("充的点卡没到账")
    talk.say("订单号2026110512345")
    talk.say("极速卡盟买的")
    talk.say("用支付宝付的")
    talk.say("11月5号")
    talk.say("128块5")
    case = talk.case
    assert (case.order_no, case.platform, case.pay_channel) == ("2026110512345", "极速卡盟", "alipay")
    assert (str(case.paid_at), case.amount) == ("2026-11-05", "128.50")
    assert talk.asked_about() == "fact.pay_method"


def test_a_bare_answer_means_what_was_asked(talk: Any) -> None:
    talk.say("话费没到账")
    assert talk.asked_about() == "fact.amount"
    talk.say("两百")
    talk.say("极速卡盟")
    talk.say("昨天")
    assert (talk.case.amount, talk.case.platform, str(talk.case.paid_at)) == (
        "200.00",
        "极速卡盟",
        "2026-11-21",
    )


def test_an_amount_is_corrected_by_value(talk: Any) -> None:
    talk.say("我在极速卡盟充了200块话费没到账")
    talk.say("不对，是300块，不是200")
    assert talk.case.amount == "300.00"


def test_a_fact_is_corrected_by_name_and_then_by_value(talk: Any) -> None:
    talk.say("我在极速卡盟充了200块话费没到账")
    talk.say("平台写错了")
    assert talk.asked_about() == "fact.platform"
    talk.say("是星辰卡盟")
    assert (talk.case.platform, talk.case.amount) == ("星辰卡盟", "200.00")


def test_a_fact_is_corrected_twice_and_late(talk: Any) -> None:
    talk.say("我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账")
    talk.tap("下单付给商户")
    assert talk.case.stage == "evidence"
    talk.say("刚才说错了，金额是250块")
    talk.say("又记错了，金额是260元")
    assert talk.case.amount == "260.00"
    assert talk.case.stage == "evidence"


def test_what_the_person_does_not_know_is_not_asked_again(talk: Any) -> None:
    talk.say("话费没到账")
    asked = []
    while talk.case.stage == "intake" and len(asked) < 20:
        asked.append(talk.asked_about())
        talk.say("不知道")
    assert len(asked) == len(set(asked))
    assert talk.case.amount is None


def test_an_unknown_fact_is_taken_when_it_comes_back_to_mind(talk: Any) -> None:
    talk.say("话费没到账")
    talk.say("不记得了")
    talk.say("想起来了，付了88元")
    assert talk.case.amount == "88.00"


def test_a_name_nobody_knows_is_asked_back(talk: Any) -> None:
    talk.say("话费没到账，付了50块")
    assert talk.asked_about() == "fact.platform"
    talk.say("阿斯顿发斯蒂芬")
    assert talk.asked_about() == "confirm.name"
    talk.say("不对")
    assert talk.case.platform is None
    talk.say("飞鸟卡盟")
    assert talk.case.platform == "飞鸟卡盟"


def test_less_than_was_paid_for_is_a_mismatch_whatever_the_words(talk: Any) -> None:
    talk.say("付了100元，到账50元")
    assert talk.case.dispute_kind == "not_as_described"


def test_one_answer_may_settle_two_questions(talk: Any) -> None:
    talk.say("话费没到账，极速卡盟，100块，昨天付的")
    assert talk.asked_about() == "fact.pay_channel"
    talk.say("转的微信红包")
    assert (talk.case.pay_channel, talk.case.pay_method) == ("wechat", "personal")


def test_a_day_of_last_year_is_shown_with_its_year(talk: Any) -> None:
    talk.say("话费没到账，极速卡盟，100块")
    assert "2025年12月1日" in talk.say("12月1号")
