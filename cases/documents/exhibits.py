"""The evidence of a case as courts list it."""

from typing import TypedDict

from cases.documents.paging import page_count
from cases.knowledge import Knowledge
from cases.knowledge.schema import Requirement
from cases.models import Case, EvidenceItem, EvidenceState


class Exhibit(TypedDict):
    """A piece of evidence: what it is and proves, its pages (empty if the person keeps it), SHA-256 of its files."""

    id: str
    name: str
    proves: str
    pages: str
    sha256: list[str]


def exhibits(case: Case, knowledge: Knowledge) -> list[Exhibit]:
    """What the person has, in the order of the knowledge base."""
    items = {item.requirement_id: item for item in case.evidence if item.state == EvidenceState.PROVIDED}
    return [_exhibit(items[id_], requirement) for id_, requirement in knowledge.evidence.items() if id_ in items]


def _exhibit(item: EvidenceItem, requirement: Requirement) -> Exhibit:
    files = [file for file in item.attachments if file.withdrawn_at is None]
    return {
        "id": requirement.id,
        "name": requirement.name,
        "proves": requirement.proves,
        "pages": str(sum(map(page_count, files))) if files else "",
        "sha256": [file.sha256 for file in files],
    }
