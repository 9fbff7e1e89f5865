"""Questions on the way are answered, and the thread is picked up where it was."""

from typing import Any

import pytest

from cases.knowledge import knowledge
from cases.knowledge.schema import Answer

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


ANSWERS = knowledge().answers


@pytest.mark.parametrize("answer", [pytest.param(answer, id=answer.id) for answer in ANSWERS.values()])
def test_a_reviewed_question_gets_its_answer_and_the_thread_goes_on(talk: Talk, answer: Answer) -> None:
    talk.tell_all()
    before = talk.asked
    assert answer.short in talk.say("ask_question", "想问清楚一件事", answer_id=answer.id)
    assert talk.asked == before
    assert (f"more.{answer.id}" in talk.choices) is (answer.more is not None)


class TestMore:
    def test_tells_what_stands_behind_and_when_it_was_checked(self, talk: Talk) -> None:
        talk.tell_all()
        before = talk.asked
        talk.say("ask_question", "12315多久给结果", answer_id="a_12315_time")
        heard = talk.tap("more.a_12315_time")
        assert ANSWERS["a_12315_time"].more in heard
        assert "法条核对到" in heard
        assert talk.asked == before

    def test_is_there_for_somebody_without_a_case(self, talk: Talk) -> None:
        talk.say("ask_question", "12315多久给结果", answer_id="a_12315_time")
        assert ANSWERS["a_12315_time"].more in talk.tap("more.a_12315_time")
        assert talk.asked == "opening"

    def test_is_gone_with_the_next_answer(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("ask_question", "12315多久给结果", answer_id="a_12315_time")
        talk.say("greet", "好")
        assert "more.a_12315_time" not in talk.choices


class TestTheirOwnFigure:
    COURT = "a_court_cost"

    def test_is_worked_out(self, talk: Talk) -> None:
        talk.tell_all()
        heard = talk.say("ask_question", "起诉要花多少钱", answer_id=self.COURT)
        assert "按你要的200元算：受理费50元，简易程序减半是25元。" in heard

    def test_follows_what_came_back(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("outcome_partial", "退了50", returned=5_000)
        assert "按你要的150元算" in talk.say("ask_question", "起诉要花多少钱", answer_id=self.COURT)

    def test_is_left_out_while_it_is_not_known(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        heard = talk.say("ask_question", "起诉要花多少钱", answer_id=self.COURT)
        assert ANSWERS[self.COURT].short in heard
        assert "按你" not in heard


class TestOutsideTheBase:
    def test_none_is_made_up_and_a_human_is_offered(self, talk: Talk) -> None:
        talk.tell_all()
        before = talk.asked
        heard = talk.say("ask_question", "月亮上能起诉吗朋友")
        assert not any(answer.short in heard for answer in ANSWERS.values())
        assert talk.asked == before
        assert "human" in talk.choices

    def test_is_said_before_any_case_too(self, talk: Talk) -> None:
        talk.say("ask_question", "月亮上能起诉吗朋友")
        assert "human" in talk.choices
        assert talk.asked == "opening"


class TestBesideSomethingElse:
    @pytest.mark.parametrize(
        ("intent", "text", "said"),
        [
            pytest.param("not_delivered", "会员还没到账，12315多久给结果啊", {}, id="a grievance"),
            pytest.param("give_facts", "商家叫小李数码，12315多久给结果啊", {"merchant": "小李数码"}, id="a fact"),
            pytest.param("evidence_later", "截图晚点发，12315多久给结果啊", {}, id="evidence put off"),
            pytest.param("outcome_refused", "商家不退，12315多久给结果啊", {}, id="an outcome"),
        ],
    )
    def test_both_are_served(self, talk: Talk, intent: str, text: str, said: dict[str, Any]) -> None:
        talk.tell_all()
        assert ANSWERS["a_12315_time"].short in talk.say(intent, text, answer_id="a_12315_time", **said)

    def test_an_answer_that_is_a_question_is_both(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        heard = talk.say("ask_question", "200块，12315多久给结果", answer_id="a_12315_time", amount=20_000)
        assert (talk.case.amount, talk.asked) == (20_000, "fact.platform")
        assert ANSWERS["a_12315_time"].short in heard

    def test_a_name_in_a_question_is_not_lost(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        talk.say("ask_question", "极速卡盟这种平台12315管吗", answer_id="a_12315_power", platform="极速卡盟")
        assert (talk.case.platform, talk.asked) == ("极速卡盟", "fact.amount")


class TestWhyAndHow:
    def test_of_a_fact(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        fact = knowledge().facts["amount"]
        assert fact.why in talk.say("ask_why", "为什么要这个")
        assert fact.how in talk.say("ask_how", "怎么看")
        assert talk.asked == "fact.amount"

    def test_of_something_else_is_answered_for_itself(self, talk: Talk) -> None:
        talk.say("not_delivered", "没到账")
        heard = talk.say("ask_how", "怎么查商家信息", answers=(("a_check_merchant", 0.99),))
        assert knowledge().answers["a_check_merchant"].short in heard
        assert talk.asked == "fact.amount"

    def test_of_a_picture_is_that_of_the_one_asked_for(self, talk: Talk) -> None:
        talk.tell_all()
        heard = talk.say("ask_how", "怎么截图", answers=(("a_screenshot", 0.95),))
        assert knowledge().evidence[talk.evidence_asked].how in heard

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
        heard = talk.say("ask_how", "怎么做")
        assert all(line in heard for line in rung.do)
        assert knowledge().channels[rung.channel].power in heard
        assert talk.asked == "step.L2_demand"

    def test_of_a_step_that_is_waited_for(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        assert knowledge().rungs["L2_demand"].do[0] in talk.say("ask_how", "那我现在怎么办")
        assert talk.asked == "outcome.L2_demand"

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


class TestAnUnclearQuestion:
    MAYBE = (("a_12315_time", 0.4), ("a_notary", 0.2), ("a_heimao", 0.01))

    def ask(self, talk: Talk) -> str:
        return str(talk.say("ask_question", "他们那边一般拖到啥时候", answers=self.MAYBE))

    def test_is_asked_back_with_the_questions_it_may_be(self, talk: Talk) -> None:
        self.ask(talk)
        assert talk.choices == ["answer.a_12315_time", "answer.a_notary", "answer.none"]

    def test_is_answered_when_one_is_tapped_and_the_thread_goes_on(self, talk: Talk) -> None:
        talk.reach_first_step()
        asked = talk.asked
        self.ask(talk)
        heard = talk.tap("answer.a_12315_time")
        assert knowledge().answers["a_12315_time"].short in heard
        assert talk.asked == asked

    def test_none_of_them_is_said_to_be_outside_what_is_reviewed(self, talk: Talk) -> None:
        self.ask(talk)
        assert knowledge().wording["answer_not_reviewed"] in talk.tap("answer.none")

    def test_is_offered_for_a_question_of_the_case_that_looks_like_none(self, talk: Talk) -> None:
        talk.tell_all()
        talk.say("out_of_scope", "能退多少", answers=(("a_shortfall", 0.45), ("a_court_cost", 0.03)))
        assert talk.choices == ["answer.a_shortfall", "answer.none"]

    def test_but_not_before_any_case(self, talk: Talk) -> None:
        talk.say("out_of_scope", "能退多少", answers=(("a_shortfall", 0.45),))
        assert talk.asked == "opening"

    def test_too_unlikely_to_offer_is_not_guessed_at(self, talk: Talk) -> None:
        heard = talk.say("ask_question", "月亮有多远", answers=(("a_notary", 0.1),))
        assert knowledge().wording["answer_not_reviewed"] in heard
