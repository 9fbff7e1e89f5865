"""The order in which the files of a case are bound: their numbers, and the numbers of their pages. Pure."""

from dataclasses import dataclass

from cases.documents.exhibits import exhibits
from cases.documents.paging import PDF, page_count
from cases.knowledge import Knowledge
from cases.models import Attachment, Case


@dataclass(frozen=True, slots=True)
class BoundFile:
    """A file in the bundle: `2-1` is the first of the second exhibit; `first` is the number of its first page."""

    number: str
    name: str
    file: Attachment
    first: int
    count: int

    @property
    def pages(self) -> str:
        """`3`, or `3-5`."""
        return _span(self.first, self.first + self.count - 1)

    @property
    def is_pdf(self) -> bool:
        """Whether its pages are those of a PDF."""
        return self.file.media_type == PDF

    @property
    def is_cut(self) -> bool:
        """Whether it is one picture that goes over several pages."""
        return self.count > 1 and not self.is_pdf


@dataclass(frozen=True, slots=True)
class BoundExhibit:
    """An exhibit as the list of evidence numbers it; without files the person keeps it."""

    number: int
    name: str
    proves: str
    files: tuple[BoundFile, ...]

    @property
    def pages(self) -> str:
        """`3`, or `3-5`; empty without files."""
        last = self.files[-1] if self.files else None
        return _span(self.files[0].first, last.first + last.count - 1) if last else ""


def bound(case: Case, knowledge: Knowledge) -> list[BoundExhibit]:
    """The exhibits of a case in their order; what was withdrawn is left out."""
    items = {item.requirement_id: item for item in case.evidence}
    made: list[BoundExhibit] = []
    page = 1
    for number, exhibit in enumerate(exhibits(case, knowledge), start=1):
        files = [file for file in items[exhibit["id"]].attachments if file.withdrawn_at is None]
        parts: list[BoundFile] = []
        for position, file in enumerate(files, start=1):
            parts.append(BoundFile(f"{number}-{position}", exhibit["name"], file, page, page_count(file)))
            page += parts[-1].count
        made.append(BoundExhibit(number, exhibit["name"], exhibit["proves"], tuple(parts)))
    return made


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
