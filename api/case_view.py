"""A case as JSON: what the page, other programs and tests read."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from api.fact_view import FactView
from api.fact_view import views as fact_views
from api.files.view import FileView
from api.files.view import view as file_view
from cases import clock
from cases.case.facts import FACTS, MONEY, yuan
from cases.dialogue.summary import kind_name
from cases.documents import service as documents
from cases.documents.fact_base import claim
from cases.knowledge import Knowledge, knowledge
from cases.knowledge.schema import Requirement
from cases.models import Case, Step
from cases.planner import Next, Planner


class EvidenceView(BaseModel):
    """One requirement of the case: what to hand in, and what was. `sha256` is that of the file handed in last."""

    id: str
    name: str
    level: str
    status: str
    ask: str
    how: str
    why: str
    must_show: list[str]
    files: list[FileView]
    sha256: str | None


class StepView(BaseModel):
    """One rung the case has taken, or is about to."""

    id: str
    name: str
    status: str
    submitted_at: datetime | None
    reference_no: str | None
    promised_for: date | None
    due_at: datetime | None
    due_type: str | None
    provisional: bool
    outcome: str | None
    outcome_name: str | None


class NextView(BaseModel):
    """The one next thing."""

    kind: str
    id: str
    text: str


class OptionView(BaseModel):
    """A step that may be taken instead of the next one; `lacks` are facts, `closed` why it cannot be taken."""

    id: str
    name: str
    lacks: list[str]
    closed: str | None


class DocumentView(BaseModel):
    """A text that was made for the person; the newest version of its kind. Stale when a fact has changed since."""

    kind: str
    name: str
    version: int
    confirmed: bool
    stale: bool


class CaseView(BaseModel):
    """A case. Money in yuan, as strings with two decimals."""

    number: str
    dispute_kind: str | None
    dispute_name: str
    subkind: str | None
    also: list[str]
    track: str | None
    stage: str
    outcome: str | None
    platform: str | None
    merchant: str | None
    product: str | None
    amount: str | None
    delivered_amount: str | None
    paid_at: date | None
    pay_channel: str | None
    pay_channel_name: str | None
    pay_method: str | None
    order_no: str | None
    contact_attempts: int | None
    purpose: str | None
    operator: str | None
    operator_address: str | None
    refund_requested_at: date | None
    recovered_amount: str | None
    claim: str
    flags: list[str]
    facts: list[FactView]
    evidence: list[EvidenceView]
    steps: list[StepView]
    next: NextView
    why: str
    alternatives: list[OptionView]
    documents: list[DocumentView]


def view(case: Case) -> CaseView:
    """What people may see of a case."""
    known = knowledge()
    planner = Planner(case, known, clock.today())
    return CaseView(
        number=case.number,
        dispute_kind=case.dispute_kind,
        dispute_name=kind_name(case, known),
        subkind=case.subkind,
        also=case.also,
        track=case.track,
        stage=case.stage,
        outcome=case.outcome,
        **_facts(case, known),
        flags=case.flags,
        facts=fact_views(planner),
        evidence=_evidence(planner),
        steps=[_step(step, known) for step in case.steps],
        next=_next(planner.next(), known),
        why=planner.why(),
        alternatives=[
            OptionView(id=it.rung.id, name=it.rung.name, lacks=list(it.lacks), closed=it.closed)
            for it in planner.alternatives()
        ],
        documents=_documents(case, known),
    )


def _facts(case: Case, known: Knowledge) -> dict[str, Any]:
    channels = {choice.value: choice.title for choice in known.facts["pay_channel"].choices}
    return {
        **{name: getattr(case, name) for name in FACTS if name not in MONEY},
        **{name: _yuan(getattr(case, name)) for name in MONEY},
        "pay_channel_name": channels.get(case.pay_channel or ""),
        "claim": claim(case, known),
    }


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else yuan(fen)


def _evidence(planner: Planner) -> list[EvidenceView]:
    plan = planner.evidence.plan
    levels = [("required", plan.required), ("strengthens", plan.strengthens)]
    return [_piece(planner, planner.knowledge.evidence[id_], level) for level, ids in levels for id_ in ids]


def _piece(planner: Planner, requirement: Requirement, level: str) -> EvidenceView:
    item = planner.evidence.items.get(requirement.id)
    files = item.attachments if item else []
    return EvidenceView(
        id=requirement.id,
        name=requirement.name,
        level=level,
        status=planner.evidence.state_of(requirement.id),
        ask=requirement.ask,
        how=requirement.how,
        why=requirement.why,
        must_show=list(requirement.must_show),
        files=[file_view(file) for file in files],
        sha256=files[-1].sha256 if files else None,
    )


def _step(step: Step, known: Knowledge) -> StepView:
    status = "finished" if step.outcome else "submitted" if step.submitted_at else "proposed"
    return StepView(
        id=step.rung_id,
        name=known.rungs[step.rung_id].name,
        status=status,
        submitted_at=step.submitted_at,
        reference_no=step.reference_no,
        promised_for=step.promised_for,
        due_at=step.due_at,
        due_type=step.due_type,
        provisional=step.provisional,
        outcome=step.outcome,
        outcome_name=known.outcomes[step.outcome].title if step.outcome and step.outcome in known.outcomes else None,
    )


def _next(following: Next, known: Knowledge) -> NextView:
    texts = {"closed": "", "handed_on": known.wording["ladder_exhausted"]}
    if following.kind == "fact":
        texts["fact"] = known.facts[following.id].ask
    elif following.kind == "evidence":
        texts["evidence"] = known.evidence[following.id].ask
    elif following.kind == "step":
        texts["step"] = known.rungs[following.id].intro
    elif following.kind == "outcome":
        addressee = known.rungs[following.id].addressee
        texts["outcome"] = known.wording["outcome_question"].format(addressee=addressee)
    return NextView(kind=following.kind, id=following.id, text=texts[following.kind])


def _documents(case: Case, known: Knowledge) -> list[DocumentView]:
    newest = {document.kind: document for document in case.documents}
    return [
        DocumentView(
            kind=kind,
            name=known.documents[kind].name,
            version=document.version,
            confirmed=document.confirmed_at is not None,
            stale=documents.is_stale(case, document, known),
        )
        for kind, document in newest.items()
    ]
