"""Replies kept ready: filled in from the case, with gaps for what is not known."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import service as cases_
from cases.case.facts import FactValue
from cases.knowledge import knowledge
from cases.knowledge.schema import CannedReply
from cases.models import Case
from cases.takeover.canned import filled, gap_in


def reply(text: str) -> CannedReply:
    return CannedReply(id="test", title="试", text=text)


def test_what_is_known_is_filled_in(session: Session, case: Case) -> None:
    facts: dict[str, FactValue] = {
        "amount": 20_000,
        "platform": "极速卡盟",
        "paid_at": date(2026, 11, 18),
        "pay_channel": "wechat",
    }
    cases_.set_facts(session, case, facts)
    cases_.set_kind(session, case, "not_delivered")
    case.due_at = clock.end_of(date(2026, 11, 25))
    text = reply("{staff}：{number} {kind} {paid_at} {platform} {amount} {pay_channel} {due}")
    kind = knowledge().kinds["not_delivered"].name
    assert filled(text, case, "小林", knowledge()) == (
        f"小林：{case.number} {kind} 11月18日 极速卡盟 200 元 微信 11月25日"
    )


def test_what_leads_to_somebody_is_not_repeated_in_full(session: Session, case: Case) -> None:
    cases_.set_facts(session, case, {"order_no": "20261118001", "merchant": "王小明"})
    assert filled(reply("{order_no} {merchant}"), case, "小林", knowledge()) == "尾号8001 王某"


def test_what_is_not_known_is_a_gap(case: Case) -> None:
    said = filled(reply("{order_no} 到 {due}"), case, "小林", knowledge())
    assert said == "【订单号？】 到 【到期日？】"
    assert gap_in(said) == "【订单号？】"


def test_without_a_case_everything_of_it_is_a_gap() -> None:
    assert filled(reply("{number} {kind}"), None, "小林", knowledge()) == "【案子编号？】 【遇到的问题？】"


@pytest.mark.parametrize("text", ["好的", "【重要】请看", "价格【？】", "【第一行\n第二行？】"])
def test_what_only_looks_like_a_gap_is_none(text: str) -> None:
    assert gap_in(text) is None


@pytest.mark.parametrize("ready", knowledge().canned_replies.values(), ids=lambda ready: ready.id)
def test_every_reply_can_be_filled_in(ready: CannedReply, case: Case) -> None:
    assert "{" not in filled(ready, case, "小林", knowledge())


def test_a_reply_that_names_what_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is called phone"):
        reply("{phone}")
