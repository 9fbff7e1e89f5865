"""A case as one ZIP file: what was said, the facts, the documents, and the evidence with its digests."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from cases import clock
from cases.case import facts
from cases.case.facts import FactValue
from cases.documents import layout
from cases.documents.exhibits import exhibits
from cases.evidence.files import path_of
from cases.knowledge import Knowledge
from cases.models import Attachment, Case, EvidenceItem, Step
from cases.people.export import SUFFIXES
from cases.review.privacy import masked, masked_fact
from cases.transcript import export
from cases.transcript.export import Transcript

DIGESTS = "SHA256SUMS"
ABOUT = """案子 {number} 的全部材料。{privacy}
对话：对话.md、对话.json、对话.pdf
事实、证据和步骤：facts.json
写好的材料：材料/
证据装订成册：exhibits.pdf
证据原件的 SHA-256：{digests}（可以用 sha256sum -c {digests} 核对）
{originals}
"""
WITH_ORIGINALS = "证据原件：证据/。收到时是什么样，现在就是什么样。"
WITHOUT_ORIGINALS = (
    "没有放证据原件，那里面的号码和姓名隐不掉。exhibits.pdf 里只遮住了标出来的位置，给别人之前请再看一遍。"
)


@dataclass(frozen=True, slots=True)
class Original:
    """A file of evidence and where it lies in the archive."""

    name: str
    file: Attachment


def write(case: Case, said: Transcript, known: Knowledge, target: IO[bytes]) -> None:
    """Write the file. Where what was `said` is masked, all the rest is, too: then originals are only named."""
    dossier = _Dossier(case, known, is_masked=said.is_masked)
    with ZipFile(target, "w", ZIP_DEFLATED, strict_timestamps=False) as archive:
        archive.writestr("说明.txt", dossier.about(said))
        archive.writestr("对话.md", export.as_markdown(said))
        archive.writestr("对话.json", export.as_json(said))
        archive.writestr("对话.pdf", export.as_pdf(said), ZIP_STORED)
        archive.writestr("facts.json", json.dumps(dossier.facts(), ensure_ascii=False, indent=2))
        for name, content in dossier.documents():
            archive.writestr(name, content)
        dossier.add_evidence(archive)


class _Dossier:
    """What a case puts into the file, as far as its reader may see it."""

    def __init__(self, case: Case, known: Knowledge, *, is_masked: bool) -> None:
        self._case = case
        self._known = known
        self._is_masked = is_masked
        self._originals = list(_originals(case, known))

    def about(self, said: Transcript) -> str:
        """What is in it."""
        originals = WITHOUT_ORIGINALS if self._is_masked else WITH_ORIGINALS
        about = {"privacy": said.privacy, "digests": DIGESTS, "originals": originals}
        return ABOUT.format(number=self._case.number, **about)

    def facts(self) -> dict[str, Any]:
        """The facts, the evidence and the steps; sums in yuan, times in Shanghai."""
        case, known = self._case, self._known
        grievance = known.grievances.get(case.dispute_kind or case.track or "")
        return {
            "number": case.number,
            "stage": case.stage,
            "outcome": case.outcome,
            "opened_at": _iso(case.opened_at),
            "closed_at": _iso(case.closed_at),
            "dispute_kind": case.dispute_kind,
            "dispute_name": grievance.name if grievance else None,
            "facts": {name: self._fact(name, value) for name, value in facts.known(case).items()},
            "evidence": [self._evidence(item) for item in case.evidence],
            "steps": [self._step(step) for step in case.steps],
        }

    def documents(self) -> Iterator[tuple[str, str | bytes]]:
        """The newest version of each document, as text and as it is printed."""
        from cases.documents import pdf  # with its fonts 40 MB, which a service that prints none never needs

        for kind, document in {document.kind: document for document in self._case.documents}.items():
            name = f"材料/{self._known.documents[kind].name}-第{document.version}版"
            text = self._seen(document.text)
            yield f"{name}.txt", text
            yield f"{name}.pdf", pdf.draw(layout.parse(text), document.made_at)

    def add_evidence(self, archive: ZipFile) -> None:
        """The digests, the originals that are there, and all of it bound."""
        archive.writestr(DIGESTS, "".join(f"{it.file.sha256}  {it.name}\n" for it in self._originals))
        for original in () if self._is_masked else self._originals:
            path = path_of(original.file.sha256)
            if path.is_file():
                archive.write(path, original.name, ZIP_STORED)
        if exhibits(self._case, self._known):
            from cases.documents import bundle  # as above

            bound = bundle.draw(self._case, self._known, redacted=self._is_masked)
            archive.writestr("exhibits.pdf", bound, ZIP_STORED)

    def _seen(self, text: str | None) -> str:
        return masked(text or "", self._case) if self._is_masked else text or ""

    def _fact(self, name: str, value: FactValue) -> str:
        said = facts.shown(name, value, self._known)
        return masked_fact(name, said) if self._is_masked else said

    def _evidence(self, item: EvidenceItem) -> dict[str, Any]:
        return {
            "id": item.requirement_id,
            "name": self._known.evidence[item.requirement_id].name,
            "state": item.state,
            "text": self._seen(item.text),
            "refusal": self._seen(item.refusal) or None,
            "accepted_at": _iso(item.accepted_at),
            "files": [self._file(file) for file in item.attachments],
        }

    def _file(self, file: Attachment) -> dict[str, Any]:
        return {
            "name": self._seen(file.name),
            "sha256": file.sha256,
            "media_type": file.media_type,
            "size": file.size,
            "received_at": _iso(file.received_at),
            "withdrawn_at": _iso(file.withdrawn_at),
        }

    def _step(self, step: Step) -> dict[str, Any]:
        return {
            "id": step.rung_id,
            "name": self._known.rungs[step.rung_id].name,
            "submitted_at": _iso(step.submitted_at),
            "due_at": _iso(step.due_at),
            "reference_no": self._fact("order_no", step.reference_no) if step.reference_no else None,
            "outcome": step.outcome,
            "outcome_at": _iso(step.outcome_at),
        }


def _originals(case: Case, known: Knowledge) -> Iterator[Original]:
    """Every file of the case, withdrawn ones too, under the name of what it proves."""
    for item in case.evidence:
        for number, file in enumerate(item.attachments, start=1):
            name = known.evidence[item.requirement_id].name
            yield Original(f"证据/{name}-{number}{SUFFIXES.get(file.media_type, '')}", file)


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds") if at else None
