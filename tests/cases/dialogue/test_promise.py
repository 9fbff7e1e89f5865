"""A promise is not yet money: it is watched, until the day that was named or as long as refunds usually take."""

from datetime import date, datetime
from typing import Any

import pytest

from cases.clock import SHANGHAI
from cases.knowledge import knowledge

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any
FRIDAY = date(2026, 11, 27)
END_OF_FRIDAY = datetime(2026, 11, 27, 23, 59, 59, tzinfo=SHANGHAI)
SEVEN_WORKING_DAYS = datetime(2026, 12, 1, 23, 59, 59, tzinfo=SHANGHAI)


@pytest.fixture
def promised(talk: Talk) -> Talk:
    """The merchant has promised the money for Friday."""
    talk.wait_for_merchant()
    talk.say("outcome_promised", "他们说周五退", days=(FRIDAY,))
    return talk


def test_it_is_watched_at_once_without_a_step_to_take(promised: Talk) -> None:
    assert promised.step("L2_demand").outcome == "promised"
    assert promised.step("CLOSE_WATCH").submitted_at is not None
    assert promised.asked == "outcome.CLOSE_WATCH"


def test_until_the_day_that_was_named(promised: Talk) -> None:
    watch = promised.step("CLOSE_WATCH")
    assert (watch.promised_for, watch.due_at) == (FRIDAY, END_OF_FRIDAY)
    assert "11月27日" in promised.heard


def test_without_a_day_as_long_as_refunds_take(talk: Talk) -> None:
    talk.wait_for_merchant()
    heard = talk.tap("outcome.promised")
    assert talk.step("CLOSE_WATCH").due_at == SEVEN_WORKING_DAYS
    assert "12月1日（惯例，不是法定期限）" in heard


def test_a_day_may_be_told_later(talk: Talk) -> None:
    talk.wait_for_merchant()
    talk.tap("outcome.promised")
    heard = talk.say("give_facts", "他们说的是周五", days=(FRIDAY,))
    assert talk.step("CLOSE_WATCH").due_at == END_OF_FRIDAY
    assert "11月27日" in heard


def test_the_refund_counts_as_requested_since_the_demand(promised: Talk) -> None:
    assert promised.case.refund_requested_at == date(2026, 11, 22)


def test_nobody_is_asked_as_if_they_owed_themselves_an_answer(promised: Talk) -> None:
    assert "自己" not in promised.heard


def test_that_is_broken_leads_to_the_next_rung_and_makes_it_a_late_refund(promised: Talk) -> None:
    promised.say("refund_delayed", "周五过了，还是没到")
    assert promised.step("CLOSE_WATCH").outcome == "not_arrived"
    assert (promised.case.track, promised.asked) == ("refund_delayed", "step.L3_platform")


def test_made_anew_moves_the_day_and_not_the_case(promised: Talk) -> None:
    promised.say("outcome_promised", "又说下周三退", days=(date(2026, 12, 2),))
    watches = [step for step in promised.case.steps if step.rung_id == "CLOSE_WATCH"]
    assert [watch.promised_for for watch in watches] == [date(2026, 12, 2)]
    assert promised.asked == "outcome.CLOSE_WATCH"


def test_repeated_without_a_day_keeps_the_day(promised: Talk) -> None:
    promised.say("outcome_promised", "反正说会退的")
    assert promised.step("CLOSE_WATCH").due_at == END_OF_FRIDAY


def test_that_is_kept_ends_the_case(promised: Talk) -> None:
    promised.say("outcome_refunded", "钱到了")
    promised.say("affirm", "对")
    assert promised.step("CLOSE_WATCH").outcome == "refunded"
    assert promised.case.outcome == "refunded"


def test_by_another_while_nothing_is_open_is_watched_too(talk: Talk) -> None:
    talk.climb_to("L4_payment")
    talk.tap("step.done")
    talk.tap("outcome.refused")
    assert talk.asked == "fact.purpose"
    talk.say("outcome_promised", "平台又说周五退", days=(FRIDAY,))
    assert talk.step("CLOSE_WATCH").promised_for == FRIDAY


def test_of_the_rest_beside_a_part_is_watched_and_the_part_is_kept(talk: Talk) -> None:
    talk.wait_for_merchant()
    talk.say("outcome_partial", "退了50，剩下的周五退", days=(FRIDAY,), returned=5_000)
    assert talk.case.recovered_amount == 5_000
    assert talk.step("CLOSE_WATCH").promised_for == FRIDAY


@pytest.mark.parametrize(
    ("rung", "outcome"),
    [
        pytest.param(rung.id, outcome, id=f"{rung.id}-{outcome}")
        for rung in knowledge().rungs.values()
        for outcome in rung.outcomes
        if rung.id in ("L2_demand", "L3_platform", "L4_payment", "L6_12315")
        and knowledge().outcomes[outcome].money == "promised"
        and rung.outcomes[outcome].period != "second"
    ],
)
def test_whoever_makes_it_the_money_is_watched(talk: Talk, rung: str, outcome: str) -> None:
    talk.wait_for(rung)
    talk.tap(f"outcome.{outcome}")
    assert talk.asked == "outcome.CLOSE_WATCH"
