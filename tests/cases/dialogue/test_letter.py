"""Letters: read, confirmed, and written anew when a fact changes."""

from typing import Any

import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


@pytest.fixture
def shown(talk: Talk) -> Talk:
    """The demand has been shown."""
    talk.reach_first_step()
    return talk


def versions(talk: Talk) -> list[tuple[int, bool]]:
    return [(made.version, made.confirmed_at is not None) for made in talk.case.documents if made.kind == "demand"]


def test_it_can_be_confirmed_and_the_step_stays_to_be_taken(shown: Talk) -> None:
    assert "document.ok" in shown.choices
    shown.tap("document.ok")
    assert versions(shown) == [(1, True)]
    assert shown.asked == "step.L2_demand"
    assert "document.ok" not in shown.choices


def test_a_changed_fact_makes_a_new_version_to_be_read(shown: Talk) -> None:
    shown.tap("document.ok")
    heard = shown.say("correct", "金额不对，是180", amount=18_000)
    assert versions(shown) == [(1, True), (2, False)]
    assert "180.00元" in heard
    assert "document.ok" in shown.choices


def test_a_fact_that_is_told_again_makes_none(shown: Talk) -> None:
    shown.tap("document.ok")
    shown.say("give_facts", "就是200块", amount=20_000)
    assert versions(shown) == [(1, True)]


def test_a_later_day_makes_none_of_a_confirmed_one(shown: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.tap("document.ok")
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-24T10:00:00")
    shown.say("greet", "我回来了")
    assert versions(shown) == [(1, True)]


def test_it_may_be_sent_unconfirmed(shown: Talk) -> None:
    shown.tap("step.done")
    assert shown.step("L2_demand").submitted_at is not None


def test_the_next_one_claims_what_is_still_open(shown: Talk) -> None:
    shown.tap("step.done")
    shown.say("outcome_partial", "退了50", returned=5_000)
    text = shown.case.documents[-1].text
    assert shown.case.documents[-1].kind == "platform"
    assert "150.00元" in text
