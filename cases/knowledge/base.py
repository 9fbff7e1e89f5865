"""The knowledge base as one frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.knowledge.procedure import Outcome, Pitfall, Route, Rung
from cases.knowledge.schema import (
    Amount,
    Answer,
    CannedReply,
    Channel,
    DisputeKind,
    DocumentKind,
    Due,
    Fact,
    Grievance,
    Guard,
    Law,
    Question,
    Requirement,
    Track,
    Unverified,
)


@dataclass(frozen=True)
class Knowledge:
    """Everything in `data/knowledge`, by id. Built only by the loader, which has checked it."""

    kinds: Mapping[str, DisputeKind]
    tracks: Mapping[str, Track]
    evidence: Mapping[str, Requirement]
    facts: Mapping[str, Fact]
    channels: Mapping[str, Channel]
    rungs: Mapping[str, Rung]
    routes: Mapping[str, Route]
    outcomes: Mapping[str, Outcome]
    deadlines: Mapping[str, Due]
    documents: Mapping[str, DocumentKind]
    laws: Mapping[str, Law]
    answers: Mapping[str, Answer]
    questions: Mapping[str, Question]
    amounts: Mapping[str, Amount]
    guards: Mapping[str, Guard]
    pitfalls: Mapping[str, Pitfall]
    unverified: Mapping[str, Unverified]
    canned_replies: Mapping[str, CannedReply]
    wording: Mapping[str, str]

    @property
    def grievances(self) -> dict[str, Grievance]:
        """The kinds and the tracks."""
        return {**self.kinds, **self.tracks}
