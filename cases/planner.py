"""What comes next in a case. Pure: the case as it is, the knowledge and the day; no clock and no database.

Facts first, then the rungs of the case's route, among them the collecting of evidence. What the person does not know
or does not have is never asked for again; what they put off comes back once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Literal

from cases.evidence.plan import EvidenceNeeds
from cases.knowledge import Knowledge
from cases.knowledge.procedure import Rung
from cases.knowledge.schema import Fact
from cases.ladder import EVIDENCE, Ladder, Option
from cases.models import Case, Stage, Step
from cases.situation import Situation

# What is claimed while nobody can say what kind it is.
UNCLEAR_KIND = "not_delivered"
EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True)
class Next:
    """The one next thing: a fact or evidence to ask for, a rung to take, an outcome to wait for, or an end.

    A case that is `closed` says how; one that is `handed_on` is open, but nothing more can be done here now.
    `needed_by` is the rung that a fact is asked for.
    """

    kind: Literal["fact", "evidence", "step", "outcome", "closed", "handed_on"]
    id: str
    needed_by: str | None = None


class Planner:
    """Reads one case in the light of the knowledge, on one day."""

    def __init__(self, case: Case, knowledge: Knowledge, today: date) -> None:
        self.case = case
        self.knowledge = knowledge
        self.situation = Situation(case, today)
        self.facts = self.situation.facts
        self.evidence = EvidenceNeeds(case, knowledge)
        self.ladder = Ladder(self.situation, knowledge)

    def next(self) -> Next:
        """The one next thing in this case."""
        if self.case.stage == Stage.CLOSED:
            return Next("closed", self.case.outcome or "")
        if not self.case.steps and (fact := next(self.missing_facts(), None)) is not None:
            return Next("fact", fact)
        return self._urgent() or self._under_way() or self._climb()

    def why(self) -> str:
        """Why the case goes the way it goes."""
        return self.ladder.route.why

    def alternatives(self) -> list[Option]:
        """What may be done instead of the next thing, and what the rest lacks; of a closed case nothing."""
        following = self.next()
        if self.case.stage == Stage.CLOSED:
            return []
        return self.ladder.options(following.id if following.kind in ("step", "outcome") else None)

    def missing_facts(self) -> Iterator[str]:
        """Facts that the intake still has to ask for, in order."""
        return (
            fact.id
            for fact in self.knowledge.facts.values()
            if fact.intake and self._is_asked_here(fact) and not self._is_settled(fact.id)
        )

    def _is_asked_here(self, fact: Fact) -> bool:
        if set(fact.unless_flags) & set(self.case.flags):
            return False
        everywhere = not fact.kinds and not fact.tracks
        return everywhere or self.case.dispute_kind in fact.kinds or self.case.track in fact.tracks

    def _is_settled(self, fact: str) -> bool:
        if fact == "dispute_kind":
            return self.case.dispute_kind is not None or fact in self.case.unknown
        return fact in self.facts or fact in self.case.unknown

    def _urgent(self) -> Next | None:
        """What the way puts before the evidence: to stop a loss waits for nothing that is under way."""
        open_rungs = {step.rung_id for step in self._open_steps()}
        urgent = list(takewhile(lambda id_: id_ not in (EVIDENCE, *open_rungs), self.ladder.route.rungs))
        rungs = (self.knowledge.rungs[id_] for id_ in urgent)
        return next((self._take(rung) for rung in rungs if self.ladder.climbable(rung)), None)

    def _under_way(self) -> Next | None:
        """The step that was proposed last and still makes sense, else the one whose time is up first."""
        proposed = [self.knowledge.rungs[step.rung_id] for step in self._open_steps() if step.submitted_at is None]
        if sensible := [rung for rung in proposed if self.ladder.is_on_the_way(rung)]:
            return self._take(sensible[-1])
        waiting = sorted((step for step in self._open_steps() if step.submitted_at is not None), key=_urgency)
        return Next("outcome", waiting[0].rung_id) if waiting else None

    def _climb(self) -> Next:
        for id_ in self.ladder.upcoming():
            if id_ == EVIDENCE:
                if (requirement := self._evidence_now()) is not None:
                    return Next("evidence", requirement)
            elif self.ladder.climbable(rung := self.knowledge.rungs[id_]):
                return self._take(rung)
        return Next("handed_on", EXHAUSTED)

    def _take(self, rung: Rung) -> Next:
        """The rung itself, or the fact that it still needs."""
        lacking = self.ladder.askable(rung)
        return Next("fact", lacking[0], rung.id) if lacking else Next("step", rung.id)

    def _open_steps(self) -> list[Step]:
        return [step for step in self.case.steps if step.outcome is None]

    def _evidence_now(self) -> str | None:
        return None if self.ladder.is_past(EVIDENCE, self.ladder.route.rungs) else self.evidence.to_ask()


def _urgency(step: Step) -> tuple[bool, float, int]:
    return step.due_at is None, step.due_at.timestamp() if step.due_at else 0.0, step.id or 0
