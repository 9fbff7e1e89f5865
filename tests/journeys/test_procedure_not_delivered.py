"""Four ways in which somebody whose top-up never came gets their money, over simulated weeks, by chat alone."""

from typing import Any

PAID = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，下单付给商户的，到现在还没到账"


def test_the_merchant_pays_in_two_parts(talk: Any, ends_well: Any) -> None:
    talk.say(PAID)
    for piece in range(4):
        talk.show(bytes([piece]))
    talk.tap("内容没问题")
    assert "200.00元" in talk.letter("demand")
    talk.say("在极速卡盟的店铺消息里发给商家了")
    assert talk.due("L2_demand") == "2026-11-25 10:00 practice"

    talk.wait_until("2026-11-23 20:00")
    talk.say("商家先退了80，说剩下的12月1号前退")
    assert (talk.case.recovered_amount, talk.steps) == ("80.00", ["L2_demand partial", "CLOSE_WATCH submitted"])
    assert talk.step("CLOSE_WATCH").promised_for.isoformat() == "2026-12-01"

    talk.wait_until("2026-12-02 09:00")
    talk.say("剩下的120也退回来了")
    talk.tap("全部到账了")
    ends_well(talk, "200.00", reminded=["12-02 08:00 promised CLOSE_WATCH"])


def test_the_platform_breaks_its_promise_and_then_pays(talk: Any, ends_well: Any) -> None:
    talk.say("11月15号在飞鸟卡盟买了Q币卡密，付了98块，一直没发货")
    talk.say("支付宝付的，下单付给商户")
    talk.say("没有订单号")
    talk.has_nothing()
    assert "（待补充：订单号）" in talk.letter("demand")
    talk.say("信我发过去了")

    talk.wait_until("2026-11-23 15:00")
    talk.say("商家说虚拟商品一经售出概不退款")
    assert talk.steps == ["L2_demand refused", "L3_platform proposed"]
    assert "消法26条" in talk.say("虚拟商品不退合法吗")
    assert talk.asked_about() == "step.L3_platform", "the thread goes on where it was"
    assert "98.00元" in talk.letter("platform")
    talk.say("平台那边也投诉了，工单号是GD20261123001")
    assert talk.step("L3_platform").reference_no == "GD20261123001"
    assert talk.due("L3_platform") == "2026-12-02 practice"

    talk.wait_until("2026-11-26 10:00")
    talk.say("平台答应12月1号前退")
    talk.wait_until("2026-12-02 09:30")
    talk.say("说好12月1号退的，到现在也没到账")
    assert talk.case.track == "refund_delayed"
    assert talk.steps[-2:] == ["CLOSE_WATCH not_arrived", "L4_payment proposed"]
    assert "2026年11月22日" in talk.letter("payment"), "the letter dates the first demand"

    talk.wait_until("2026-12-04 18:00")
    talk.say("平台把98块退回支付宝了")
    talk.tap("全部到账了")
    ends_well(talk, "98.00", reminded=["12-02 08:00 promised CLOSE_WATCH", "12-04 12:00 untaken L4_payment"])


def test_wechat_pays_after_two_silences_and_a_corrected_sum(talk: Any, ends_well: Any) -> None:
    talk.say("11月20号在星河卡盟买的王者点券，微信付了260块，到现在没到账")
    talk.tap("下单付给商户")
    talk.say("订单号 WX2026112000817")
    talk.has_nothing()
    talk.wait_until("2026-11-25 09:00")
    talk.say("今天发给商家了")
    assert talk.due("L2_demand") == "2026-11-28 09:00 practice"
    talk.wait_until("2026-11-29 09:00")
    talk.say("三天过去了，没人回我")
    talk.say("平台那边我也提交了，工单号是88231")
    assert talk.due("L3_platform") == "2026-12-08 practice"
    talk.wait_until("2026-12-09 20:00")
    talk.say("平台到现在没有回复")
    assert talk.steps == ["L2_demand no_reply", "L3_platform no_reply", "L4_payment proposed"]
    assert "260.00元" in talk.letter("payment")

    talk.say("金额写错了，应该是268元")
    assert "268.00元" in talk.letter("payment"), "what is found late makes a new letter"
    assert talk.steps[-1] == "L4_payment proposed", "and loses no step"
    assert "72小时" in talk.say("微信投诉多久有结果")
    talk.say("微信投诉提交了，投诉单号 20261210556677")
    assert talk.due("L4_payment") == "2026-12-12 20:00 platform_contract"
    talk.wait_until("2026-12-12 21:00")
    talk.say("268块原路退回来了")
    talk.tap("全部到账了")
    assert talk.step("L4_payment").reference_no == "20261210556677"
    ends_well(
        talk,
        "268.00",
        reminded=[
            "11-24 12:00 untaken L2_demand",
            "11-28 12:00 due L2_demand",
            "12-09 08:00 due L3_platform",
            "12-12 21:00 due L4_payment",
        ],
    )


def test_a_court_and_its_bailiff_after_every_other_rung(talk: Any, ends_well: Any) -> None:
    talk.say("在南风卡盟充的500块话费三天了还没到账")
    talk.say("昨天付的，用银行卡")
    talk.say("网页上下单付的")
    talk.say("订单编号NF2026112155")
    talk.has_nothing()
    talk.say("发给卖家了")
    talk.wait_until("2026-11-25 11:00")
    talk.say("卖家不肯退，让我找平台")
    talk.say("平台也投诉了，工单号 NF-7788")
    talk.wait_until("2026-12-04 10:00")
    talk.say("平台说跟它没关系，不给退")
    talk.say("银行那边也投诉了")
    assert talk.step("L4_payment").due_at is None, "no bank has a verified period"
    talk.wait_until("2026-12-08 10:00")
    talk.say("银行拒绝了")
    assert "最后一次书面催告" in talk.letter("final_demand")
    talk.say("催告函发出去了")
    assert talk.due("L5_final_demand") == "2026-12-15 practice"
    talk.wait_until("2026-12-16 10:00")
    talk.say("还是没人回")
    assert talk.asked_about() == "fact.purpose"
    talk.say("买来自己用")
    assert (talk.case.purpose, talk.case.flags) == ("own", [])
    talk.say("不知道")
    assert talk.case.next.kind == "handed_on", "nobody to complain of is known"

    talk.tap("对方名称")
    talk.say("查到了，对方是杭州南风网络科技有限公司，地址在杭州市余杭区文一西路969号")
    assert (talk.case.operator, talk.case.operator_address) == (
        "杭州南风网络科技有限公司",
        "杭州市余杭区文一西路969号",
    )
    assert "杭州市余杭区文一西路969号" in talk.letter("complaint_12315")
    talk.say("12315提交了，编号 1330100002026121600")
    assert talk.due("L6_12315") == "2026-12-25 statutory"
    talk.wait_until("2026-12-25 15:00")
    talk.say("12315受理了，受理编号 20261225001")
    assert talk.due("L6_12315") == "2027-02-23 statutory 暂定"
    talk.wait_until("2027-01-20 10:00")
    talk.say("商家不同意调解，调解终止了")

    assert "受理费50元" in talk.say("起诉要花多少钱")
    assert "500.00元" in talk.letter("civil_complaint")
    talk.say("起诉状交到法院了")
    assert talk.due("L10_court") == "2027-01-27 statutory 暂定"
    talk.wait_until("2027-01-26 10:00")
    talk.say("法院立案了，案号（2027）浙0192民初123号")
    assert talk.due("L10_court") == "2027-04-26 statutory 暂定"
    talk.wait_until("2027-03-20 10:00")
    talk.say("法院判他退我500")
    assert "（2027）浙0192民初123号" in talk.letter("enforcement")
    talk.say("强制执行申请交了")
    talk.wait_until("2027-03-22 15:00")
    talk.say("法院把钱划过来了，500全到了")
    talk.tap("全部到账了")
    assert talk.steps[-3:] == ["L6_12315 mediation_failed", "L10_court won", "L11_enforce refunded"]
    ends_well(
        talk,
        "500.00",
        reminded=["11-25 11:00 due L2_demand", "12-07 12:00 follow_up L4_payment", "12-16 08:00 due L5_final_demand"],
    )
