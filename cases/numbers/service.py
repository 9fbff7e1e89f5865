"""All the numbers of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from cases import clock
from cases.knowledge import Knowledge
from cases.models import Case
from cases.numbers.period import Period
from cases.numbers.progress import repository as progress
from cases.numbers.progress.repository import CaseSum, EvidenceCount, Funnel
from cases.numbers.repository import Span
from cases.numbers.talk import repository as talk

SILENT_DAYS = 3
"""Who has said nothing for so long has left."""
TOP = 12


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted; the queries say what each number is. `outcomes` are of all cases, the open ones without one."""

    period: Period
    kinds: Sequence[tuple[int, str | None, int]]
    by_kind: Sequence[CaseSum]
    funnel: Funnel
    left_at: Sequence[tuple[str | None, int]]
    evidence: Sequence[EvidenceCount]
    completeness: dict[int, int]
    times_to: Sequence[Span]
    times_waited: Sequence[Span]
    outcomes: Sequence[CaseSum]
    platforms: Sequence[CaseSum]
    merchants: Sequence[CaseSum]
    understood: Sequence[tuple[int, int, bool, int]]
    unanswered: Sequence[tuple[str, int]]
    until_human: Sequence[Span]
    until_reply: Sequence[Span]


def numbers(session: Session, period: Period, known: Knowledge) -> Numbers:
    """Count everything anew: some seconds' work where there is much."""
    since = period.since
    return Numbers(
        period=period,
        kinds=progress.kinds(session, since),
        by_kind=progress.sums(session, since, progress.KIND, TOP),
        funnel=progress.funnel(session, since),
        left_at=progress.left_at(session, since, clock.now() - timedelta(days=SILENT_DAYS)),
        evidence=progress.evidence(session, since),
        completeness=progress.completeness(session, since),
        times_to=progress.times_to(session, since),
        times_waited=progress.times_waited(session, since),
        outcomes=progress.sums(session, since, Case.outcome, TOP),
        platforms=progress.named_sums(session, since, Case.platform, TOP),
        merchants=progress.named_sums(session, since, Case.merchant, TOP),
        understood=talk.understood(session, since),
        unanswered=talk.unanswered(session, since, known.wording["answer_not_reviewed"]),
        until_human=talk.waits_for_human(session, since),
        until_reply=talk.waits_for_reply(session, since),
    )
