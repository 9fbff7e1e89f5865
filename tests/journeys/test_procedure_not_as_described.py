"""Four ways in which somebody who got less than was promised gets the rest, over simulated weeks, by chat alone."""

from typing import Any


def test_the_merchant_pays_what_was_missing_on_the_day_it_promised(talk: Any, ends_well: Any) -> None:
    talk.say("我在星河卡盟充了100元话费，支付宝付的，结果只到账50元")
    talk.say("昨天下单付给商户的")
    talk.say("订单号SK20261121007")
    talk.has_nothing()
    assert "退还差价50.00元" in talk.letter("demand")
    talk.say("发给商家了")
    talk.wait_until("2026-11-24 10:00")
    talk.say("商家说下周一退给我")
    assert talk.step("CLOSE_WATCH").promised_for.isoformat() == "2026-11-30"
    talk.wait_until("2026-12-01 10:00")
    talk.say("差的50块退给我了")
    talk.tap("全部到账了")
    ends_well(talk, "50.00", reminded=["12-01 08:00 promised CLOSE_WATCH"])


def test_the_platform_pays_a_half_and_then_the_rest(talk: Any, ends_well: Any) -> None:
    talk.say("买的视频会员年卡，说好一年结果只有三个月")
    talk.say("118块，在青柠卡盟买的，11月10号微信付的")
    talk.tap("下单付给商户")
    talk.say("订单号 QN20261110118")
    talk.tap("不清楚")
    talk.has_nothing()
    assert "（待补充：差价金额）" in talk.letter("demand")
    talk.wait_until("2026-11-24 20:00")
    talk.say("已经发给商家了")
    assert talk.due("L2_demand") == "2026-11-27 20:00 practice"
    talk.wait_until("2026-11-28 10:00")
    talk.say("商家不理我")
    assert talk.case.also == [], "silence is not yet a merchant who has gone"
    talk.say("已经在平台投诉了，工单号 QN-5521")
    assert (talk.step("L3_platform").reference_no, talk.due("L3_platform")) == ("QN-5521", "2026-12-08 practice")

    talk.wait_until("2026-12-05 10:00")
    talk.say("平台给我退了一半")
    assert talk.asked_about() == "fact.recovered_amount"
    talk.say("59")
    assert (talk.case.recovered_amount, talk.case.next.id) == ("59.00", "L4_payment")
    talk.say("到手的只值30")
    assert "退还差价29.00元（已退59.00元，尚欠29.00元）" in talk.letter("payment")
    talk.wait_until("2026-12-06 10:00")
    talk.say("平台把剩下的29块也退给我了")
    talk.tap("全部到账了")
    ends_well(talk, "88.00", reminded=["11-24 12:00 untaken L2_demand", "11-27 21:00 due L2_demand"])


def test_12315_mediates_a_refund_that_was_long_overdue(talk: Any, ends_well: Any) -> None:
    talk.say("申请退款都半个月了还一直显示处理中，钱到现在没退回来")
    talk.tap("到了但不对")
    talk.say("300块，在青柠卡盟买的游戏点券，11月2号用微信下单付的")
    talk.say("订单号 QN20261102300")
    talk.say("不清楚")
    talk.say("11月6号申请的")
    talk.has_nothing()
    assert (talk.case.track, talk.case.dispute_kind) == ("refund_delayed", "not_as_described")
    assert "应退的300.00元" in talk.letter("demand")
    talk.say("发给商家了")
    talk.wait_until("2026-11-25 10:00")
    talk.say("到现在没人回")
    talk.say("平台投诉了，工单号 20261125777")
    talk.wait_until("2026-12-04 10:00")
    talk.say("平台说商家信息保密")
    assert talk.steps[-1] == "L3_platform no_identity"
    assert talk.asked_about() == "fact.purpose", "12315 is next, and lacks three facts"
    talk.say("自己用")
    talk.say("青柠（上海）网络科技有限公司，上海市浦东新区张江路88号")
    complaint = talk.letter("complaint_12315")
    assert "青柠（上海）网络科技有限公司" in complaint
    assert "从2026年11月6日提出退款要求（或者约定退款）起，到2026年12月4日已有28日" in complaint

    talk.wait_until("2026-12-05 10:00")
    talk.say("12315提交了，编号 3101150020261205")
    assert talk.due("L6_12315") == "2026-12-15 statutory"
    heard = talk.say("12315多久给结果")
    assert "7个工作日" in heard
    assert "60日" in heard
    talk.wait_until("2026-12-16 09:00")
    talk.say("12315受理了，受理编号 20261216009")
    assert (talk.step("L6_12315").reference_no, talk.due("L6_12315")) == ("20261216009", "2027-02-15 statutory 暂定")
    talk.wait_until("2027-01-08 10:00")
    talk.say("调解成功了，商家答应1月15号退")
    talk.wait_until("2027-01-15 20:00")
    talk.say("300块退到微信了，钱到账了")
    talk.tap("全部到账了")
    ends_well(talk, "300.00", reminded=["11-25 10:00 due L2_demand", "12-16 08:00 due L6_12315"])


def test_a_settlement_in_court_after_12315_declined_twice(talk: Any, ends_well: Any) -> None:
    talk.say("在青柠卡盟花600买的游戏代练会员，等级跟说好的不一样")
    talk.say("11月12号，支付宝付的")
    talk.tap("下单付给商户")
    talk.say("订单号 DL2026111206")
    talk.say("到手的只值200")
    talk.has_nothing()
    talk.say("发给商家了")
    talk.wait_until("2026-11-24 10:00")
    talk.say("商家不同意退款")
    talk.say("平台也投诉了，工单号 PT-600")
    talk.wait_until("2026-12-03 10:00")
    talk.say("平台驳回了")
    talk.say("支付宝那边投诉了")
    talk.wait_until("2026-12-08 10:00")
    talk.say("支付宝拒绝了")
    assert "退还差价400.00元" in talk.letter("final_demand")
    talk.say("催告函发给商家了")
    talk.wait_until("2026-12-16 10:00")
    talk.say("商家没有回复")
    talk.say("自己用")
    talk.say("长沙青柠网络科技有限公司")
    talk.say("湖南省长沙市岳麓区麓谷大道658号")
    talk.say("12315投诉提交了")
    talk.wait_until("2026-12-25 10:00")
    talk.say("12315说不归他们管")
    assert (talk.case.operator_address, talk.asked_about()) == (None, "fact.operator_address")
    talk.say("长沙市天心区芙蓉中路100号")
    assert "长沙市天心区芙蓉中路100号" in talk.letter("complaint_12315")
    talk.say("12315重新提交了，编号 4301000020261228")
    assert talk.due("L6_12315") == "2027-01-06 statutory 暂定"
    talk.wait_until("2027-01-06 10:00")
    talk.say("12315说我不是消费者，不受理")

    assert "长沙青柠网络科技有限公司" in talk.letter("civil_complaint")
    talk.say("起诉状交到法院了")
    talk.wait_until("2027-01-12 10:00")
    talk.say("法院立案了，案号（2027）湘0104民初56号")
    assert talk.step("L10_court").reference_no == "（2027）湘0104民初56号"
    talk.wait_until("2027-02-25 10:00")
    talk.say("和解了，商家答应3月5号前退400")
    assert talk.case.refund_requested_at.isoformat() == "2026-11-22", "the first demand, not the suit"
    talk.wait_until("2027-03-05 20:00")
    talk.say("400块到账了")
    talk.tap("全部到账了")
    assert talk.steps[-4:] == [
        "L6_12315 not_accepted_authority",
        "L6_12315 not_accepted_not_consumer",
        "L10_court settled",
        "CLOSE_WATCH refunded",
    ]
    ends_well(talk, "400.00", reminded=["12-06 12:00 follow_up L4_payment", "12-16 08:00 due L5_final_demand"])
