"""The cases of `golden/cases.yml` as objects, without a database."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.clock import SHANGHAI
from cases.documents import templates
from cases.documents.fact_base import fact_base
from cases.knowledge import knowledge
from cases.models import Attachment, Case, Document, EvidenceItem, EvidenceState, Step

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES: dict[str, dict[str, Any]] = yaml.safe_load((GOLDEN / "cases.yml").read_text("utf-8"))


def _case(facts: dict[str, Any], flags: list[str], evidence: dict[str, Any], steps: list[dict[str, Any]]) -> Case:
    case = Case(**{"number": "K7M2QX9P", "also": [], "unknown": [], "flags": flags, **facts})
    case.evidence.extend(_item(id_, have) for id_, have in evidence.items())
    case.steps.extend(_step(**step) for step in steps)
    return case


def _item(requirement: str, have: int | str) -> EvidenceItem:
    files = have if isinstance(have, int) else 0
    item = EvidenceItem(requirement_id=requirement, state=EvidenceState.PROVIDED if have == files else have, parked=0)
    item.attachments.extend(Attachment(sha256=f"{number:02x}" * 32) for number in range(files))
    return item


def _step(rung: str, taken: date, outcome: str | None = None, number: str | None = None) -> Step:
    at = datetime(taken.year, taken.month, taken.day, 12, tzinfo=SHANGHAI).astimezone(UTC)
    return Step(rung_id=rung, submitted_at=at, outcome=outcome, reference_no=number)


@pytest.fixture
def example() -> Callable[..., Case]:
    """Builds an example by name; keywords change its facts."""

    def build(name: str, **changed: Any) -> Case:
        described = EXAMPLES[name]
        parts = {part: described.get(part, empty) for part, empty in (("flags", []), ("evidence", {}), ("steps", []))}
        return _case({**described["facts"], **changed}, **{**parts, "flags": list(parts["flags"])})

    return build


@pytest.fixture
def text_of() -> Callable[[Case, str], str]:
    """The text of one kind of document for a case."""
    return _text


@pytest.fixture
def document_of() -> Callable[[Case, str], Document]:
    """One kind of document for a case, made now."""

    def make(case: Case, kind: str) -> Document:
        return Document(kind=kind, version=1, text=_text(case, kind), made_at=datetime(2026, 11, 22, 2, tzinfo=UTC))

    return make


def _text(case: Case, kind: str) -> str:
    return templates.render(f"{kind}.txt", fact_base(case, knowledge().documents[kind], knowledge()))
