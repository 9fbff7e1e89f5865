"""Evidence: one item at a time; 没有 closes it, 晚点 parks it, and neither holds up the case."""

from typing import Any

import pytest

from cases.knowledge import knowledge
from cases.models import EvidenceState

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


@pytest.fixture
def told(talk: Talk) -> Talk:
    """Everything is told; the first piece of evidence is asked for."""
    talk.tell_all()
    return talk


def test_each_required_piece_is_asked_for_in_turn(told: Talk) -> None:
    required, asked = told.required, []
    while (told.asked or "").startswith("evidence."):
        assert told.questions == 1
        asked.append(told.evidence_asked)
        told.send()
    assert tuple(asked) == required
    assert {item.state for item in told.case.evidence} == {EvidenceState.PROVIDED}


def test_the_question_says_what_must_be_seen(told: Talk) -> None:
    requirement = knowledge().evidence[told.evidence_asked]
    assert requirement.ask in told.heard
    assert all(part in told.heard for part in requirement.must_show)


class TestPictures:
    def test_belong_to_what_was_asked_for(self, told: Talk) -> None:
        asked = told.evidence_asked
        told.send(2)
        assert told.item(asked).state == EvidenceState.PROVIDED
        assert len(told.item(asked).attachments) == 2

    def test_sent_before_any_case_are_kept_for_it(self, talk: Talk) -> None:
        talk.send()
        assert talk.conversation.case is None
        talk.tell_all()
        talk.send()
        assert sum(len(item.attachments) for item in talk.case.evidence) == 2

    def test_sent_during_the_intake_fill_the_first_gap(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        talk.send()
        assert talk.item(talk.required[0]).state == EvidenceState.PROVIDED
        assert talk.asked == "fact.amount"

    def test_sent_when_nothing_is_missing_are_kept_too(self, told: Talk) -> None:
        for _ in told.required:
            told.send()
        told.send()
        assert sum(len(item.attachments) for item in told.case.evidence) == len(told.required) + 1


class TestWords:
    def test_an_account_counts_as_evidence(self, told: Talk) -> None:
        asked = told.evidence_asked
        text = "订单页写着充值成功，下单时间是十八号晚上八点"
        told.say("evidence_given", text)
        assert (told.item(asked).state, told.item(asked).text) == (EvidenceState.PROVIDED, text)

    def test_having_it_is_not_yet_giving_it(self, told: Talk) -> None:
        asked = told.evidence_asked
        told.say("evidence_given", "有的")
        assert told.item(asked).state == EvidenceState.ASKED
        assert told.evidence_asked == asked

    def test_keeping_it_oneself_counts(self, told: Talk) -> None:
        asked = told.evidence_asked
        told.say("evidence_given", "有的")
        told.tap("evidence.kept")
        assert told.item(asked).state == EvidenceState.PROVIDED
        assert told.evidence_asked != asked


class TestUnavailable:
    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("evidence_unavailable", "没有了", id="said"),
            pytest.param("deny", "没有", id="a plain no"),
            pytest.param("choose", "2", id="by number"),
        ],
    )
    def test_closes_the_item_and_goes_on(self, told: Talk, intent: str, text: str) -> None:
        asked = told.evidence_asked
        told.say(intent, text)
        assert told.item(asked).state == EvidenceState.UNAVAILABLE
        assert told.evidence_asked == told.required[1]

    def test_names_the_consequence_once_and_the_best_substitute(self, told: Talk) -> None:
        requirement = knowledge().evidence[told.evidence_asked]
        heard = told.tap("evidence.unavailable")
        assert heard.count(requirement.without) == 1
        assert requirement.substitutes[0] in heard

    def test_of_another_piece_by_name_closes_that_one(self, told: Talk) -> None:
        asked = told.evidence_asked
        told.say("evidence_unavailable", "聊天记录早就删掉了，真的没法给")
        assert told.item("ev_chat").state == EvidenceState.UNAVAILABLE
        assert told.evidence_asked == asked

    def test_of_everything_still_leads_to_the_first_step(self, told: Talk) -> None:
        told.do_without_evidence()
        assert told.asked == "step.L2_demand"

    def test_is_not_the_end_of_it(self, told: Talk) -> None:
        asked = told.evidence_asked
        told.tap("evidence.unavailable")
        told.say("evidence_given", f"找到{knowledge().evidence[asked].aliases[0]}了，上面写着下单成功、金额两百")
        assert told.item(asked).state == EvidenceState.PROVIDED


class TestLater:
    def test_parks_the_item_and_goes_on(self, told: Talk) -> None:
        asked = told.evidence_asked
        told.say("evidence_later", "晚点发")
        assert told.item(asked).state == EvidenceState.LATER
        assert told.evidence_asked == told.required[1]

    def test_comes_back_once_after_the_others(self, told: Talk) -> None:
        first = told.evidence_asked
        told.tap("evidence.later")
        while told.evidence_asked != first:
            told.send()
        told.tap("evidence.later")
        assert told.asked == "step.L2_demand"
        assert told.item(first).state == EvidenceState.LATER

    def test_of_the_last_piece_is_not_asked_again_at_once(self, told: Talk) -> None:
        for _ in told.required[1:]:
            told.send()
        last = told.evidence_asked
        told.say("evidence_later", "晚点发")
        assert told.asked == "step.L2_demand"
        assert told.item(last).state == EvidenceState.LATER

    def test_everything_put_off_twice_still_leads_to_the_first_step(self, told: Talk) -> None:
        for _ in range(2 * len(told.required)):
            told.tap("evidence.later")
        assert told.asked == "step.L2_demand"


class TestHelp:
    def test_how_is_explained_and_the_question_stays(self, told: Talk) -> None:
        asked = told.evidence_asked
        assert knowledge().evidence[asked].how in told.tap("how")
        assert told.evidence_asked == asked

    def test_a_miss_explains_how_to_get_it(self, told: Talk) -> None:
        asked = told.evidence_asked
        assert knowledge().evidence[asked].how in told.say("nlu_fallback", "啦啦")
        assert told.evidence_asked == asked

    def test_three_misses_offer_a_human(self, told: Talk) -> None:
        for _ in range(3):
            told.say("nlu_fallback", "啦啦")
        assert "human" in told.choices


def test_what_cannot_be_sent_is_there_all_the_same(told: Talk) -> None:
    asked = told.evidence_asked
    told.say("evidence_unavailable", "图片发不出去")
    assert told.item(asked).state != "unavailable"
    assert told.evidence_asked == asked
