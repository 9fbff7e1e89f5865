"""The evidence of a case as courts list it."""

from typing import TypedDict

from cases.knowledge import Knowledge
from cases.models import Case, EvidenceItem, EvidenceState


class Exhibit(TypedDict):
    """One piece of evidence: its requirement, how many pages (empty if the person keeps it), SHA-256 of its files."""

    id: str
    name: str
    pages: str
    sha256: list[str]


def exhibits(case: Case, knowledge: Knowledge) -> list[Exhibit]:
    """What the person has, in the order of the knowledge base."""
    items = {item.requirement_id: item for item in case.evidence if item.state == EvidenceState.PROVIDED}
    return [_exhibit(items[id_], knowledge.evidence[id_].name) for id_ in knowledge.evidence if id_ in items]


def _exhibit(item: EvidenceItem, name: str) -> Exhibit:
    files = item.attachments  # every file is one picture, and a picture is a page
    return {
        "id": item.requirement_id,
        "name": name,
        "pages": str(len(files)) if files else "",
        "sha256": [file.sha256 for file in files],
    }
