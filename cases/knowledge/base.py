"""The knowledge base as one frozen object, and the checks that hold between its files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from cases.errors import KnowledgeError
from cases.knowledge.schema import (
    Answer,
    DisputeKind,
    EvidencePlan,
    Fact,
    Grievance,
    Law,
    Pitfall,
    Requirement,
    Rung,
    Track,
)


class Texts(Protocol):
    """The names of the letter templates that exist."""

    def __contains__(self, name: object, /) -> bool: ...


@dataclass(frozen=True)
class Knowledge:
    """Everything in `data/knowledge`, by id. Built only by the loader, which has checked it."""

    kinds: Mapping[str, DisputeKind]
    tracks: Mapping[str, Track]
    evidence: Mapping[str, Requirement]
    facts: Mapping[str, Fact]
    rungs: Mapping[str, Rung]
    laws: Mapping[str, Law]
    answers: Mapping[str, Answer]
    pitfalls: Mapping[str, Pitfall]
    wording: Mapping[str, str]

    def check(self, letters: Texts) -> None:
        """Raise `KnowledgeError` with every id that one file uses and no other defines."""
        faults = list(self._faults(letters))
        if faults:
            raise KnowledgeError("data/knowledge: " + "; ".join(faults))

    def _faults(self, letters: Texts) -> Iterator[str]:
        grievances: list[Grievance] = [*self.kinds.values(), *self.tracks.values()]
        for entry in grievances:
            yield from _unknown(f"{entry.id}.evidence", _plan_ids(entry.evidence), self.evidence)
            yield from _unknown(f"{entry.id}.route", entry.route, self.rungs)
        for fact in self.facts.values():
            yield from _unknown(f"{fact.id}.kinds", fact.kinds, self.kinds)
        for rung in self.rungs.values():
            yield from _unknown(f"{rung.id}.letter", [rung.letter] if rung.letter else [], letters)
        for answer in self.answers.values():
            for cite in answer.cites:
                law = self.laws.get(cite.law)
                if law is None or cite.article not in law.articles:
                    yield f"{answer.id} cites {cite.law} {cite.article}, which laws.yml does not have"


def _plan_ids(plan: EvidencePlan) -> tuple[str, ...]:
    return plan.required + plan.strengthens


def _unknown(where: str, ids: Iterable[str], known: Texts) -> Iterator[str]:
    return (f"{where}: unknown id {id_}" for id_ in ids if id_ not in known)
