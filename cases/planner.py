"""What comes next in a case. Pure: the case as it is and the knowledge, no clock and no database.

The order is the same for everybody: facts, evidence, then one rung of the ladder after another. What the
person does not know or does not have is never asked for again; what they put off comes back once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cases.case.facts import known
from cases.knowledge import Knowledge
from cases.knowledge.schema import ChainLink, EvidencePlan, Grievance, Rung
from cases.models import Case, EvidenceState, Stage

# Which way a case goes, and what is claimed in it, while nobody can say what kind it is.
UNCLEAR_KIND = "not_delivered"


@dataclass(frozen=True, slots=True)
class Next:
    """The one next thing: a fact or evidence to ask for, a rung to take, an outcome to wait for."""

    kind: Literal["fact", "evidence", "step", "outcome", "closed"]
    id: str


class Planner:
    """Reads one case in the light of the knowledge."""

    def __init__(self, case: Case, knowledge: Knowledge) -> None:
        self.case = case
        self.knowledge = knowledge
        self.facts = known(case)
        self.items = {item.requirement_id: item for item in case.evidence}

    def next(self) -> Next:
        """The one next thing in this case."""
        if self.case.stage == Stage.CLOSED:
            return Next("closed", self.case.outcome or "")
        if not self.case.steps:
            if (fact := next(self.missing_facts(), None)) is not None:
                return Next("fact", fact)
            if (requirement := self._evidence_to_ask()) is not None:
                return Next("evidence", requirement)
        return self._on_the_ladder()

    def missing_facts(self) -> Iterator[str]:
        """Facts that the intake still has to ask for, in order."""
        return (
            fact.id
            for fact in self.knowledge.facts.values()
            if fact.intake and self._asked_of_this_kind(fact.kinds) and not self._settled(fact.id)
        )

    def _asked_of_this_kind(self, kinds: tuple[str, ...]) -> bool:
        return not kinds or self.case.dispute_kind in kinds

    def _settled(self, fact: str) -> bool:
        if fact == "dispute_kind":
            return self.case.dispute_kind is not None or fact in self.case.unknown
        return fact in self.facts or fact in self.case.unknown

    @property
    def plan(self) -> EvidencePlan:
        """The evidence this case needs; the track's comes first, since it is what they are waiting for."""
        entries: list[Grievance] = []
        if self.case.track:
            entries.append(self.knowledge.tracks[self.case.track])
        if self.case.dispute_kind:
            entries.append(self.knowledge.kinds[self.case.dispute_kind])
        if not entries:
            return self._common_plan()
        required = dict.fromkeys(id_ for entry in entries for id_ in entry.evidence.required)
        more = dict.fromkeys(id_ for entry in entries for id_ in entry.evidence.strengthens if id_ not in required)
        return EvidencePlan(required=tuple(required), strengthens=tuple(more))

    def _common_plan(self) -> EvidencePlan:
        """What every kind of dispute needs, for a person who cannot say which it is."""
        plans = [set(kind.evidence.required) for kind in self.knowledge.kinds.values()]
        common = set.intersection(*plans)
        return EvidencePlan(required=tuple(id_ for id_ in self.knowledge.evidence if id_ in common))

    def state_of(self, requirement: str) -> str:
        """The state of a requirement in this case; `open` if nobody has spoken of it."""
        item = self.items.get(requirement)
        return item.state if item else "open"

    def _evidence_to_ask(self) -> str | None:
        required = self.plan.required
        fresh = (id_ for id_ in required if self.state_of(id_) in ("open", EvidenceState.ASKED))
        parked = (id_ for id_ in required if self.state_of(id_) == EvidenceState.LATER and self.items[id_].parked == 1)
        return next(fresh, None) or next(parked, None)

    def gaps(self) -> list[str]:
        """Required evidence that is not there, whatever the reason."""
        return [id_ for id_ in self.plan.required if self.state_of(id_) != EvidenceState.PROVIDED]

    def chain(self) -> dict[ChainLink, tuple[int, int]]:
        """For each link of the evidence chain: how many required pieces are there, out of how many."""
        counts = {link: [0, 0] for link in ChainLink}
        for id_ in self.plan.required:
            count = counts[self.knowledge.evidence[id_].link]
            count[0] += self.state_of(id_) == EvidenceState.PROVIDED
            count[1] += 1
        return {link: (have, of) for link, (have, of) in counts.items() if of}

    def _on_the_ladder(self) -> Next:
        last = self.case.steps[-1] if self.case.steps else None
        if last is not None and last.outcome is None:
            return Next("outcome" if last.submitted_at else "step", last.rung_id)
        rung = self._first_open()
        return Next("step", rung.id) if rung else Next("closed", "exhausted")

    @property
    def route(self) -> tuple[str, ...]:
        """The rungs of this case's kind, or of its track where there is no kind."""
        if self.case.track and not self.case.dispute_kind:
            return self.knowledge.tracks[self.case.track].route
        return self.knowledge.kinds[self.case.dispute_kind or UNCLEAR_KIND].route

    def _first_open(self) -> Rung | None:
        taken = {step.rung_id for step in self.case.steps}
        rungs = (self.knowledge.rungs[id_] for id_ in self.route if id_ not in taken)
        return next((rung for rung in rungs if self._holds(rung)), None)

    def _holds(self, rung: Rung) -> bool:
        return all(self.facts.get(pre.fact) in pre.any_of if pre.any_of else pre.fact in self.facts for pre in rung.pre)
