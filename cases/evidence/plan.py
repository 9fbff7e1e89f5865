"""Which evidence a case needs, how far it has come, and what to ask for next. Pure."""

from cases.knowledge import Knowledge
from cases.knowledge.schema import ChainLink, EvidencePlan, Grievance
from cases.models import Case, EvidenceState


class EvidenceNeeds:
    """The evidence of one case in the light of the knowledge."""

    def __init__(self, case: Case, knowledge: Knowledge) -> None:
        self._case = case
        self._knowledge = knowledge
        self.items = {item.requirement_id: item for item in case.evidence}

    @property
    def plan(self) -> EvidencePlan:
        """The evidence this case needs; a guard's comes first, then the track's: it is what they are waiting for.

        What proves a grievance made beside the main one strengthens the case.
        """
        plans = [*self._guards(), *(self._plan_of(entry) for entry in self._grievances())]
        if not plans:
            return self._common_plan()
        required = dict.fromkeys(id_ for plan in plans for id_ in plan.required)
        beside = [self._knowledge.grievances[id_].evidence.required for id_ in self._case.also]
        wanted = [*(plan.strengthens for plan in plans), *beside]
        more = dict.fromkeys(id_ for ids in wanted for id_ in ids if id_ not in required)
        return EvidencePlan(required=tuple(required), strengthens=tuple(more))

    def _guards(self) -> list[EvidencePlan]:
        noticed = [self._knowledge.guards[flag] for flag in self._case.flags if flag in self._knowledge.guards]
        return [guard.evidence for guard in noticed if guard.evidence]

    def _grievances(self) -> list[Grievance]:
        entries = self._knowledge.grievances
        return [entries[id_] for id_ in (self._case.track, self._case.dispute_kind) if id_]

    def _plan_of(self, entry: Grievance) -> EvidencePlan:
        """The sub-kind's plan where it has one of its own."""
        own = {subkind.id: subkind.evidence for subkind in entry.subkinds}.get(self._case.subkind or "")
        return own or entry.evidence

    def _common_plan(self) -> EvidencePlan:
        """What every kind of dispute needs, for a person who cannot say which it is."""
        plans = [set(kind.evidence.required) for kind in self._knowledge.kinds.values()]
        common = set.intersection(*plans)
        return EvidencePlan(required=tuple(id_ for id_ in self._knowledge.evidence if id_ in common))

    def state_of(self, requirement: str) -> str:
        """The state of a requirement in this case; `open` if nobody has spoken of it."""
        item = self.items.get(requirement)
        return item.state if item else "open"

    def to_ask(self) -> str | None:
        """The piece to ask for now: what was not spoken of, then once what was put off."""
        required = self.plan.required
        fresh = (
            id_ for id_ in required if self.state_of(id_) in ("open", EvidenceState.ASKED, EvidenceState.NOT_ACCEPTED)
        )
        parked = (id_ for id_ in required if self.state_of(id_) == EvidenceState.LATER and self.items[id_].parked == 1)
        return next(fresh, None) or next(parked, None)

    def gaps(self) -> list[str]:
        """Required evidence that is not there, whatever the reason."""
        return [id_ for id_ in self.plan.required if self.state_of(id_) != EvidenceState.PROVIDED]

    def gaps_for(self, channel: str) -> list[str]:
        """Evidence that this channel demands of this case and that is not there."""
        demanded = (*self.plan.required, *self.plan.strengthens)
        return [
            id_
            for id_ in demanded
            if self._knowledge.evidence[id_].channels.get(channel) == "required"
            and self.state_of(id_) != EvidenceState.PROVIDED
        ]

    def chain(self) -> dict[ChainLink, tuple[int, int]]:
        """For each link of the evidence chain: how many required pieces are there, out of how many."""
        counts = {link: [0, 0] for link in ChainLink}
        for id_ in self.plan.required:
            count = counts[self._knowledge.evidence[id_].link]
            count[0] += self.state_of(id_) == EvidenceState.PROVIDED
            count[1] += 1
        return {link: (have, of) for link, (have, of) in counts.items() if of}
