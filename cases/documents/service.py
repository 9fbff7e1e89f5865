"""Making the letter of a step, and keeping every version of it."""

import re
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from cases import clock
from cases.case.service import log
from cases.documents.fact_base import FactBase, fact_base
from cases.knowledge import LETTERS_DIR, Knowledge
from cases.knowledge.schema import Rung
from cases.models import Case, Document


def letter(session: Session, case: Case, rung: Rung, knowledge: Knowledge) -> Document | None:
    """The letter of this rung as the facts are now: a new version only if they have changed."""
    if rung.letter is None:
        return None
    facts = fact_base(case, rung, knowledge)
    latest = current(case, rung.letter)
    if latest is not None and latest.facts == facts:
        return latest
    made = Document(
        case_id=case.id,
        kind=rung.letter,
        version=latest.version + 1 if latest else 1,
        text=render(rung.letter, facts),
        facts=facts,
        made_at=clock.now(),
    )
    case.documents.append(made)
    log(session, case, "document_made", kind=made.kind, version=made.version)
    return made


def current(case: Case, kind: str) -> Document | None:
    """The newest version of a document of this kind."""
    return next((made for made in reversed(case.documents) if made.kind == kind), None)


def render(kind: str, facts: FactBase) -> str:
    """The text of a letter."""
    text = _environment().get_template(f"{kind}.txt").render(facts)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Plain text for people to send, never HTML: escaping would corrupt it.
    return Environment(
        loader=FileSystemLoader(LETTERS_DIR),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
