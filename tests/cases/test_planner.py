"""What comes next, from the case and the knowledge alone."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.knowledge import knowledge
from cases.knowledge.schema import ChainLink
from cases.models import Case, EvidenceItem, EvidenceState, Stage, Step
from cases.planner import Next, Planner

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
KNOWN: dict[str, Any] = {
    "dispute_kind": "not_delivered",
    "amount": 20_000,
    "platform": "极速卡盟",
    "paid_at": date(2026, 11, 18),
    "pay_channel": "wechat",
    "pay_method": "order",
    "order_no": "20261118001",
    "product": "话费",
}


def a_case(*, without: tuple[str, ...] = (), **facts: Any) -> Case:
    """A case whose intake is complete, but for what is named."""
    values = {name: value for name, value in {**KNOWN, **facts}.items() if name not in without}
    return Case(**{"stage": Stage.INTAKE, "unknown": [], "flags": [], **values})


def with_evidence(case: Case, **states: EvidenceState | tuple[EvidenceState, int]) -> Case:
    for requirement, state in states.items():
        state, parked = state if isinstance(state, tuple) else (state, 0)
        case.evidence.append(EvidenceItem(requirement_id=requirement, state=state, parked=parked))
    return case


def with_all_evidence(case: Case, state: EvidenceState = EvidenceState.PROVIDED) -> Case:
    required = Planner(case, knowledge()).plan.required
    return with_evidence(case, **dict.fromkeys(required, state))


def next_of(case: Case) -> Next:
    return Planner(case, knowledge()).next()


class TestFacts:
    def test_are_asked_first_in_the_order_of_the_file(self) -> None:
        expected = [fact.id for fact in knowledge().facts.values() if fact.intake and not fact.kinds]
        case = Case(stage=Stage.INTAKE, unknown=[], flags=[])
        assert list(Planner(case, knowledge()).missing_facts()) == expected
        assert next_of(case) == Next("fact", "dispute_kind")

    @pytest.mark.parametrize("fact", [pytest.param(name, id=name) for name in KNOWN])
    def test_are_asked_only_while_missing(self, fact: str) -> None:
        assert next_of(a_case(without=(fact,))) == Next("fact", fact)

    @pytest.mark.parametrize("fact", [pytest.param(name, id=name) for name in KNOWN])
    def test_that_the_person_does_not_know_are_not_asked_again(self, fact: str) -> None:
        assert next_of(a_case(without=(fact,), unknown=[fact])).kind != "fact"

    @pytest.mark.parametrize(
        ("kind", "asked"),
        [
            pytest.param("not_as_described", True, id="not as described"),
            pytest.param("not_delivered", False, id="not delivered"),
            pytest.param("merchant_gone", False, id="merchant gone"),
            pytest.param(None, False, id="kind unknown"),
        ],
    )
    def test_of_one_kind_are_asked_of_that_kind_alone(self, kind: str | None, asked: bool) -> None:
        case = a_case(dispute_kind=kind, unknown=["dispute_kind"])
        assert ("delivered_amount" in Planner(case, knowledge()).missing_facts()) is asked

    def test_the_merchants_name_is_taken_but_never_asked_for(self) -> None:
        assert "merchant" not in Planner(a_case(), knowledge()).missing_facts()


class TestEvidence:
    def test_comes_after_the_facts_one_piece_at_a_time(self) -> None:
        case = a_case()
        required = Planner(case, knowledge()).plan.required
        for requirement in required:
            assert next_of(case) == Next("evidence", requirement)
            with_evidence(case, **{requirement: EvidenceState.PROVIDED})
        assert next_of(case).kind == "step"

    @pytest.mark.parametrize(
        ("state", "asked"),
        [
            pytest.param(EvidenceState.ASKED, True, id="asked, not answered"),
            pytest.param(EvidenceState.PROVIDED, False, id="provided"),
            pytest.param(EvidenceState.UNAVAILABLE, False, id="not to be had"),
        ],
    )
    def test_is_asked_for_until_it_is_settled(self, state: EvidenceState, asked: bool) -> None:
        assert (next_of(with_evidence(a_case(), ev_order=state)) == Next("evidence", "ev_order")) is asked

    def test_put_off_comes_back_once_after_everything_else(self) -> None:
        case = with_all_evidence(a_case())
        case.evidence[0].state, case.evidence[0].parked = EvidenceState.LATER, 1
        assert next_of(case) == Next("evidence", "ev_order")
        case.evidence[0].parked = 2
        assert next_of(case).kind == "step"

    def test_put_off_waits_for_what_was_not_asked_yet(self) -> None:
        case = with_evidence(a_case(), ev_order=(EvidenceState.LATER, 1))
        assert next_of(case) == Next("evidence", Planner(case, knowledge()).plan.required[1])

    def test_that_only_strengthens_is_not_asked_for(self) -> None:
        case = with_all_evidence(a_case())
        plan = Planner(case, knowledge()).plan
        assert plan.strengthens
        assert next_of(case).kind == "step"

    def test_is_not_asked_for_once_the_ladder_is_begun(self) -> None:
        case = a_case()
        case.steps.append(Step(rung_id="L2_demand", proposed_at=NOW))
        assert next_of(case) == Next("step", "L2_demand")

    def test_of_a_late_refund_comes_before_that_of_the_kind_and_nothing_twice(self) -> None:
        plan = Planner(a_case(track="refund_delayed"), knowledge()).plan
        track = knowledge().tracks["refund_delayed"].evidence.required
        assert plan.required[: len(track)] == track
        assert len(set(plan.required)) == len(plan.required)
        assert not set(plan.required) & set(plan.strengthens)

    def test_without_a_kind_it_is_what_every_kind_needs(self) -> None:
        case = a_case(dispute_kind=None, unknown=["dispute_kind"])
        assert Planner(case, knowledge()).plan.required == ("ev_order", "ev_payment")

    def test_gaps_are_what_is_not_there_whatever_the_reason(self) -> None:
        case = with_evidence(a_case(), ev_order=EvidenceState.PROVIDED, ev_payment=EvidenceState.UNAVAILABLE)
        planner = Planner(case, knowledge())
        assert set(planner.plan.required) - set(planner.gaps()) == {"ev_order"}

    def test_the_chain_counts_each_link(self) -> None:
        case = with_evidence(a_case(), ev_order=EvidenceState.PROVIDED, ev_chat=EvidenceState.LATER)
        assert Planner(case, knowledge()).chain() == {
            ChainLink.TRANSACTION: (1, 2),
            ChainLink.PROBLEM: (0, 1),
            ChainLink.CONTACT: (0, 1),
        }


class TestLadder:
    def climb(self, case: Case) -> list[str]:
        """Take every step that is proposed, each without success."""
        taken: list[str] = []
        while (following := next_of(case)).kind == "step":
            taken.append(following.id)
            case.steps.append(Step(rung_id=following.id, proposed_at=NOW, submitted_at=NOW, outcome="refused"))
            assert len(taken) < 20
        assert following == Next("closed", "exhausted")
        return taken

    @pytest.mark.parametrize("kind", [pytest.param(kind, id=kind) for kind in knowledge().kinds])
    def test_each_kind_goes_its_own_way_to_the_end(self, kind: str) -> None:
        case = with_all_evidence(a_case(dispute_kind=kind, delivered_amount=5_000))
        assert self.climb(case) == list(knowledge().kinds[kind].route)

    def test_missing_evidence_does_not_hold_it_up(self) -> None:
        case = with_all_evidence(a_case(), EvidenceState.UNAVAILABLE)
        assert next_of(case) == Next("step", "L2_demand")

    @pytest.mark.parametrize(
        ("pay_method", "open_"),
        [
            pytest.param("order", True, id="paid to a merchant"),
            pytest.param("personal", False, id="sent to a person"),
            pytest.param(None, False, id="nobody knows"),
        ],
    )
    def test_the_payment_complaint_is_for_payments_to_merchants(self, pay_method: str | None, open_: bool) -> None:
        case = with_all_evidence(a_case(pay_method=pay_method, unknown=["pay_method"]))
        assert ("L4_payment" in self.climb(case)) is open_

    def test_a_step_is_proposed_until_it_is_done_then_waited_for(self) -> None:
        case = with_all_evidence(a_case())
        case.steps.append(Step(rung_id="L2_demand", proposed_at=NOW))
        assert next_of(case) == Next("step", "L2_demand")
        case.steps[0].submitted_at = NOW
        assert next_of(case) == Next("outcome", "L2_demand")
        case.steps[0].outcome = "refused"
        assert next_of(case) == Next("step", "L3_platform")

    @pytest.mark.parametrize(
        ("kind", "route_of"),
        [
            pytest.param("not_delivered", "refund_delayed", id="a late refund goes the way of late refunds"),
            pytest.param(None, "refund_delayed", id="without a kind too"),
            pytest.param("merchant_gone", "merchant_gone", id="unless the merchant is gone"),
        ],
    )
    def test_a_late_refund_changes_the_way(self, kind: str | None, route_of: str) -> None:
        case = a_case(dispute_kind=kind, track="refund_delayed")
        entry = knowledge().tracks.get(route_of) or knowledge().kinds[route_of]
        assert Planner(case, knowledge()).route == entry.route


def test_a_closed_case_needs_nothing() -> None:
    assert next_of(a_case(stage=Stage.CLOSED, outcome="refunded")) == Next("closed", "refunded")


@given(
    st.sets(st.sampled_from(sorted(KNOWN))),
    st.sets(st.sampled_from(sorted(KNOWN))),
    st.sampled_from([None, "refund_delayed"]),
)
def test_nothing_known_or_unknown_is_ever_asked(missing: set[str], unknown: set[str], track: str | None) -> None:
    case = a_case(without=tuple(missing), unknown=sorted(unknown), track=track)
    following = next_of(case)
    if following.kind == "fact":
        assert following.id in missing - unknown
