"""What a condition of the procedure asks of a case."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.knowledge.procedure import Condition
from cases.models import Case, Step
from cases.situation import Situation

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def a_case(**facts: Any) -> Case:
    return Case(**{"unknown": [], "flags": [], "also": [], **facts})


def a_step(rung: str, outcome: str | None = None, *, taken: bool = True) -> Step:
    return Step(rung_id=rung, attempt=1, proposed_at=NOW, submitted_at=NOW if taken else None, outcome=outcome)


def holds(case: Case, *, today: date = TODAY, **condition: Any) -> bool:
    return Situation(case, today).hold((Condition(**condition),))


class TestAFact:
    @pytest.mark.parametrize(
        ("pay_method", "condition", "expected"),
        [
            pytest.param("order", {}, True, id="known"),
            pytest.param(None, {}, False, id="not known"),
            pytest.param("order", {"any_of": ("order",)}, True, id="one of those allowed"),
            pytest.param("personal", {"any_of": ("order",)}, False, id="not one of those allowed"),
            pytest.param(None, {"any_of": ("order",)}, False, id="allowed values, not known"),
            pytest.param("personal", {"none_of": ("personal",)}, False, id="one of those excluded"),
            pytest.param("order", {"none_of": ("personal",)}, True, id="not one of those excluded"),
            pytest.param(None, {"none_of": ("personal",)}, True, id="excluded values, not known"),
        ],
    )
    def test_is_held_against_its_values(
        self, pay_method: str | None, condition: dict[str, Any], expected: bool
    ) -> None:
        assert holds(a_case(pay_method=pay_method), fact="pay_method", **condition) is expected

    @pytest.mark.parametrize(
        ("amount", "expected"),
        [
            pytest.param(1, True, id="less"),
            pytest.param(20_000, True, id="exactly as much"),
            pytest.param(20_001, False, id="one 分 more"),
            pytest.param(None, False, id="not known"),
        ],
    )
    def test_may_be_at_most(self, amount: int | None, expected: bool) -> None:
        assert holds(a_case(amount=amount), fact="amount", at_most=20_000) is expected

    @pytest.mark.parametrize(
        ("paid_at", "today", "expected"),
        [
            pytest.param("2026-11-18", "2026-11-22", True, id="last week"),
            pytest.param("2023-11-22", "2026-11-22", True, id="three years ago to the day"),
            pytest.param("2023-11-21", "2026-11-22", False, id="a day longer ago"),
            pytest.param(None, "2026-11-22", True, id="nobody knows when"),
            pytest.param("2025-02-28", "2028-02-29", True, id="counted back from a leap day"),
            pytest.param("2025-02-27", "2028-02-29", False, id="a day longer ago, from a leap day"),
        ],
    )
    def test_may_lie_within_years(self, paid_at: str | None, today: str, expected: bool) -> None:
        case = a_case(paid_at=date.fromisoformat(paid_at) if paid_at else None)
        assert holds(case, fact="paid_at", within_years=3, today=date.fromisoformat(today)) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param({"flag": "p_minor"}, True, id="noticed"),
        pytest.param({"flag": "p_reseller"}, False, id="not noticed"),
        pytest.param({"no_flag": "p_minor"}, False, id="must not be, but was"),
        pytest.param({"no_flag": "p_reseller"}, True, id="must not be, and was not"),
    ],
)
def test_a_guard_was_noticed_or_was_not(condition: dict[str, Any], expected: bool) -> None:
    assert holds(a_case(flags=["p_minor"]), **condition) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"dispute_kind": "merchant_gone"}, True, id="the main one"),
        pytest.param({"dispute_kind": "not_delivered", "also": ["merchant_gone"]}, True, id="one beside it"),
        pytest.param({"dispute_kind": "not_delivered", "track": "merchant_gone"}, True, id="the track"),
        pytest.param({"dispute_kind": "not_delivered"}, False, id="another one"),
        pytest.param({}, False, id="none"),
    ],
)
def test_a_grievance_counts_wherever_it_was_made(facts: dict[str, Any], expected: bool) -> None:
    assert holds(a_case(**facts), grievance="merchant_gone") is expected


class TestARung:
    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            pytest.param([], False, id="never proposed"),
            pytest.param([a_step("L10_court", taken=False)], False, id="only proposed"),
            pytest.param([a_step("L10_court")], False, id="without an outcome yet"),
            pytest.param([a_step("L10_court", "lost")], False, id="with another outcome"),
            pytest.param([a_step("L10_court", "won")], True, id="with one that counts"),
            pytest.param([a_step("L10_court", "not_docketed"), a_step("L10_court", "won")], True, id="the last time"),
            pytest.param([a_step("L10_court", "won"), a_step("L10_court", "lost")], False, id="only the time before"),
        ],
    )
    def test_was_taken_with_an_outcome(self, steps: list[Step], expected: bool) -> None:
        case = a_case()
        case.steps.extend(steps)
        assert holds(case, taken="L10_court", any_of=("won", "settled")) is expected

    def test_was_taken_whatever_came_of_it(self) -> None:
        case = a_case()
        case.steps.append(a_step("L2_demand"))
        assert holds(case, taken="L2_demand")

    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            pytest.param([], True, id="never proposed"),
            pytest.param([a_step("L6_12315", taken=False)], True, id="only proposed"),
            pytest.param([a_step("L6_12315")], False, id="taken and waited for"),
            pytest.param([a_step("L6_12315", "mediation_failed")], False, id="taken, with an outcome that counts"),
            pytest.param([a_step("L6_12315", "not_accepted_materials")], True, id="with one that undoes it"),
        ],
    )
    def test_was_not_taken(self, steps: list[Step], expected: bool) -> None:
        case = a_case()
        case.steps.extend(steps)
        assert holds(case, not_taken="L6_12315", unless=("not_accepted_materials",)) is expected


class TestSeveralConditions:
    GONE = Condition(grievance="merchant_gone")
    PERSONAL = Condition(fact="pay_method", any_of=("personal",))

    def test_must_all_hold(self) -> None:
        both = a_case(dispute_kind="merchant_gone", pay_method="personal")
        one = a_case(dispute_kind="merchant_gone", pay_method="order")
        assert Situation(both, TODAY).hold((self.GONE, self.PERSONAL))
        assert not Situation(one, TODAY).hold((self.GONE, self.PERSONAL))

    def test_the_first_that_fails_is_the_one_that_is_told(self) -> None:
        situation = Situation(a_case(), TODAY)
        assert situation.failing((self.PERSONAL, self.GONE)) == self.PERSONAL
        assert situation.failing((self.GONE, self.PERSONAL)) == self.GONE

    def test_none_at_all_always_hold(self) -> None:
        assert Situation(a_case(), TODAY).hold(())
