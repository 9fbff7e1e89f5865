"""One case from the first word to the money, on both databases."""

from datetime import date
from typing import Any

import pytest

from cases.case import repository
from cases.models import EvidenceState, Stage
from cases.reminders import repository as reminders

Talk = Any
COMPANY = "广州星跃网络科技有限公司"
ADDRESS = "广州市天河区体育西路101号"


def test_a_case_goes_from_the_first_word_to_the_money(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.say("greet", "你好")
    talk.tell_all()
    given, missing, parked, *_ = talk.required
    talk.send(2)
    talk.say("evidence_unavailable", "没有了")
    talk.say("evidence_later", "晚点")
    while talk.evidence_asked != parked:
        talk.say("evidence_given", "我和客服说过三次，每次都说再等等，没有下文")
    talk.send()
    assert talk.asked == "step.L2_demand"
    assert [talk.item(id_).state for id_ in (given, missing, parked)] == [
        EvidenceState.PROVIDED,
        EvidenceState.UNAVAILABLE,
        EvidenceState.PROVIDED,
    ]
    talk.tap("document.ok")
    talk.say("step_done", "已经发给商家了")

    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-25T11:00:00")
    talk.say("outcome_promised", "商家说周五退", days=(date(2026, 11, 27),))
    assert talk.asked == "outcome.CLOSE_WATCH"

    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-28T09:00:00")
    talk.say("refund_delayed", "周五过了还是没到账")
    assert (talk.asked, talk.case.track) == ("step.L3_platform", "refund_delayed")
    talk.say("step_done", "平台也投诉了，工单号3347021", reference="3347021")

    monkeypatch.setenv("TUIKUAN_NOW", "2026-12-08T09:00:00")
    talk.say("outcome_partial", "平台只退了50", returned=5_000)
    assert (talk.case.recovered_amount, talk.asked) == (5_000, "step.L4_payment")
    talk.say("correct", "其实是支付宝付的", pay_channel="alipay")
    talk.tap("step.done")

    monkeypatch.setenv("TUIKUAN_NOW", "2026-12-14T09:00:00")
    talk.tap("outcome.no_reply")
    talk.say("give_facts", "自己用的")
    talk.say("give_facts", f"{COMPANY}，{ADDRESS}", merchant=COMPANY)
    assert talk.asked == "step.L6_12315"
    assert "150.00元" in talk.case.documents[-1].text
    talk.say("step_done", "12315提交了")

    monkeypatch.setenv("TUIKUAN_NOW", "2026-12-18T09:00:00")
    talk.say("nlu_fallback", "12315受理了，受理编号20261218001", reference="20261218001")
    assert talk.step("L6_12315").deadline_id == "d_12315_mediation"

    monkeypatch.setenv("TUIKUAN_NOW", "2027-01-11T09:00:00")
    talk.tap("outcome.mediated")
    monkeypatch.setenv("TUIKUAN_NOW", "2027-01-13T09:00:00")
    talk.say("outcome_refunded", "剩下的150到账了", returned=15_000)
    talk.say("affirm", "对，全部到账了")

    assert (talk.case.stage, talk.case.outcome, talk.case.recovered_amount) == (Stage.CLOSED, "refunded", 20_000)
    assert [(step.rung_id, step.outcome) for step in talk.case.steps] == [
        ("L2_demand", "promised"),
        ("CLOSE_WATCH", "not_arrived"),
        ("L3_platform", "partial"),
        ("L4_payment", "no_reply"),
        ("L6_12315", "mediated"),
        ("CLOSE_WATCH", "refunded"),
    ]
    assert [step.reference_no for step in talk.case.steps if step.reference_no] == ["3347021", "20261218001"]
    assert {made.kind for made in talk.case.documents} == {"demand", "platform", "payment", "complaint_12315"}
    assert reminders.pending_of_case(talk.session, talk.case) == []
    assert len(repository.events(talk.session, talk.case)) > 40


def test_nothing_is_lost_when_the_session_is_new(talk: Talk) -> None:
    talk.tell_all()
    talk.tap("evidence.later")
    asked, choices = talk.asked, talk.choices
    talk.session.expire_all()
    assert (talk.asked, talk.choices) == (asked, choices)
    assert (talk.case.amount, talk.case.platform) == (20_000, "极速卡盟")
