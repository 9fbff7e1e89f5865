"""What comes next, from the case, the knowledge and the day alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.knowledge import knowledge
from cases.ladder import MAX_ATTEMPTS, Option
from cases.models import Case, EvidenceItem, EvidenceState, Stage, Step
from cases.planner import Next, Planner
from cases.steps import service as steps

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
TODAY = date(2026, 11, 22)
INTAKE: dict[str, Any] = {
    "dispute_kind": "not_delivered",
    "amount": 50_000,
    "platform": "极速卡盟",
    "paid_at": date(2026, 11, 18),
    "pay_channel": "wechat",
    "pay_method": "order",
    "order_no": "20261118001",
    "product": "话费",
}
FOR_12315: dict[str, Any] = {"purpose": "own", "operator": "某某科技有限公司", "operator_address": "某市某区某路1号"}
NOT_ASKED: dict[str, Any] = {"operator": None, "operator_address": None, "unknown": ["operator", "operator_address"]}


def a_case(*, without: tuple[str, ...] = (), **facts: Any) -> Case:
    """A case whose intake is complete, but for what is named."""
    values = {name: value for name, value in {**INTAKE, **facts}.items() if name not in without}
    return Case(**{"stage": Stage.INTAKE, "unknown": [], "flags": [], "also": [], **values})


def with_evidence(case: Case, **states: EvidenceState) -> Case:
    for requirement, state in states.items():
        case.evidence.append(EvidenceItem(requirement_id=requirement, state=state, parked=0))
    return case


def with_all_evidence(case: Case, state: EvidenceState = EvidenceState.PROVIDED) -> Case:
    open_ = [id_ for id_ in planner(case).evidence.plan.required if planner(case).evidence.state_of(id_) == "open"]
    return with_evidence(case, **dict.fromkeys(open_, state))


def ready(**facts: Any) -> Case:
    """A case with every fact that 12315 wants and all evidence: only the ladder is left."""
    return with_all_evidence(a_case(**{**FOR_12315, **facts}))


def proposed(case: Case, rung: str) -> Case:
    attempt = 1 + sum(step.rung_id == rung for step in case.steps)
    case.steps.append(Step(id=len(case.steps) + 1, rung_id=rung, attempt=attempt, proposed_at=NOW))
    return case


def submitted(case: Case, rung: str) -> Case:
    proposed(case, rung).steps[-1].submitted_at = NOW
    return case


def finished(case: Case, *ends: str) -> Case:
    """The case with steps taken one after another: `L2_demand refused`."""
    for end in ends:
        rung, outcome = end.split()
        step = submitted(case, rung).steps[-1]
        step.outcome, step.outcome_at = outcome, NOW + timedelta(hours=len(case.steps))
    return case


def planner(case: Case) -> Planner:
    return Planner(case, knowledge(), TODAY)


def next_of(case: Case) -> Next:
    return planner(case).next()


def option(case: Case, rung: str) -> Option | None:
    return next((found for found in planner(case).alternatives() if found.rung.id == rung), None)


def climb(case: Case, outcome: str = "no_reply") -> list[str]:
    """Take every step that comes next, each ending alike; answer no question."""
    taken: list[str] = []
    while (following := next_of(case)).kind == "step":
        taken.append(following.id)
        finished(case, f"{following.id} {outcome}")
        assert len(taken) < 30
    return taken


class TestFacts:
    def test_are_asked_first_in_the_order_of_the_file(self) -> None:
        everywhere = [f.id for f in knowledge().facts.values() if f.intake and not f.kinds and not f.tracks]
        case = Case(stage=Stage.INTAKE, unknown=[], flags=[], also=[])
        assert list(planner(case).missing_facts()) == everywhere
        assert next_of(case) == Next("fact", "dispute_kind")

    @pytest.mark.parametrize("fact", list(INTAKE))
    def test_are_asked_only_while_missing(self, fact: str) -> None:
        assert next_of(a_case(without=(fact,))) == Next("fact", fact)

    @pytest.mark.parametrize("fact", list(INTAKE))
    def test_that_the_person_does_not_know_are_not_asked_again(self, fact: str) -> None:
        assert next_of(a_case(without=(fact,), unknown=[fact])).kind != "fact"

    @pytest.mark.parametrize(
        ("facts", "fact", "asked"),
        [
            pytest.param({"dispute_kind": "not_as_described"}, "delivered_amount", True, id="what came, of what came"),
            pytest.param({"dispute_kind": "not_delivered"}, "delivered_amount", False, id="not of what never came"),
            pytest.param({"dispute_kind": None}, "delivered_amount", False, id="not while the kind is unknown"),
            pytest.param({"track": "refund_delayed"}, "refund_requested_at", True, id="since when a refund is late"),
            pytest.param({}, "refund_requested_at", False, id="not where no refund is late"),
            pytest.param({"dispute_kind": None, "flags": ["p_minor"]}, "dispute_kind", False, id="no kind of a minor"),
            pytest.param({"dispute_kind": None, "flags": ["p_reseller"]}, "dispute_kind", True, id="but of a reseller"),
        ],
    )
    def test_are_asked_where_they_belong(self, facts: dict[str, Any], fact: str, asked: bool) -> None:
        assert (fact in planner(a_case(**facts)).missing_facts()) is asked

    @pytest.mark.parametrize("fact", ["merchant", "contact_attempts", "purpose", "operator", "recovered_amount"])
    def test_that_only_a_later_step_needs_are_no_part_of_the_intake(self, fact: str) -> None:
        assert fact not in planner(Case(stage=Stage.INTAKE, unknown=[], flags=[], also=[])).missing_facts()

    def test_of_the_intake_are_not_asked_any_more_once_a_step_is_taken(self) -> None:
        assert next_of(submitted(a_case(without=("order_no",)), "L2_demand")) == Next("outcome", "L2_demand")


class TestEvidence:
    def test_comes_after_the_facts_one_piece_at_a_time(self) -> None:
        case = a_case()
        for requirement in planner(case).evidence.plan.required:
            assert next_of(case) == Next("evidence", requirement)
            with_evidence(case, **{requirement: EvidenceState.PROVIDED})
        assert next_of(case) == Next("step", "L2_demand")

    def test_that_is_not_to_be_had_holds_nothing_up(self) -> None:
        assert next_of(with_all_evidence(a_case(), EvidenceState.UNAVAILABLE)) == Next("step", "L2_demand")

    def test_is_not_asked_for_once_the_ladder_is_begun(self) -> None:
        assert next_of(proposed(a_case(), "L2_demand")) == Next("step", "L2_demand")
        assert next_of(finished(a_case(), "L2_demand gone", "L3_platform refused")) == Next("step", "L4_payment")

    def test_waits_until_the_loss_is_stopped(self) -> None:
        case = a_case(flags=["p_second_fee"], **FOR_12315)
        ends = ("L0_stop_loss done", "L9_police filed", "L4_payment refused")
        assert next_of(finished(case, *ends)) == Next("evidence", planner(case).evidence.plan.required[0])


class TestAStep:
    def test_is_proposed_until_it_is_taken_then_waited_for(self) -> None:
        case = proposed(ready(), "L2_demand")
        assert next_of(case) == Next("step", "L2_demand")
        case.steps[0].submitted_at = NOW
        assert next_of(case) == Next("outcome", "L2_demand")
        case.steps[0].outcome, case.steps[0].outcome_at = "refused", NOW
        assert next_of(case) == Next("step", "L3_platform")

    def test_that_the_person_chose_instead_comes_before_the_one_that_was_proposed(self) -> None:
        case = proposed(proposed(ready(), "L2_demand"), "L8_public")
        assert next_of(case) == Next("step", "L8_public")
        case.steps[-1].submitted_at = case.steps[-1].outcome_at = NOW
        case.steps[-1].outcome = steps.DONE
        assert next_of(case) == Next("step", "L2_demand")

    def test_that_is_still_to_be_taken_comes_before_one_that_waits(self) -> None:
        assert next_of(proposed(submitted(ready(), "L2_demand"), "L8_public")) == Next("step", "L8_public")

    def test_whose_time_is_up_first_is_asked_about_first(self) -> None:
        case = submitted(submitted(submitted(ready(), "L9_police"), "L3_platform"), "L4_payment")
        case.steps[1].due_at = NOW + timedelta(days=9)
        case.steps[2].due_at = NOW + timedelta(days=3)
        assert next_of(case) == Next("outcome", "L4_payment")
        case.steps[2].outcome = "refused"
        assert next_of(case) == Next("outcome", "L3_platform")
        case.steps[1].outcome = "refused"
        assert next_of(case) == Next("outcome", "L9_police")

    def test_asks_first_for_what_it_needs_and_names_itself(self) -> None:
        case = with_all_evidence(a_case(amount=20_000))
        finished(case, "L2_demand refused", "L3_platform refused", "L4_payment refused")
        assert next_of(case) == Next("fact", "purpose", "L6_12315")
        case.purpose = "own"
        assert next_of(case) == Next("fact", "operator", "L6_12315")
        case.operator = "某某科技有限公司"
        assert next_of(case) == Next("fact", "operator_address", "L6_12315")
        case.operator_address = "某市某区某路1号"
        assert next_of(case) == Next("step", "L6_12315")

    def test_asks_for_it_though_it_was_proposed_before_and_the_fact_was_lost(self) -> None:
        assert next_of(proposed(ready(operator=None), "L6_12315")) == Next("fact", "operator", "L6_12315")


WAYS = {
    "the usual": ({}, "L2_demand L3_platform L4_payment L5_final_demand L6_12315 L10_court"),
    "a small amount": ({"amount": 20_000}, "L2_demand L3_platform L4_payment L6_12315 L10_court"),
    "sent to a person": ({"pay_method": "personal"}, "L2_demand L3_platform L9_police L6_12315 L10_court"),
    "the merchant is gone": (
        {"dispute_kind": "merchant_gone"},
        "L4_payment L9_police L3_platform L6_12315 L10_court",
    ),
    "gone, sent to a person": (
        {"dispute_kind": "merchant_gone", "pay_method": "personal"},
        "L9_police L3_platform L6_12315 L10_court",
    ),
    "a fee first": (
        {"flags": ["p_second_fee"]},
        "L0_stop_loss L9_police L4_payment L3_platform L6_12315 L10_court",
    ),
    "a fee first, sent to a person": (
        {"flags": ["p_second_fee"], "pay_method": "personal"},
        "L0_stop_loss L9_police L3_platform L6_12315 L10_court",
    ),
    "not paid by oneself": ({"flags": ["p_unauthorized"]}, "L0_stop_loss L4b_unauthorized L9_police"),
    "paid by a child": ({"flags": ["p_minor"]}, "L2_demand L3_platform L4_payment L6_12315 L10_court"),
    "a reseller": ({"flags": ["p_reseller"]}, "L2_demand L3_platform L4_payment L5_final_demand L10_court"),
    "to resell": ({"purpose": "resale"}, "L2_demand L3_platform L4_payment L5_final_demand L10_court"),
    "illegal goods": ({"flags": ["p_illegal_goods"]}, "L9_police L10_court"),
}


@pytest.mark.parametrize(("facts", "rungs"), WAYS.values(), ids=WAYS.keys())
def test_a_case_whose_steps_all_fail_climbs_its_way_to_the_end(facts: dict[str, Any], rungs: str) -> None:
    case = ready(**facts)
    climbed = list(dict.fromkeys(climb(case)))
    assert climbed == rungs.split()
    assert next_of(case) == Next("handed_on", "exhausted")


class TestTheIssuesRules:
    def test_the_association_first_blocks_12315_and_the_case_goes_on_to_court(self) -> None:
        case = ready(amount=20_000)
        finished(case, "L2_demand refused", "L3_platform refused", "L4_payment refused", "L7_association no_reply")
        blocked = option(case, "L6_12315")
        assert blocked is not None
        assert "消协" in (blocked.closed or "")
        assert next_of(case) == Next("step", "L10_court")

    def test_payments_to_a_person_have_no_merchant_complaint(self) -> None:
        assert "L4_payment" not in climb(ready(pay_method="personal"))
        scam = option(ready(pay_method="personal", flags=["p_second_fee"]), "L4_payment")
        assert scam is not None
        assert "个人码" in (scam.closed or "")

    def test_a_transfer_that_turns_out_to_be_personal_leads_to_the_platform_and_the_police(self) -> None:
        case = finished(ready(), "L2_demand refused", "L3_platform refused", "L4_payment personal_transfer")
        assert next_of(case) == Next("step", "L9_police")

    @pytest.mark.parametrize("facts", [{"flags": ["p_reseller"]}, {"purpose": "resale"}], ids=["noticed", "told"])
    def test_resellers_are_not_consumers_and_go_the_way_of_the_contract(self, facts: dict[str, Any]) -> None:
        assert "合同" in planner(ready(**facts)).why()
        assert "L6_12315" not in climb(ready(**facts))
        assert option(ready(**facts), "L6_12315") is None

    def test_a_platform_that_names_no_merchant_answers_itself(self) -> None:
        case = finished(ready(), "L2_demand refused", "L3_platform no_identity")
        assert next_of(case) == Next("step", "L6_12315")
        assert next_of(finished(case, "L6_12315 mediation_failed")) == Next("step", "L10_court")

    def test_it_is_court_at_once_where_12315_is_not_for_them(self) -> None:
        case = finished(ready(flags=["p_reseller"]), "L2_demand refused", "L3_platform no_identity")
        assert next_of(case) == Next("step", "L10_court")

    def test_a_late_refund_asks_since_when_and_for_its_own_evidence_and_goes_the_usual_way(self) -> None:
        case = a_case(track="refund_delayed", **FOR_12315)
        assert next_of(case) == Next("fact", "refund_requested_at")
        case.refund_requested_at = date(2026, 11, 1)
        plan = planner(case).evidence.plan
        assert "ev_refund_state" in plan.required
        assert climb(with_all_evidence(case))[:4] == ["L2_demand", "L3_platform", "L4_payment", "L5_final_demand"]

    def test_an_unknown_operator_leaves_12315_out_and_the_case_goes_on(self) -> None:
        case = ready(amount=20_000, **NOT_ASKED)
        assert climb(case) == ["L2_demand", "L3_platform", "L4_payment"]
        assert next_of(case) == Next("handed_on", "exhausted")
        left_out = option(case, "L6_12315")
        assert left_out is not None
        assert left_out.lacks == ("operator", "operator_address")

    def test_an_operator_learned_later_brings_12315_next_and_loses_nothing(self) -> None:
        case = ready(amount=20_000, **NOT_ASKED)
        climb(case)
        done = [(step.rung_id, step.outcome) for step in case.steps]
        case.operator, case.operator_address, case.unknown = "某某科技有限公司", "某市某区某路1号", []
        assert next_of(case) == Next("step", "L6_12315")
        assert [(step.rung_id, step.outcome) for step in case.steps] == done
        assert climb(case)[0] == "L6_12315"

    def test_an_operator_without_an_address_is_enough_for_the_court(self) -> None:
        case = ready(amount=20_000, operator_address=None, unknown=["operator_address"])
        assert climb(case)[:4] == ["L2_demand", "L3_platform", "L4_payment", "L10_court"]

    def test_after_three_years_12315_and_court_are_closed_and_say_so(self) -> None:
        case = ready(paid_at=date(2023, 11, 21))
        assert climb(case) == ["L2_demand", "L3_platform", "L4_payment", "L5_final_demand"]
        for rung in ("L6_12315", "L10_court"):
            closed = option(case, rung)
            assert closed is not None
            assert "超过三年" in (closed.closed or "")

    def test_a_complaint_sent_back_for_materials_is_made_again_but_not_for_ever(self) -> None:
        case = ready(amount=20_000)
        ends = ("L2_demand refused", "L3_platform refused", "L4_payment refused")
        finished(case, *ends)
        for _ in range(MAX_ATTEMPTS):
            assert next_of(case) == Next("step", "L6_12315")
            finished(case, "L6_12315 not_accepted_materials")
        assert next_of(case) == Next("step", "L10_court")

    def test_a_judgment_that_is_not_paid_is_enforced(self) -> None:
        case = finished(ready(amount=20_000), "L10_court won")
        assert next_of(case) == Next("step", "L11_enforce")

    def test_a_promise_is_watched_and_a_broken_one_goes_on_where_it_was(self) -> None:
        case = submitted(finished(ready(), "L2_demand promised"), "CLOSE_WATCH")
        assert next_of(case) == Next("outcome", "CLOSE_WATCH")
        case.steps[-1].outcome, case.steps[-1].outcome_at = "not_arrived", NOW + timedelta(days=9)
        assert next_of(case) == Next("step", "L3_platform")


class TestWhatIsLearnedLater:
    def test_that_the_money_went_to_a_person_takes_back_the_merchant_complaint(self) -> None:
        case = proposed(finished(ready(), "L2_demand refused", "L3_platform refused"), "L4_payment")
        case.pay_method = "personal"
        assert next_of(case) == Next("step", "L9_police")
        case.pay_method = "order"
        assert next_of(case) == Next("step", "L4_payment")

    def test_that_the_merchant_is_gone_takes_back_the_demand(self) -> None:
        case = proposed(ready(), "L2_demand")
        case.also = ["merchant_gone"]
        assert next_of(case) == Next("step", "L4_payment")

    def test_that_it_was_to_resell_takes_back_12315_but_not_what_waits(self) -> None:
        case = proposed(submitted(ready(), "L4_payment"), "L6_12315")
        case.purpose = "resale"
        assert next_of(case) == Next("outcome", "L4_payment")
        case.steps[-1].submitted_at = NOW
        case.steps[0].outcome = "refused"
        assert next_of(case) == Next("outcome", "L6_12315")

    @pytest.mark.parametrize("under_way", [proposed, submitted], ids=["is proposed", "waits for an answer"])
    def test_that_a_fee_is_asked_stops_the_loss_whatever(self, under_way: Any) -> None:
        case = under_way(finished(ready(), "L2_demand promised"), "L3_platform")
        case.flags = ["p_second_fee"]
        assert next_of(case) == Next("step", "L0_stop_loss")
        assert next_of(finished(case, "L0_stop_loss done")) == Next("step", "L9_police")
        submitted(case, "L9_police")
        assert next_of(case).id == "L3_platform"

    def test_that_it_was_more_than_200_yuan_adds_the_last_demand(self) -> None:
        case = finished(ready(amount=20_000), "L2_demand refused", "L3_platform refused", "L4_payment refused")
        assert next_of(case) == Next("step", "L6_12315")
        case.amount = 20_001
        assert next_of(case) == Next("step", "L5_final_demand")

    def test_does_not_bring_back_what_was_done(self) -> None:
        case = finished(ready(), "L2_demand refused", "L3_platform refused")
        for facts in ({"pay_method": "personal"}, {"amount": 100}, {"flags": ["p_minor"]}, {"flags": ["p_reseller"]}):
            for name, value in facts.items():
                setattr(case, name, value)
            assert next_of(case).id not in ("L2_demand", "L3_platform")


class TestTheEnd:
    @pytest.mark.parametrize("outcome", ["refunded", "cancelled"])
    def test_of_a_closed_case_is_how_it_was_closed(self, outcome: str) -> None:
        case = submitted(ready(stage=Stage.CLOSED, outcome=outcome), "L2_demand")
        assert next_of(case) == Next("closed", outcome)
        assert planner(case).alternatives() == []

    def test_of_an_open_case_is_that_nothing_is_left(self) -> None:
        case = finished(ready(flags=["p_unauthorized"]), "L0_stop_loss done", "L4b_unauthorized refused")
        assert next_of(finished(case, "L9_police not_filed")) == Next("handed_on", "exhausted")
        assert {found.rung.id for found in planner(case).alternatives()} == {
            "L6b_report",
            "L7_association",
            "L8_public",
        }


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.sets(st.sampled_from(sorted(INTAKE))),
    st.sets(st.sampled_from(sorted(INTAKE))),
    st.sampled_from([None, "refund_delayed"]),
)
def test_nothing_known_or_unknown_is_ever_asked(missing: set[str], unknown: set[str], track: str | None) -> None:
    case = a_case(without=tuple(missing), unknown=sorted(unknown), track=track)
    asked = list(planner(case).missing_facts())
    assert set(asked) - {"refund_requested_at", "delivered_amount"} == missing - unknown
    following = next_of(case)
    assert (following.kind == "fact") is bool(asked)
    assert following.kind != "fact" or following.id == asked[0]
