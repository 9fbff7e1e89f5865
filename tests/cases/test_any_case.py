"""Whatever happens in a case, there is a next step until its end, and it is found in no time."""

from datetime import UTC, date, datetime
from itertools import count
from random import Random
from time import perf_counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import clock
from cases.case import service as cases_
from cases.database import transaction
from cases.evidence import service as evidence
from cases.evidence.plan import EvidenceNeeds
from cases.knowledge import knowledge
from cases.knowledge.procedure import Rung
from cases.ladder import MAX_ATTEMPTS
from cases.models import Case, EvidenceItem, EvidenceState, Stage, Step
from cases.people import service as people
from cases.planner import Next, Planner
from cases.steps import service as steps

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
SOME: dict[str, list[Any]] = {
    "amount": [100, 20_000, 900_000],
    "platform": ["极速卡盟"],
    "paid_at": [date(2026, 11, 18), date(2022, 1, 1)],
    "pay_channel": ["wechat", "alipay"],
    "pay_method": ["order", "personal"],
    "order_no": ["20261118001"],
    "product": ["话费"],
    "delivered_amount": [50],
    "purpose": ["own", "own", "resale"],
    "operator": ["某某科技有限公司"],
    "operator_address": ["某市某区某路1号"],
    "refund_requested_at": [date(2026, 11, 1)],
    "recovered_amount": [50],
}
KINDS = list(knowledge().kinds)
FLAGS = ["p_second_fee", "p_unauthorized", "p_minor", "p_reseller", "p_illegal_goods", "p_slow_topup"]
# Sixteen facts, five pieces of evidence asked for twice, fourteen rungs chosen, taken and ended at most three times.
MOST_MOVES = 16 + 5 * 2 + 14 * 3 * 3


class Climb:
    """A person who answers, acts and changes their mind as chance will have it, on the real services."""

    def __init__(self, session: Any, chance: Random) -> None:
        self._session = session
        self._chance = chance
        self.left = 0
        self.case = cases_.open_case(session, people.by_channel(session, "test", "a climber"))

    def one_of(self, choices: Any) -> Any:
        return self._chance.choice(list(choices))

    def planner(self) -> Planner:
        return Planner(self.case, knowledge(), clock.today())

    def move(self, following: Next) -> None:
        """Do something about what comes next."""
        match following.kind:
            case "fact":
                self.tell_or_not(following.id)
            case "evidence":
                effect = self.one_of([evidence.provide, evidence.close_unavailable, evidence.park])
                effect(self._session, self.case, following.id)
            case "step":
                self.step(knowledge().rungs[following.id])
            case _:
                waiting = [s for s in self.case.steps if s.rung_id == following.id and s.outcome is None]
                self.end(waiting[-1])

    def tell_or_not(self, fact: str) -> None:
        if self.one_of([True, True, False]):
            self.tell(fact)
        else:
            cases_.set_unknown(self._session, self.case, fact)

    def tell(self, fact: str) -> None:
        if fact == "dispute_kind":
            cases_.set_kind(self._session, self.case, self.one_of(KINDS))
        else:
            cases_.set_facts(self._session, self.case, {fact: self.one_of(SOME[fact])})

    def step(self, rung: Rung) -> None:
        """It is proposed; they take it, or choose another that is free, or leave it for now."""
        step = steps.propose(self._session, self.case, rung)
        free = [option.rung for option in self.planner().alternatives() if not option.closed and not option.lacks]
        match self.one_of(["take", "take", "choose", "leave"]):
            case "take":
                steps.submit(self._session, self.case, step, knowledge())
            case "choose" if free:
                steps.propose(self._session, self.case, self.one_of(free))
            case _:
                self.left += 1

    def end(self, step: Step) -> None:
        """It ends, or goes on for a second period, in one of the ways that its rung knows."""
        turnings = knowledge().rungs[step.rung_id].outcomes
        period = "second" if step.deadline_id in {turning.runs for turning in turnings.values()} - {None} else "first"
        possible = [id_ for id_, turning in turnings.items() if turning.period in (None, period)]
        named = self.one_of(id_ for id_ in possible if id_ != "refunded")
        if (deadline := turnings[named].runs) is not None:
            steps.run(step, deadline, clock.now(), knowledge())
            return
        steps.finish(self._session, self.case, step, named)
        cases_.forget(self._session, self.case, turnings[named].forgets)
        self.consequences(named)

    def consequences(self, outcome: str) -> None:
        known = knowledge().outcomes[outcome]
        if known.flag:
            cases_.flag(self._session, self.case, known.flag)
        if known.grievance:
            cases_.add_grievance(self._session, self.case, known.grievance)
        if known.money == "promised":
            watch = steps.propose(self._session, self.case, knowledge().rungs[steps.WATCH])
            steps.submit(self._session, self.case, watch, knowledge())

    def disturb(self) -> None:
        """Something else is learned, or turns out to be otherwise."""
        match self.one_of(["fact", "kind", "track", "flag", "also"]):
            case "fact":
                self.tell(self.one_of(SOME))
            case "kind":
                self.tell("dispute_kind")
            case "track":
                cases_.set_track(self._session, self.case, "refund_delayed")
            case "flag":
                cases_.flag(self._session, self.case, self.one_of(FLAGS))
            case _:
                cases_.add_grievance(self._session, self.case, "merchant_gone")


def sound(climb: Climb, following: Next) -> None:
    """What holds of whatever comes next."""
    here = climb.planner()
    case, ladder, rungs = climb.case, here.ladder, knowledge().rungs
    match following.kind:
        case "fact":
            assert following.id not in case.unknown
            assert getattr(case, following.id) is None
            assert following.needed_by is None or following.id in rungs[following.needed_by].needs
            assert following.needed_by is None or ladder.closed(rungs[following.needed_by]) is None
        case "evidence":
            assert following.id in here.evidence.plan.required
            state, item = here.evidence.state_of(following.id), here.evidence.items.get(following.id)
            assert state in ("open", EvidenceState.LATER)
            assert item is None or item.parked == 1
        case "step":
            assert ladder.closed(rungs[following.id]) is None
            assert ladder.lacks(rungs[following.id]) == ()
            assert may_be_taken(case, following.id)
        case "outcome":
            assert any(s.rung_id == following.id and s.submitted_at and not s.outcome for s in case.steps)
        case _:
            assert following == Next("handed_on", "exhausted")
            assert not any(step.outcome is None and step.submitted_at for step in case.steps)


def may_be_taken(case: Case, rung: str) -> bool:
    """Not taken yet, or ended so that it may be taken again."""
    before = [step for step in case.steps if step.rung_id == rung]
    if not before or before[-1].submitted_at is None:
        return True
    turning = knowledge().rungs[rung].outcomes.get(before[-1].outcome or "")
    return turning is not None and turning.again and len(before) < MAX_ATTEMPTS


def sound_options(climb: Climb, following: Next) -> None:
    """What holds of whatever else may be done."""
    here = climb.planner()
    options = here.alternatives()
    assert len({option.rung.id for option in options}) == len(options)
    for option in options:
        assert option.closed == here.ladder.closed(option.rung)
        assert option.closed is None or len(option.closed) > 4
        assert option.lacks == here.ladder.lacks(option.rung)
        assert option.closed or may_be_taken(climb.case, option.rung.id)
        assert following.kind not in ("step", "outcome") or option.rung.id != following.id


@settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False)
@given(chance=st.randoms(use_true_random=True), disturbed_at=st.sets(st.integers(0, 40), max_size=6))
def test_from_wherever_a_case_comes_there_is_a_next_step_until_its_end(
    sqlite: None, chance: Random, disturbed_at: set[int]
) -> None:
    with transaction() as session:
        climb, seen = Climb(session, chance), set[Any]()
        for move in count():
            assert move - climb.left < MOST_MOVES
            if move in disturbed_at:
                climb.disturb()
            following = climb.planner().next()
            sound(climb, following)
            sound_options(climb, following)
            ended = {(step.rung_id, step.attempt, step.outcome) for step in climb.case.steps if step.outcome}
            assert ended >= seen
            seen = ended
            if following.kind in ("closed", "handed_on"):
                break
            climb.move(following)
        session.rollback()


def random_case(random: Random) -> Case:
    """Any case: some facts, some flags, some evidence, some steps."""
    facts = {name: random.choice(values) for name, values in SOME.items() if random.random() < 0.7}
    kind, flags = random.choice([*KINDS, None]), random.sample(FLAGS, random.randint(0, 2))
    case = Case(**{"stage": Stage.STEP, "unknown": [], "also": [], "dispute_kind": kind, "flags": flags, **facts})
    required = EvidenceNeeds(case, knowledge()).plan.required
    states = {id_: random.choice(list(EvidenceState)) for id_ in required}
    for id_, state in states.items():
        case.evidence.append(EvidenceItem(requirement_id=id_, state=state, parked=1))
    for rung in random.sample(list(knowledge().rungs.values()), random.randint(0, 6)):
        step = Step(id=len(case.steps) + 1, rung_id=rung.id, attempt=1, proposed_at=NOW, submitted_at=NOW)
        step.outcome, step.outcome_at = random.choice([*rung.outcomes, steps.DONE]), NOW
        case.steps.append(step)
    return case


def test_it_answers_in_under_five_milliseconds() -> None:
    cases = [random_case(Random(seed)) for seed in range(200)]
    started = perf_counter()
    for case in cases:
        here = Planner(case, knowledge(), NOW.date())
        here.next()
        here.alternatives()
    assert (perf_counter() - started) / len(cases) < 0.005
