"""Making the documents of a case, keeping every version, and handing them out as text, DOCX and PDF."""

from sqlalchemy.orm import Session

from cases import clock
from cases.case.service import log
from cases.documents import layout, templates
from cases.documents.fact_base import OF_THE_DAY, FactBase, fact_base
from cases.knowledge import Knowledge
from cases.knowledge.procedure import Rung
from cases.models import Actor, Case, Document


def letter(session: Session, case: Case, rung: Rung, knowledge: Knowledge) -> Document | None:
    """The document of this rung as the facts are now, if the rung has one."""
    return make(session, case, rung.letter, knowledge) if rung.letter else None


def make(session: Session, case: Case, kind: str, knowledge: Knowledge) -> Document:
    """A document as the facts are now: a new version only if it would read differently.

    What the person has confirmed stays as it is until a fact changes; until then a later day is a change, too.
    """
    facts = fact_base(case, knowledge.documents[kind], knowledge)
    latest = current(case, kind)
    if latest is not None and (_is_still(latest, facts) if latest.confirmed_at else latest.text == render(kind, facts)):
        return latest
    made = Document(
        case_id=case.id,
        kind=kind,
        version=latest.version + 1 if latest else 1,
        text=render(kind, facts),
        facts=facts,
        made_at=clock.now(),
    )
    case.documents.append(made)
    log(session, case, "document_made", kind=made.kind, version=made.version)
    return made


def confirm(session: Session, case: Case, document: Document) -> None:
    """The person has read it and says that it is right."""
    if document.confirmed_at is None:
        document.confirmed_at = clock.now()
        log(session, case, "document_confirmed", actor=Actor.PERSON, kind=document.kind, version=document.version)


def is_stale(case: Case, document: Document, knowledge: Knowledge) -> bool:
    """Whether a fact that the document tells has changed since it was made. A later day is no such fact."""
    return not _is_still(document, fact_base(case, knowledge.documents[document.kind], knowledge))


def current(case: Case, kind: str) -> Document | None:
    """The newest version of a document of this kind."""
    return next((made for made in reversed(case.documents) if made.kind == kind), None)


def render(kind: str, facts: FactBase) -> str:
    """The text of a document."""
    return templates.render(f"{kind}.txt", facts)


def as_docx(document: Document) -> bytes:
    """The document for Word and WPS."""
    from cases.documents import docx  # with the PDF's fonts 40 MB, which a service that hands out none never needs

    return docx.draw(layout.parse(document.text), document.made_at)


def as_pdf(document: Document) -> bytes:
    """The document as it is printed, its glyphs embedded."""
    from cases.documents import pdf

    return pdf.draw(layout.parse(document.text), document.made_at)


def _is_still(document: Document, facts: FactBase) -> bool:
    as_it_was = {**facts, **{name: document.facts.get(name, "") for name in OF_THE_DAY}}
    return as_it_was == document.facts or render(document.kind, as_it_was) == document.text
