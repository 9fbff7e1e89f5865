"""Which evidence a case needs, and which piece is asked for now."""

from dataclasses import replace
from typing import Any

import pytest

from cases.evidence.plan import EvidenceNeeds
from cases.knowledge import knowledge
from cases.knowledge.schema import ChainLink, EvidencePlan
from cases.models import Case, EvidenceItem, EvidenceState

NOT_DELIVERED = knowledge().kinds["not_delivered"].evidence


def a_case(**facts: Any) -> Case:
    return Case(**{"dispute_kind": "not_delivered", "unknown": [], "flags": [], "also": [], **facts})


def with_evidence(case: Case, **states: EvidenceState | tuple[EvidenceState, int]) -> Case:
    for requirement, state in states.items():
        state, parked = state if isinstance(state, tuple) else (state, 0)
        case.evidence.append(EvidenceItem(requirement_id=requirement, state=state, parked=parked))
    return case


def needs(case: Case) -> EvidenceNeeds:
    return EvidenceNeeds(case, knowledge())


def plan_of(**facts: Any) -> EvidencePlan:
    return needs(a_case(**facts)).plan


class TestWhatACaseNeeds:
    @pytest.mark.parametrize("kind", list(knowledge().kinds))
    def test_is_what_its_kind_needs(self, kind: str) -> None:
        assert plan_of(dispute_kind=kind) == knowledge().kinds[kind].evidence

    def test_is_the_sub_kinds_own_where_it_has_one(self) -> None:
        [used] = [subkind for subkind in knowledge().kinds["not_delivered"].subkinds if subkind.id == "ci_used"]
        assert used.evidence is not None
        assert plan_of(subkind="ci_used") == used.evidence
        assert "ev_card_error" in plan_of(subkind="ci_used").required

    def test_is_the_kinds_where_the_sub_kind_has_none(self) -> None:
        assert plan_of(subkind="nd_delayed") == NOT_DELIVERED

    def test_of_a_late_refund_comes_before_that_of_the_kind_and_nothing_twice(self) -> None:
        plan = plan_of(track="refund_delayed")
        track = knowledge().tracks["refund_delayed"].evidence.required
        assert plan.required[: len(track)] == track
        assert set(plan.required) == {*track, *NOT_DELIVERED.required}
        assert len(set(plan.required)) == len(plan.required)
        assert not set(plan.required) & set(plan.strengthens)

    def test_of_a_late_refund_alone_is_the_tracks(self) -> None:
        assert plan_of(dispute_kind=None, track="refund_delayed") == knowledge().tracks["refund_delayed"].evidence

    def test_without_a_kind_is_what_every_kind_needs(self) -> None:
        assert plan_of(dispute_kind=None) == EvidencePlan(required=("ev_order", "ev_payment"))

    def test_begins_with_what_a_guard_calls_for(self) -> None:
        guard = knowledge().guards["p_minor"]
        called_for = EvidencePlan(required=("ev_minor", "ev_order"), strengthens=("ev_chat",))
        guards = {**knowledge().guards, guard.id: guard.model_copy(update={"evidence": called_for})}
        plan = EvidenceNeeds(a_case(flags=["p_minor"]), replace(knowledge(), guards=guards)).plan
        assert plan.required == ("ev_minor", "ev_order", "ev_payment", "ev_abnormal_topup", "ev_chat")
        assert not set(plan.required) & set(plan.strengthens)

    def test_is_not_changed_by_a_flag_that_no_guard_has(self) -> None:
        assert plan_of(flags=["p_of_an_older_version"]) == NOT_DELIVERED


class TestAskingForIt:
    def test_goes_one_piece_at_a_time_in_the_order_of_the_plan(self) -> None:
        case, asked = a_case(), []
        while (requirement := needs(case).to_ask()) is not None:
            asked.append(requirement)
            with_evidence(case, **{requirement: EvidenceState.PROVIDED})
        assert tuple(asked) == NOT_DELIVERED.required

    @pytest.mark.parametrize(
        ("state", "asked"),
        [
            pytest.param(EvidenceState.ASKED, True, id="asked, not answered"),
            pytest.param(EvidenceState.PROVIDED, False, id="provided"),
            pytest.param(EvidenceState.UNAVAILABLE, False, id="not to be had"),
            pytest.param(EvidenceState.LATER, False, id="put off, while others are open"),
        ],
    )
    def test_goes_on_until_it_is_settled(self, state: EvidenceState, asked: bool) -> None:
        case = with_evidence(a_case(), ev_order=(state, 1))
        assert (needs(case).to_ask() == "ev_order") is asked

    def test_comes_back_once_to_what_was_put_off_after_everything_else(self) -> None:
        first, *rest = NOT_DELIVERED.required
        case = with_evidence(a_case(), **{first: (EvidenceState.LATER, 1)})
        with_evidence(case, **dict.fromkeys(rest, EvidenceState.PROVIDED))
        assert needs(case).to_ask() == first
        case.evidence[0].parked = 2
        assert needs(case).to_ask() is None

    def test_leaves_out_what_only_strengthens(self) -> None:
        case = with_evidence(a_case(), **dict.fromkeys(NOT_DELIVERED.required, EvidenceState.PROVIDED))
        assert needs(case).plan.strengthens
        assert needs(case).to_ask() is None

    def test_keeps_what_was_given_when_the_kind_changes(self) -> None:
        case = with_evidence(a_case(), ev_order=EvidenceState.PROVIDED, ev_payment=EvidenceState.UNAVAILABLE)
        case.dispute_kind = "merchant_gone"
        assert needs(case).to_ask() == "ev_payee"


class TestWhatIsMissing:
    def test_is_whatever_is_not_there_for_whatever_reason(self) -> None:
        case = with_evidence(
            a_case(),
            ev_order=EvidenceState.PROVIDED,
            ev_payment=EvidenceState.UNAVAILABLE,
            ev_abnormal_topup=(EvidenceState.LATER, 1),
        )
        assert needs(case).gaps() == ["ev_payment", "ev_abnormal_topup", "ev_chat"]

    def test_of_a_channel_is_only_what_that_channel_demands(self) -> None:
        case = with_evidence(a_case(), ev_order=EvidenceState.PROVIDED)
        channel, demanded = "ch_12315", knowledge().evidence
        gaps = needs(case).gaps_for(channel)
        assert "ev_payment" in gaps
        assert "ev_order" not in gaps
        assert all(demanded[id_].channels[channel] == "required" for id_ in gaps)

    def test_of_a_channel_counts_what_elsewhere_only_strengthens(self) -> None:
        assert "ev_payee" in NOT_DELIVERED.strengthens
        assert "ev_payee" in needs(a_case()).gaps_for("ch_12315")
        assert "ev_payee" not in needs(a_case()).gaps()

    def test_the_state_of_what_nobody_spoke_of_is_open(self) -> None:
        assert needs(a_case()).state_of("ev_order") == "open"


def test_the_chain_counts_each_link() -> None:
    case = with_evidence(a_case(), ev_order=EvidenceState.PROVIDED, ev_chat=(EvidenceState.LATER, 1))
    assert needs(case).chain() == {
        ChainLink.TRANSACTION: (1, 2),
        ChainLink.PROBLEM: (0, 1),
        ChainLink.CONTACT: (0, 1),
    }
