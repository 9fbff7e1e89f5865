"""Four ways in which somebody whose merchant has vanished gets the money, over simulated weeks, by chat alone."""

from typing import Any


def test_the_merchant_turns_up_again_under_a_payment_complaint(talk: Any, ends_well: Any) -> None:
    talk.say("飞鸟卡盟的商家跑路了，我11月3号微信付的500块充油卡，店也关了")
    talk.say("下单付给商户")
    talk.say("订单号 FN20261103500")
    talk.has_nothing()
    assert talk.asked_about() == "step.L4_payment", "there is no merchant to write to"
    assert "500.00元" in talk.letter("payment")
    talk.say("微信投诉提交了，投诉单号 5566778899")
    assert talk.due("L4_payment") == "2026-11-25 10:00 platform_contract"
    talk.wait_until("2026-11-24 10:00")
    talk.say("商家又冒出来了，说11月27号退给我")
    talk.wait_until("2026-11-28 09:00")
    talk.say("钱到账了，500块都退回来了")
    talk.tap("全部到账了")
    ends_well(talk, "500.00", reminded=["11-28 08:00 promised CLOSE_WATCH"])


def test_the_platform_pays_for_a_seller_who_took_a_transfer(talk: Any, ends_well: Any) -> None:
    talk.say("卖家收了钱就把我拉黑了，人也找不到了")
    talk.say("350")
    talk.say("闲云卡盟")
    talk.say("11月19号")
    talk.say("微信转给他个人的")
    talk.tap("不清楚")
    talk.say("王者皮肤")
    talk.has_nothing()
    assert (talk.case.pay_method, talk.asked_about()) == ("personal", "step.L9_police")
    payment = [option for option in talk.case.alternatives if option.id == "L4_payment"]
    assert not payment, "a transfer to a person is no complaint to WeChat"
    assert "转账给个人" in talk.letter("police")
    talk.say("报案了")
    talk.wait_until("2026-11-23 10:00")
    talk.say("警察说这是民事纠纷，让我找平台")
    assert talk.steps == ["L9_police civil_dispute", "L3_platform proposed"]
    talk.say("平台投诉了，工单号 XY-350")
    assert talk.due("L3_platform") == "2026-12-02 practice"
    talk.wait_until("2026-12-01 10:00")
    talk.say("平台先赔了350，退到微信了")
    talk.tap("全部到账了")
    ends_well(talk, "350.00", reminded=[])


def test_12315_finds_the_company_behind_a_dead_platform(talk: Any, ends_well: Any) -> None:
    talk.say("云鹤卡盟整个打不开了，我11月9号支付宝充的800块话费没了")
    talk.say("下单付给商户")
    talk.say("订单号 YH20261109800")
    talk.has_nothing()
    talk.say("支付宝那边投诉了，投诉单号 ZFB20261122")
    assert talk.step("L4_payment").due_at is None, "Alipay's period could not be verified"
    talk.wait_until("2026-11-25 12:00")
    talk.say("支付宝拒绝了")
    talk.say("去派出所报案了，警察说是民事纠纷")
    assert talk.steps[-2:] == ["L9_police civil_dispute", "L3_platform proposed"]
    assert "「向12315投诉」还差：用途、对方名称、对方地址" in talk.tap("还能做什么")
    talk.tap("照原来的走")
    talk.say("平台打不开，也没有客服")
    talk.say("自己用")
    talk.say("云鹤（成都）科技有限公司")
    talk.say("成都市武侯区天府大道200号")
    assert "云鹤（成都）科技有限公司" in talk.letter("complaint_12315")
    talk.say("12315提交了，编号 5101000020261125")
    assert talk.due("L6_12315") == "2026-12-04 statutory"
    talk.wait_until("2026-12-04 10:00")
    talk.say("12315受理了")
    assert talk.due("L6_12315") == "2027-02-02 statutory 暂定"

    talk.wait_until("2026-12-20 10:00")
    talk.say("调解完了，平台先退了我300，剩下的不肯退")
    assert (talk.case.recovered_amount, talk.steps[-1]) == ("300.00", "L10_court proposed")
    assert "退还原告500.00元" in talk.letter("civil_complaint"), "the suit claims what is left"
    talk.wait_until("2026-12-21 10:00")
    talk.say("剩下的500也退到支付宝了")
    talk.tap("全部到账了")
    ends_well(talk, "800.00", reminded=["11-25 12:00 follow_up L4_payment"])


def test_the_police_bring_back_what_a_swindler_took(talk: Any, ends_well: Any) -> None:
    talk.say("商家跑路了，在南风卡盟买的游戏点卡，11月15号银行卡付了1200，店也关了")
    talk.say("下单付给商户")
    talk.say("订单号 NF20261115")
    talk.has_nothing()
    talk.say("银行投诉了")
    talk.wait_until("2026-11-24 10:00")
    heard = talk.say("店主又加我微信，让我先交200保证金才退款")
    assert heard.startswith("请先停止付款")
    assert "110" in heard
    assert talk.case.amount == "1200.00", "what was asked for is no price"
    assert talk.case.next.id == "L0_stop_loss", "the loss is stopped before all else"
    assert "受案回执" in talk.say("报警要带什么")
    talk.say("已经做了")
    assert (talk.step("L0_stop_loss").outcome, talk.asked_about()) == ("done", "step.L9_police")
    statement = talk.letter("police")
    assert "对方要我先再付一笔钱才退款" in statement
    talk.say("110打了，派出所给了受案回执，编号 A33012026112403")
    police = talk.step("L9_police")
    assert (police.outcome, police.reference_no) == ("filed", "A33012026112403")

    talk.wait_until("2027-02-10 10:00")
    talk.say("民警把钱追回来了，1200都退给我了")
    talk.tap("全部到账了")
    ends_well(talk, "1200.00", reminded=["11-25 12:00 follow_up L4_payment"])
