"""Which way a case climbs, what is closed to it and why, and what a rung still lacks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cases.knowledge import knowledge
from cases.knowledge.procedure import Rung
from cases.ladder import EVIDENCE, MAX_ATTEMPTS, Ladder, Option
from cases.models import Case, Step
from cases.situation import Situation

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
TODAY = date(2026, 11, 22)
KNOWN: dict[str, Any] = {
    "dispute_kind": "not_delivered",
    "amount": 50_000,
    "platform": "极速卡盟",
    "paid_at": date(2026, 11, 18),
    "pay_channel": "wechat",
    "pay_method": "order",
    "purpose": "own",
    "operator": "某某网络科技有限公司",
    "operator_address": "某市某区某路1号",
}


def a_case(**facts: Any) -> Case:
    """A case of which the ladder can know everything, but for what is told otherwise."""
    return Case(**{"unknown": [], "flags": [], "also": [], **KNOWN, **facts})


def taken(case: Case, rung: str, outcome: str | None = None, *, attempt: int = 1) -> Case:
    """The case with a rung taken, an hour after the last one."""
    at = NOW + timedelta(hours=len(case.steps))
    step = Step(id=len(case.steps) + 1, rung_id=rung, attempt=attempt, proposed_at=at, submitted_at=at)
    step.outcome, step.outcome_at = outcome, at if outcome else None
    case.steps.append(step)
    return case


def proposed(case: Case, rung: str) -> Case:
    """The case with a rung proposed and not taken yet."""
    case.steps.append(Step(id=len(case.steps) + 1, rung_id=rung, attempt=1, proposed_at=NOW))
    return case


def ladder(case: Case, today: date = TODAY) -> Ladder:
    return Ladder(Situation(case, today), knowledge())


def rung(id_: str) -> Rung:
    return knowledge().rungs[id_]


def reason(id_: str, subject: str) -> str:
    """What people read where the condition about this fact, guard or rung closes the rung."""
    named = ("fact", "flag", "no_flag", "taken", "not_taken")
    [said] = [it.otherwise for it in rung(id_).pre if subject in (getattr(it, name) for name in named)]
    assert said is not None
    return said


def option(case: Case, id_: str, beside: str | None = None) -> Option | None:
    """What the options say about a rung."""
    return next((found for found in ladder(case).options(beside) if found.rung.id == id_), None)


def situation(id_: str, route: str, rungs: str, **facts: Any) -> object:
    return pytest.param(facts, route, rungs.split(), id=id_)


PERSONAL, ORDER = {"pay_method": "personal"}, {"pay_method": "order"}
GONE = {"dispute_kind": "merchant_gone"}
STOP, SEEK, DEMAND = "L0_stop_loss", EVIDENCE, "L2_demand"
SITUATIONS = [
    situation("the usual", "r_usual", f"{SEEK} {DEMAND} L3_platform L4_payment L5_final_demand"),
    situation("another kind", "r_usual", f"{SEEK} {DEMAND} L3_platform", dispute_kind="not_as_described"),
    situation("a late refund", "r_usual", f"{SEEK} {DEMAND} L3_platform", track="refund_delayed"),
    situation("nobody can say what kind", "r_usual", f"{SEEK} {DEMAND}", dispute_kind=None, unknown=["dispute_kind"]),
    situation("nobody knows how much", "r_usual", f"{SEEK} {DEMAND}", amount=None, unknown=["amount"]),
    situation("200 yuan", "r_small", f"{SEEK} {DEMAND} L3_platform L4_payment L6_12315", amount=20_000),
    situation("a 分 more than 200 yuan", "r_usual", f"{SEEK} {DEMAND}", amount=20_001),
    situation("sent to a person", "r_personal", f"{SEEK} {DEMAND} L3_platform L9_police", **PERSONAL),
    situation("a little sent to a person", "r_personal", f"{SEEK} {DEMAND}", amount=5_000, **PERSONAL),
    situation("the merchant is gone", "r_gone", f"{SEEK} L4_payment L9_police L3_platform", **GONE),
    situation("gone, as one learns later", "r_gone", f"{SEEK} L4_payment L9_police", also=["merchant_gone"]),
    situation("gone with a little", "r_gone", f"{SEEK} L4_payment", amount=5_000, **GONE),
    situation("gone, and sent to a person", "r_gone_personal", f"{SEEK} L9_police L3_platform", **GONE, **PERSONAL),
    situation("a fee before the refund", "r_scam", f"{STOP} L9_police L4_payment {SEEK}", flags=["p_second_fee"]),
    situation(
        "a fee, after the merchant was gone", "r_scam", f"{STOP} L9_police", flags=["p_second_fee"], **GONE, **PERSONAL
    ),
    situation(
        "not paid by oneself",
        "r_unauthorized",
        f"{STOP} L4b_unauthorized {SEEK} L9_police",
        flags=["p_second_fee", "p_unauthorized"],
    ),
    situation("paid by a child", "r_minor", f"{SEEK} {DEMAND} L3_platform L4_payment L6_12315", flags=["p_minor"]),
    situation(
        "a reseller, as noticed",
        "r_reseller",
        f"{SEEK} {DEMAND} L3_platform L4_payment L5_final_demand L10_court",
        flags=["p_reseller"],
    ),
    situation(
        "a reseller, as told",
        "r_resale",
        f"{SEEK} {DEMAND} L3_platform L4_payment L5_final_demand L10_court",
        purpose="resale",
    ),
    situation("illegal goods", "r_illegal_goods", f"{SEEK} L9_police L10_court", flags=["p_illegal_goods"]),
    situation(
        "illegal goods to resell", "r_illegal_goods", f"{SEEK} L9_police", flags=["p_reseller", "p_illegal_goods"]
    ),
]


class TestTheWay:
    @pytest.mark.parametrize(("facts", "route", "rungs"), SITUATIONS)
    def test_follows_from_the_situation(self, facts: dict[str, Any], route: str, rungs: list[str]) -> None:
        found = ladder(a_case(**facts)).route
        assert found.id == route
        assert list(found.rungs[: len(rungs)]) == rungs

    def test_every_way_is_taken_by_some_situation(self) -> None:
        assert {str(param.values[1]) for param in SITUATIONS} == set(knowledge().routes)  # type: ignore[attr-defined]

    @pytest.mark.parametrize("route", list(knowledge().routes.values()), ids=lambda route: route.id)
    def test_says_why_and_ends_where_no_outcome_helps_on(self, route: Any) -> None:
        assert route.why.endswith("。")
        assert len(set(route.rungs)) == len(route.rungs)
        assert route.rungs[-1] in ("L11_enforce", "L9_police")

    @pytest.mark.parametrize("id_", ["r_reseller", "r_resale", "r_illegal_goods", "r_unauthorized"])
    def test_of_who_is_no_consumer_or_did_not_buy_leaves_12315_out(self, id_: str) -> None:
        assert "L6_12315" not in knowledge().routes[id_].rungs

    @pytest.mark.parametrize("id_", ["r_personal", "r_gone_personal"])
    def test_of_money_sent_to_a_person_leaves_the_merchant_complaint_out(self, id_: str) -> None:
        assert "L4_payment" not in knowledge().routes[id_].rungs


class TestAClosedRung:
    @pytest.mark.parametrize(
        ("rung_id", "facts", "subject"),
        [
            pytest.param("L4_payment", PERSONAL, "pay_method", id="a merchant complaint about a person"),
            pytest.param("L4_payment", {"pay_method": None}, "pay_method", id="about nobody knows whom"),
            pytest.param("L4b_unauthorized", {}, "p_unauthorized", id="a payment of one's own"),
            pytest.param("L5_final_demand", {}, "L2_demand", id="a last demand before the first"),
            pytest.param("L6_12315", {"purpose": "resale"}, "purpose", id="12315 for resale"),
            pytest.param("L6_12315", {"flags": ["p_reseller"]}, "p_reseller", id="12315 for a reseller"),
            pytest.param("L6_12315", {"flags": ["p_illegal_goods"]}, "p_illegal_goods", id="12315 for illegal goods"),
            pytest.param("L6_12315", {"paid_at": date(2023, 11, 21)}, "paid_at", id="12315 after three years"),
            pytest.param("L10_court", {"paid_at": date(2023, 11, 21)}, "paid_at", id="court after three years"),
            pytest.param("L7_association", {"purpose": "resale"}, "purpose", id="消协 for resale"),
            pytest.param("L7_association", {"flags": ["p_reseller"]}, "p_reseller", id="消协 for a reseller"),
            pytest.param("L11_enforce", {}, "L10_court", id="enforcing what was not won"),
        ],
    )
    def test_says_why(self, rung_id: str, facts: dict[str, Any], subject: str) -> None:
        case = a_case(**facts)
        assert ladder(case).closed(rung(rung_id)) == reason(rung_id, subject)
        assert not ladder(case).climbable(rung(rung_id))

    @pytest.mark.parametrize(
        ("rung_id", "facts"),
        [
            pytest.param("L4_payment", ORDER, id="a merchant complaint about a merchant"),
            pytest.param("L4b_unauthorized", {"flags": ["p_unauthorized"]}, id="a payment that was not one's own"),
            pytest.param("L6_12315", {"purpose": None}, id="12315 while nobody has said what it is for"),
            pytest.param("L6_12315", {"paid_at": date(2023, 11, 22)}, id="12315 on the last day of three years"),
            pytest.param("L10_court", {"flags": ["p_reseller"], "purpose": "resale"}, id="court for a reseller"),
            pytest.param("L9_police", {"amount": 100}, id="the police for any amount"),
        ],
    )
    def test_is_open_where_its_conditions_hold(self, rung_id: str, facts: dict[str, Any]) -> None:
        assert ladder(a_case(**facts)).closed(rung(rung_id)) is None

    @pytest.mark.parametrize("rung_", [r for r in knowledge().rungs.values() if r.pre], ids=lambda r: r.id)
    def test_has_a_reason_for_each_of_its_conditions(self, rung_: Rung) -> None:
        assert all(condition.otherwise for condition in rung_.pre)

    def test_a_day_later_the_three_years_are_over(self) -> None:
        case = a_case(paid_at=date(2023, 11, 22))
        assert ladder(case, TODAY).closed(rung("L6_12315")) is None
        assert ladder(case, TODAY + timedelta(days=1)).closed(rung("L6_12315")) is not None

    def test_12315_after_the_association_and_the_association_after_12315(self) -> None:
        after_association, after_12315 = taken(a_case(), "L7_association"), taken(a_case(), "L6_12315")
        assert ladder(after_association).closed(rung("L6_12315")) == reason("L6_12315", "L7_association")
        assert ladder(after_12315).closed(rung("L7_association")) == reason("L7_association", "L6_12315")

    @pytest.mark.parametrize("outcome", ["not_accepted_materials", "not_accepted_authority"])
    def test_the_association_is_open_again_when_12315_did_not_take_it(self, outcome: str) -> None:
        assert ladder(taken(a_case(), "L6_12315", outcome)).closed(rung("L7_association")) is None

    @pytest.mark.parametrize("outcome", ["won", "settled"])
    def test_enforcing_is_open_after_a_judgment_or_a_settlement(self, outcome: str) -> None:
        assert ladder(taken(a_case(), "L10_court", outcome)).climbable(rung("L11_enforce"))


class TestWhatARungLacks:
    def test_are_the_facts_that_nobody_has_told(self) -> None:
        case = a_case(operator=None, operator_address=None)
        assert ladder(case).lacks(rung("L6_12315")) == ("operator", "operator_address")
        assert ladder(case).lacks(rung("L10_court")) == ("operator",)
        assert ladder(case).lacks(rung("L2_demand")) == ()

    def test_can_be_asked_for_until_the_person_says_they_do_not_know(self) -> None:
        case = a_case(operator=None, operator_address=None, unknown=["operator"])
        assert ladder(case).lacks(rung("L6_12315")) == ("operator", "operator_address")
        assert ladder(case).askable(rung("L6_12315")) == ("operator_address",)

    @pytest.mark.parametrize(
        ("unknown", "climbable"),
        [
            pytest.param([], True, id="asked for on the way"),
            pytest.param(["operator"], False, id="leaves the rung out once it is unknown"),
            pytest.param(["order_no"], True, id="is not what another rung needs"),
        ],
    )
    def test_is(self, unknown: list[str], climbable: bool) -> None:
        case = a_case(operator=None, unknown=unknown)
        assert ladder(case).climbable(rung("L6_12315")) is climbable


class TestARungThatWasTaken:
    @pytest.mark.parametrize(
        ("rung_id", "outcome", "again"),
        [
            pytest.param("L2_demand", "refused", False, id="is behind"),
            pytest.param("L2_demand", None, False, id="is behind while it waits"),
            pytest.param("L6_12315", "not_accepted_materials", True, id="may be taken again where materials lacked"),
            pytest.param("L6_12315", "mediation_failed", False, id="is behind where it failed"),
            pytest.param("L10_court", "not_docketed", True, id="may be taken again where it was sent back"),
            pytest.param("L10_court", "lost", False, id="is behind where it was lost"),
        ],
    )
    def test_once(self, rung_id: str, outcome: str | None, again: bool) -> None:
        case = taken(taken(a_case(), "L2_demand", "refused"), rung_id, outcome)
        assert ladder(case).climbable(rung(rung_id)) is again

    @pytest.mark.parametrize(
        ("attempt", "again"), [pytest.param(n, n < MAX_ATTEMPTS, id=f"attempt {n}") for n in range(1, 5)]
    )
    def test_is_not_taken_again_for_ever(self, attempt: int, again: bool) -> None:
        case = taken(a_case(), "L6_12315", "not_accepted_materials", attempt=attempt)
        assert ladder(case).climbable(rung("L6_12315")) is again


class TestWhatIsTriedNext:
    @pytest.mark.parametrize(
        ("rung_id", "outcome", "expected"),
        [
            pytest.param("L2_demand", "refused", ["L3_platform"], id="after a refusal the platform"),
            pytest.param("L2_demand", "promised", ["CLOSE_WATCH"], id="after a promise the account"),
            pytest.param(
                "L3_platform", "no_identity", ["L6_12315", "L10_court"], id="without an identity 12315, court"
            ),
            pytest.param("L3_platform", "self_operated", ["L6_12315"], id="the platform's own goods 12315"),
            pytest.param("L4_payment", "personal_transfer", ["L3_platform", "L9_police"], id="a transfer after all"),
            pytest.param("L6_12315", "not_accepted_materials", ["L6_12315"], id="12315 with the missing materials"),
            pytest.param("L6_12315", "not_accepted_not_consumer", ["L10_court"], id="no consumer, so court"),
            pytest.param("L6_12315", "mediation_failed", ["L10_court"], id="no mediation, so court"),
            pytest.param("L10_court", "won", ["L11_enforce"], id="after a judgment its enforcement"),
            pytest.param("L9_police", "civil_dispute", [], id="after the police the way goes on"),
        ],
    )
    def test_is_where_the_last_outcome_leads_then_the_way(
        self, rung_id: str, outcome: str, expected: list[str]
    ) -> None:
        found = ladder(taken(a_case(), rung_id, outcome))
        assert found.upcoming() == [*expected, *found.route.rungs]

    def test_is_what_the_outcome_that_came_last_says_not_the_step_taken_last(self) -> None:
        case = taken(taken(a_case(), "L3_platform", "no_identity"), "L2_demand", "refused")
        case.steps[0].outcome_at = NOW + timedelta(days=1)
        assert ladder(case).upcoming()[:2] == ["L6_12315", "L10_court"]

    @pytest.mark.parametrize("aside", ["L6b_report", "L8_public"])
    def test_is_not_forgotten_for_something_done_beside_it(self, aside: str) -> None:
        case = taken(taken(a_case(), "L3_platform", "no_identity"), aside, "done")
        assert ladder(case).upcoming()[:2] == ["L6_12315", "L10_court"]


class TestOptions:
    def test_are_the_rest_of_the_way_and_what_is_offered_beside_it_in_the_ladders_order(self) -> None:
        case = taken(a_case(), "L2_demand", "refused")
        ids = [found.rung.id for found in ladder(case).options("L3_platform")]
        assert ids == [
            "L4_payment",
            "L5_final_demand",
            "L6_12315",
            "L6b_report",
            "L7_association",
            "L8_public",
            "L10_court",
            "L11_enforce",
        ]

    def test_leave_out_the_next_thing_what_is_behind_and_the_collecting_of_evidence(self) -> None:
        case = taken(taken(a_case(), "L2_demand", "refused"), "L8_public", "done")
        ids = {found.rung.id for found in ladder(case).options("L3_platform")}
        assert not ids & {"L3_platform", "L2_demand", "L8_public", EVIDENCE}

    def test_say_what_12315_still_lacks(self) -> None:
        found = option(a_case(operator=None, operator_address=None), "L6_12315")
        assert found is not None
        assert (found.lacks, found.closed) == (("operator", "operator_address"), None)

    def test_say_what_it_lacks_though_the_person_does_not_know_it(self) -> None:
        found = option(a_case(operator=None, unknown=["operator"]), "L6_12315")
        assert found is not None
        assert found.lacks == ("operator",)

    def test_say_why_12315_is_closed_after_the_association(self) -> None:
        found = option(taken(a_case(), "L7_association", "mediation_failed"), "L6_12315")
        assert found is not None
        assert found.closed == reason("L6_12315", "L7_association")

    def test_say_so_even_if_12315_had_been_proposed_before(self) -> None:
        found = option(taken(proposed(a_case(), "L6_12315"), "L7_association", "mediation_failed"), "L6_12315")
        assert found is not None
        assert found.closed == reason("L6_12315", "L7_association")

    def test_offer_a_rung_again_where_its_outcome_allows_it(self) -> None:
        assert option(taken(a_case(), "L6_12315", "not_accepted_authority"), "L6_12315") is not None
        assert option(taken(a_case(), "L6_12315", "mediation_failed"), "L6_12315") is None


class TestARungThatWasProposed:
    def test_stays_on_the_way(self) -> None:
        assert ladder(proposed(a_case(), "L3_platform")).is_on_the_way(rung("L3_platform"))

    @pytest.mark.parametrize("optional", ["L6b_report", "L7_association", "L8_public"])
    def test_stays_if_the_person_chose_it_from_beside_the_way(self, optional: str) -> None:
        assert ladder(proposed(a_case(), optional)).is_on_the_way(rung(optional))

    @pytest.mark.parametrize(
        ("rung_id", "facts"),
        [
            pytest.param("L4_payment", PERSONAL, id="has closed"),
            pytest.param("L2_demand", GONE, id="is not on the way any more"),
            pytest.param("L6_12315", {"operator": None, "unknown": ["operator"]}, id="lacks what nobody knows"),
        ],
    )
    def test_is_given_up_when_it(self, rung_id: str, facts: dict[str, Any]) -> None:
        assert not ladder(proposed(a_case(**facts), rung_id)).is_on_the_way(rung(rung_id))
