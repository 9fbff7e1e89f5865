"""Which rungs are open to a case, what the closed ones lack, and which comes next. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.knowledge import Knowledge
from cases.knowledge.procedure import Route, Rung, Turning
from cases.models import Step
from cases.situation import Situation

EVIDENCE = "L1_evidence"
MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Option:
    """A rung that may be taken instead of the next one; `lacks` are facts, `closed` why it cannot be taken at all."""

    rung: Rung
    lacks: tuple[str, ...] = ()
    closed: str | None = None


class Ladder:
    """The procedure as one case stands to it."""

    def __init__(self, situation: Situation, knowledge: Knowledge) -> None:
        self._situation = situation
        self._knowledge = knowledge
        self._steps = situation.case.steps

    @property
    def route(self) -> Route:
        """The first route whose conditions hold; the last one takes every case."""
        return next(route for route in self._knowledge.routes.values() if self._situation.hold(route.when))

    def lacks(self, rung: Rung) -> tuple[str, ...]:
        """The facts that the rung needs and nobody has told."""
        return tuple(fact for fact in rung.needs if fact not in self._situation.facts)

    def askable(self, rung: Rung) -> tuple[str, ...]:
        """The lacking facts that the person has not said they do not know."""
        return tuple(fact for fact in self.lacks(rung) if fact not in self._situation.case.unknown)

    def closed(self, rung: Rung) -> str | None:
        """Why the rung cannot be taken, as people read it; `None` if it can."""
        failing = self._situation.failing(rung.pre)
        return None if failing is None else failing.otherwise or rung.name

    def climbable(self, rung: Rung) -> bool:
        """Whether the rung is open, not taken yet (or may be again), and lacks nothing that cannot be asked for."""
        return not self.is_behind(rung) and self._is_free(rung)

    def is_on_the_way(self, rung: Rung) -> bool:
        """Whether a rung that was proposed still makes sense, whatever has been learned since."""
        return self._is_free(rung) and (rung.optional or rung.id in self.upcoming())

    def _is_free(self, rung: Rung) -> bool:
        return self.closed(rung) is None and self.askable(rung) == self.lacks(rung)

    def upcoming(self) -> list[str]:
        """Rungs in the order in which they are tried: where the last outcome leads, then the route."""
        last = self._last_finished()
        turning = self._turning(last) if last else None
        return [*(turning.next if turning else ()), *self.route.rungs]

    def options(self, beside: str | None) -> list[Option]:
        """What may be done instead of the rung `beside`, and what is closed or lacks something, in ladder order."""
        ids = {*self.route.rungs, *(rung.id for rung in self._knowledge.rungs.values() if rung.optional)}
        rungs = [rung for rung in self._knowledge.rungs.values() if rung.id in ids - {beside, EVIDENCE}]
        return [Option(rung, self.lacks(rung), self.closed(rung)) for rung in rungs if not self.is_behind(rung)]

    def is_behind(self, rung: Rung) -> bool:
        """Whether it was taken, and may not be again; what was only proposed is not behind once it has closed."""
        step = self._situation.last_step(rung.id)
        if step is None:
            return False
        if step.submitted_at is None and step.outcome is None and self.closed(rung) is not None:
            return False
        turning = self._turning(step)
        return not (turning and turning.again and step.attempt < MAX_ATTEMPTS)

    def _turning(self, step: Step) -> Turning | None:
        return self._knowledge.rungs[step.rung_id].outcomes.get(step.outcome or "")

    def _last_finished(self) -> Step | None:
        """The step whose outcome came last; what was merely done (a report, a public post) leads nowhere."""
        finished = [step for step in self._steps if step.outcome_at is not None and self._turning(step)]
        return max(finished, key=lambda step: (step.outcome_at, step.id or 0), default=None)

    def is_past(self, rung: str, rungs: Iterable[str]) -> bool:
        """Whether a rung that comes after this one in `rungs` was already taken up."""
        order = list(rungs)
        after = order[order.index(rung) + 1 :] if rung in order else []
        return any(step.rung_id in after for step in self._steps)
