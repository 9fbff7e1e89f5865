"""Taking the last message back: the case, the question and what was planned are as before."""

from typing import Any

import pytest

from cases.knowledge import knowledge
from cases.models import EvidenceState
from cases.reminders import repository as reminders

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any
WORDING = knowledge().wording


def undo(talk: Talk) -> str:
    return talk.say("undo", "撤回上一条")


class TestTakingBack:
    def test_a_fact_is_as_before_and_asked_for_again(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账", platform="极速卡盟")
        talk.say("give_facts", "200块", amount=20_000)
        assert WORDING["undone"] in undo(talk)
        assert (talk.case.amount, talk.case.platform, talk.asked) == (None, "极速卡盟", "fact.amount")

    def test_a_fact_that_was_put_right_is_wrong_again(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("correct", "不对是500", amount=50_000)
        undo(talk)
        assert talk.case.amount == 20_000

    def test_evidence_that_was_said_not_to_be_there_is_asked_for(self, talk: Talk) -> None:
        talk.tell_all()
        asked = talk.evidence_asked
        talk.tap("evidence.unavailable")
        undo(talk)
        assert (talk.evidence_asked, talk.item(asked).state) == (asked, EvidenceState.ASKED)

    def test_a_picture_proves_nothing_any_more_and_is_kept(self, talk: Talk) -> None:
        talk.tell_all()
        asked = talk.evidence_asked
        talk.send()
        file = talk.item(asked).attachments[0]
        undo(talk)
        assert talk.item(asked).attachments == []
        assert file.withdrawn_at is not None
        talk.say("evidence_given", "发了")
        assert talk.item(asked).attachments == []

    def test_a_step_is_not_taken_and_nothing_is_reminded_of(self, talk: Talk) -> None:
        talk.reach_first_step()
        before = reminders.pending_of_case(talk.session, talk.case)
        talk.tap("step.done")
        undo(talk)
        assert (talk.step("L2_demand").submitted_at, talk.asked) == (None, "step.L2_demand")
        kinds = [(it.kind, it.send_at) for it in reminders.pending_of_case(talk.session, talk.case)]
        assert kinds == [(it.kind, it.send_at) for it in before]

    def test_a_wrongly_tapped_outcome_leads_nowhere(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.tap("outcome.refused")
        assert [step.rung_id for step in talk.case.steps] == ["L2_demand", "L3_platform"]
        undo(talk)
        assert [(step.rung_id, step.outcome) for step in talk.case.steps] == [("L2_demand", None)]
        assert talk.asked == "outcome.L2_demand"
        due = [it for it in reminders.pending_of_case(talk.session, talk.case) if it.kind == "due"]
        assert len(due) == 1

    def test_a_case_that_was_closed_is_open(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        talk.tap("outcome.refunded")
        talk.tap("confirm.yes")
        undo(talk)
        assert (talk.case.stage, talk.case.recovered_amount, talk.asked) == ("waiting", None, "confirm.close_refunded")

    def test_the_history_of_the_case_stays(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("correct", "不对是500", amount=50_000)
        undo(talk)
        assert talk.events("fact_set")[-1]["value"] == 50_000
        assert len(talk.events("taken_back")) == 1


@pytest.mark.parametrize("text", ["点错了", "哎呀按错了", "选错了。", "刚才发错图了"])
def test_a_slip_is_taken_back_whatever_it_is_taken_for(talk: Talk, text: str) -> None:
    talk.tell_all()
    asked = talk.evidence_asked
    talk.tap("evidence.unavailable")
    talk.say("evidence_given", text)
    assert (talk.evidence_asked, talk.item(asked).state) == (asked, EvidenceState.ASKED)


class TestNothingToTakeBack:
    def test_before_anything_was_said(self, talk: Talk) -> None:
        assert WORDING["undo_nothing"] in undo(talk)

    def test_the_message_that_opened_the_case(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        assert WORDING["undo_nothing"] in undo(talk)
        assert (talk.case.dispute_kind, talk.asked) == ("not_delivered", "fact.amount")

    def test_a_second_time(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("correct", "不对是500", amount=50_000)
        undo(talk)
        assert WORDING["undo_nothing"] in undo(talk)

    def test_a_message_that_led_to_another_case(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("new_case", "还有一笔")
        talk.tap("confirm.yes")
        assert WORDING["undo_nothing"] in undo(talk)
