"""Money that comes back in parts: added up, never twice, and the rest stays claimed."""

from typing import Any

import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


@pytest.fixture
def waiting(talk: Talk) -> Talk:
    """The merchant has been written to; 200 yuan are claimed."""
    talk.wait_for_merchant()
    return talk


@pytest.fixture
def half_back(waiting: Talk) -> Talk:
    """100 of the 200 came back; the platform is next."""
    waiting.say("outcome_partial", "退了100", returned=10_000)
    return waiting


class TestAPart:
    def test_is_kept_and_what_is_left_is_said(self, half_back: Talk) -> None:
        assert (half_back.case.recovered_amount, half_back.case.claim_amount) == (10_000, 10_000)
        assert "还没退的是 100 元" in half_back.heard

    def test_leads_on_to_the_next_step(self, half_back: Talk) -> None:
        assert half_back.step("L2_demand").outcome == "partial"
        assert half_back.asked == "step.L3_platform"

    def test_is_claimed_no_more_in_the_next_letter(self, half_back: Talk) -> None:
        assert "100.00元" in half_back.case.documents[-1].text

    @pytest.mark.parametrize(
        ("text", "understood"),
        [
            pytest.param("100", {"number": "100"}, id="a bare number"),
            pytest.param("100块", {"amount": 10_000}, id="an amount"),
            pytest.param("退了100", {"returned": 10_000}, id="a sentence"),
        ],
    )
    def test_without_a_sum_is_asked_for(self, waiting: Talk, text: str, understood: dict[str, Any]) -> None:
        waiting.tap("outcome.partial")
        assert waiting.asked == "fact.recovered_amount"
        waiting.say("give_facts", text, **understood)
        assert (waiting.case.recovered_amount, waiting.case.amount) == (10_000, 20_000)
        assert waiting.asked == "step.L3_platform"

    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("ask_why", "问这个干嘛", id="why"),
            pytest.param("vent", "气死我了", id="anger"),
            pytest.param("nlu_fallback", "啦啦啦", id="nonsense"),
            pytest.param("give_facts", "那个", id="no sum in it"),
        ],
    )
    def test_the_question_how_much_outlives_a_digression(self, waiting: Talk, intent: str, text: str) -> None:
        waiting.tap("outcome.partial")
        waiting.say(intent, text)
        assert waiting.asked == "fact.recovered_amount"

    def test_nobody_has_to_know_how_much(self, waiting: Talk) -> None:
        waiting.tap("outcome.partial")
        waiting.tap("unknown")
        assert waiting.asked == "step.L3_platform"
        assert waiting.case.recovered_amount is None

    def test_told_with_the_first_word_is_kept(self, talk: Talk) -> None:
        talk.say("not_delivered", "我买了200的话费没到，只退了100", amount=20_000, returned=10_000)
        assert (talk.case.amount, talk.case.recovered_amount) == (20_000, 10_000)

    @pytest.mark.parametrize(
        ("intent", "text"),
        [
            pytest.param("ask_question", "他们退了我100，剩下的还能要吗", id="with a question"),
            pytest.param("evidence_later", "截图晚点发，他们退了我100", id="with evidence put off"),
            pytest.param("vent", "气死了，才退了100", id="in anger"),
        ],
    )
    def test_told_beside_something_else_is_kept(self, talk: Talk, intent: str, text: str) -> None:
        talk.tell_all()
        talk.say(intent, text, returned=10_000)
        assert talk.case.recovered_amount == 10_000


class TestTheSecondPart:
    def test_is_added(self, half_back: Talk) -> None:
        half_back.tap("step.done")
        half_back.say("outcome_partial", "又退了50", returned=5_000)
        assert half_back.case.recovered_amount == 15_000

    def test_without_a_sum_it_is_asked_how_much_more(self, half_back: Talk) -> None:
        half_back.tap("step.done")
        heard = half_back.tap("outcome.partial")
        assert "一共 100 元" in heard
        half_back.say("give_facts", "50", number="50")
        assert half_back.case.recovered_amount == 15_000

    def test_told_as_a_sum_replaces(self, half_back: Talk) -> None:
        half_back.tap("step.done")
        half_back.say("outcome_partial", "前后一共退了150", returned=15_000)
        assert half_back.case.recovered_amount == 15_000

    def test_that_could_be_no_part_is_the_sum(self, half_back: Talk) -> None:
        half_back.tap("step.done")
        half_back.say("outcome_partial", "退了180", returned=18_000)
        assert half_back.case.recovered_amount == 18_000

    def test_of_the_same_sum_is_asked_back(self, half_back: Talk) -> None:
        half_back.say("outcome_partial", "我说了退了100", returned=10_000)
        assert half_back.asked == "confirm.part_again"
        half_back.tap("confirm.no")
        assert (half_back.case.recovered_amount, half_back.asked) == (10_000, "step.L3_platform")
        assert half_back.step("L3_platform").submitted_at is None

    def test_of_the_same_sum_is_added_when_it_came_again(self, half_back: Talk) -> None:
        half_back.tap("step.done")
        half_back.say("outcome_partial", "退了100", returned=10_000)
        half_back.tap("confirm.yes")
        assert (half_back.case.recovered_amount, half_back.asked) == (20_000, "confirm.close_refunded")

    def test_that_makes_it_whole_is_asked_back_before_closing(self, half_back: Talk) -> None:
        half_back.tap("step.done")
        half_back.say("outcome_partial", "又退了100", returned=10_000)
        assert half_back.asked == "confirm.close_refunded"
        half_back.tap("confirm.yes")
        assert half_back.case.outcome == "refunded"

    def test_is_not_lost_when_the_rest_is_still_missing(self, half_back: Talk) -> None:
        half_back.tap("step.done")
        half_back.say("outcome_partial", "又退了100", returned=10_000)
        half_back.tap("confirm.no")
        assert half_back.case.recovered_amount == 20_000
        assert half_back.asked == "outcome.L3_platform"


class TestCorrections:
    def test_replace_the_sum(self, half_back: Talk) -> None:
        half_back.say("correct", "不是退了100，是退了50", returned=5_000)
        assert half_back.case.recovered_amount == 5_000

    def test_of_what_was_paid_leave_what_came_back(self, half_back: Talk) -> None:
        half_back.say("correct", "不是付了200，是300", amount=30_000)
        assert (half_back.case.amount, half_back.case.recovered_amount) == (30_000, 10_000)


class TestMoneyThatIsSaidToBeThere:
    def test_but_is_less_is_a_part(self, waiting: Talk) -> None:
        waiting.say("outcome_refunded", "钱到了，退了100", returned=10_000)
        assert waiting.step("L2_demand").outcome == "partial"
        assert waiting.case.recovered_amount == 10_000

    def test_and_is_all_is_asked_back(self, waiting: Talk) -> None:
        waiting.say("outcome_partial", "退了200", returned=20_000)
        assert waiting.asked == "confirm.close_refunded"
        assert waiting.step("L2_demand").outcome is None
