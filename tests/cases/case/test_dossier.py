"""A case as one ZIP file: everything is in it, its digests are right, and masked nothing slips out."""

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy.orm import Session

from cases import clock
from cases.case import dossier
from cases.case import service as cases_
from cases.documents import service as documents
from cases.evidence import service as evidence
from cases.evidence.files import path_of, store
from cases.knowledge import knowledge
from cases.models import Case, Conversation, EvidenceState, Person
from cases.steps import service as steps
from cases.transcript import export
from cases.transcript import service as transcript

ORDER_NO, PHONE, SHOP = "20261118001", "13812345678", "王小明"
Packs = Callable[..., ZipFile]


@pytest.fixture
def conversation(session: Session, person: Person, case: Case) -> Conversation:
    """A talk about a case with evidence, a document and a step."""
    talk = transcript.conversation_of(session, person)
    talk.case = case
    cases_.set_kind(session, case, "not_delivered")
    cases_.set_facts(session, case, {"amount": 20_000, "order_no": ORDER_NO, "merchant": SHOP, "platform": "极速卡盟"})
    file = evidence.receive_file(session, person, store(picture()), name=f"{PHONE}.png", source="web")
    evidence.provide(session, case, "ev_order", attachments=[file], text=f"订单{ORDER_NO}")
    rung = knowledge().rungs["L2_demand"]
    step = steps.propose(session, case, rung)
    documents.letter(session, case, rung, knowledge())
    steps.submit(session, case, step, knowledge())
    steps.refer(session, case, step, "SL202611220099")
    transcript.record_person(session, talk, channel="web", text=f"电话{PHONE}", intent=None, confidence=None)
    session.flush()
    return talk


@pytest.fixture
def packed(session: Session, conversation: Conversation, case: Case) -> Packs:
    """Packs the case."""

    def pack(*, is_masked: bool = False) -> ZipFile:
        target = BytesIO()
        said = export.transcript(session, conversation, notes=False, is_masked=is_masked)
        dossier.write(case, said, knowledge(), target)
        return ZipFile(target)

    return pack


def picture() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((60, 40)).save(out, "PNG")
    return out.getvalue()


def text_of(archive: ZipFile, name: str) -> str:
    content = archive.read(name)
    if not name.endswith(".pdf"):
        return content.decode() if not name.startswith("证据/") else ""
    pages = PdfReader(BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_has_all_of_the_case(packed: Packs) -> None:
    assert set(packed().namelist()) == {
        *("说明.txt", "对话.md", "对话.json", "对话.pdf", "facts.json", "SHA256SUMS", "exhibits.pdf"),
        *(f"材料/{knowledge().documents['demand'].name}-第1版.{form}" for form in ("txt", "pdf")),
        "证据/订单详情-1.png",
    }


def test_its_digests_are_those_of_its_originals(packed: Packs) -> None:
    archive = packed()
    [line] = archive.read("SHA256SUMS").decode().splitlines()
    digest, name = line.split("  ")
    assert archive.read(name) == picture()
    assert digest == hashlib.sha256(picture()).hexdigest()


def test_tells_the_facts_in_words(packed: Packs, case: Case) -> None:
    told = json.loads(packed().read("facts.json"))
    assert (told["number"], told["dispute_name"], told["opened_at"]) == (
        case.number,
        "未到账",
        "2026-11-22T10:00:00+08:00",
    )
    assert (told["facts"]["amount"], told["facts"]["order_no"]) == ("200 元", ORDER_NO)
    assert (told["evidence"][0]["name"], told["evidence"][0]["files"][0]["size"]) == ("订单详情", len(picture()))
    assert (told["steps"][0]["name"], told["steps"][0]["reference_no"]) == ("书面要求商家退款", "SL202611220099")


@pytest.mark.parametrize("secret", [ORDER_NO, PHONE, SHOP, "SL202611220099"])
def test_masked_it_tells_nothing_that_leads_to_somebody(packed: Packs, secret: str) -> None:
    archive = packed(is_masked=True)
    told = {name for name in archive.namelist() if name != "exhibits.pdf" and secret in text_of(archive, name)}
    assert told == set()


def test_masked_it_has_digests_and_no_originals(packed: Packs) -> None:
    archive = packed(is_masked=True)
    assert not any(name.startswith("证据/") for name in archive.namelist())
    assert hashlib.sha256(picture()).hexdigest() in archive.read("SHA256SUMS").decode()
    assert "没有放证据原件" in archive.read("说明.txt").decode()


def test_does_without_an_original_that_is_lost(packed: Packs) -> None:
    path_of(hashlib.sha256(picture()).hexdigest()).unlink()
    archive = packed()
    assert "证据/订单详情-1.png" not in archive.namelist()
    assert "exhibits.pdf" in archive.namelist()


def test_keeps_what_was_withdrawn_and_refused(packed: Packs, case: Case) -> None:
    [item] = case.evidence
    item.state, item.refusal = EvidenceState.NOT_ACCEPTED, "看不清"
    item.attachments[0].withdrawn_at = clock.now()
    archive = packed()
    assert "证据/订单详情-1.png" in archive.namelist()
    assert json.loads(archive.read("facts.json"))["evidence"][0]["refusal"] == "看不清"
    assert "exhibits.pdf" not in archive.namelist()


def test_of_a_case_that_has_just_begun_is_short(session: Session, person: Person, case: Case) -> None:
    talk, target = transcript.conversation_of(session, person), BytesIO()
    talk.case = case
    dossier.write(case, export.transcript(session, talk, notes=False, is_masked=False), knowledge(), target)
    assert "exhibits.pdf" not in ZipFile(target).namelist()
    assert ZipFile(target).read("SHA256SUMS") == b""
