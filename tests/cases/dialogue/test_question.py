"""Questions on the way are answered, and the thread is picked up where it was."""

from typing import Any

import pytest

from cases.knowledge import knowledge

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


@pytest.mark.parametrize("answer", [pytest.param(answer, id=answer.id) for answer in knowledge().answers.values()])
def test_a_reviewed_question_gets_its_answer_and_the_thread_goes_on(talk: Talk, answer: Any) -> None:
    talk.tell_all()
    before = talk.asked
    assert answer.short in talk.say("ask_question", answer.question)
    assert talk.asked == before


def test_without_a_reviewed_answer_none_is_made_up(talk: Talk) -> None:
    talk.tell_all()
    before = talk.asked
    heard = talk.say("ask_question", "月亮上能起诉吗朋友")
    assert not any(answer.short in heard for answer in knowledge().answers.values())
    assert talk.asked == before


class TestWhyAndHow:
    def test_of_a_fact(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        fact = knowledge().facts["amount"]
        assert fact.why in talk.say("ask_why", "为什么要这个")
        assert fact.how in talk.say("ask_how", "怎么看")
        assert talk.asked == "fact.amount"

    def test_of_evidence(self, talk: Talk) -> None:
        talk.tell_all()
        requirement = knowledge().evidence[talk.evidence_asked]
        assert requirement.why in talk.say("ask_why", "为什么要这个")
        assert requirement.how in talk.say("ask_how", "怎么弄")
        assert talk.evidence_asked == requirement.id

    def test_of_a_step(self, talk: Talk) -> None:
        talk.reach_first_step()
        rung = knowledge().rungs["L2_demand"]
        assert rung.intro in talk.say("ask_why", "为什么要这样")
        assert all(line in talk.say("ask_how", "怎么做") for line in rung.do)
        assert talk.asked == "step.L2_demand"

    @pytest.mark.parametrize("intent", [pytest.param("ask_why", id="why"), pytest.param("ask_how", id="how")])
    def test_of_nothing_is_answered_too(self, talk: Talk, intent: str) -> None:
        assert talk.say(intent, "嗯？")
        assert talk.asked == "opening"


class TestProgress:
    def test_tells_the_number_the_facts_and_what_is_there(self, talk: Talk) -> None:
        talk.tell_all()
        talk.send()
        heard = talk.say("ask_progress", "到哪一步了")
        assert talk.case.number in heard
        assert "200 元" in heard
        assert f"1 项，共需 {len(talk.required)} 项" in heard

    def test_tells_the_deadline_that_is_running(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("step_done", "发了")
        heard = talk.say("ask_progress", "到哪一步了")
        assert knowledge().rungs["L2_demand"].name in heard
        assert "11月25日 10:00" in heard

    def test_does_not_lose_the_thread(self, talk: Talk) -> None:
        talk.tell_all()
        before = talk.asked
        talk.say("ask_progress", "到哪一步了")
        assert talk.asked == before
