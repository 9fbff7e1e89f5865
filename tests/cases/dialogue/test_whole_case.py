"""One case from the first word to the money, on both databases."""

from typing import Any

from cases.case import repository
from cases.models import EvidenceState, Stage

Talk = Any


def test_a_case_goes_from_the_first_word_to_the_money(talk: Talk) -> None:
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
    talk.say("step_done", "已经发给商家了")
    talk.say("outcome_refused", "商家拒绝了")
    talk.say("step_done", "平台也投诉了")
    talk.say("outcome_promised", "平台答应退")
    talk.say("outcome_refunded", "钱到了")
    talk.say("affirm", "对，全部到账了")
    assert (talk.case.stage, talk.case.outcome) == (Stage.CLOSED, "refunded")
    assert (talk.case.steps[0].rung_id, talk.case.steps[0].outcome) == ("L2_demand", "refused")
    assert [made.kind for made in talk.case.documents] == ["demand", "platform"]
    assert len(repository.events(talk.session, talk.case)) > 20


def test_nothing_is_lost_when_the_session_is_new(talk: Talk) -> None:
    talk.tell_all()
    talk.tap("evidence.later")
    asked, choices = talk.asked, talk.choices
    talk.session.expire_all()
    assert (talk.asked, talk.choices) == (asked, choices)
    assert (talk.case.amount, talk.case.platform) == (20_000, "极速卡盟")
