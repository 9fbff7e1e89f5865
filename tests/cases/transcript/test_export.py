"""A conversation as Markdown, JSON and PDF: all of it, in order, and no more than its reader may see."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from cases import clock
from cases.models import Attachment, Case, Conversation, Note, Person, Role, StaffUser
from cases.transcript import export
from cases.transcript import service as transcript
from cases.transcript.export import Transcript

PHONE, ORDER_NO, SHOP = "13812345678", "20261118001", "王小明"


@pytest.fixture
def conversation(session: Session, person: Person, case: Case) -> Conversation:
    """Somebody has said something and sent a file; a colleague has noted something, then answered."""
    talk = transcript.conversation_of(session, person)
    talk.case, case.merchant = case, SHOP
    said = transcript.record_person(
        session, talk, channel="web", text=f"{SHOP}不退，电话{PHONE}", intent="greet", confidence=0.9
    )
    session.flush()
    session.add(_file(person, said.id))
    transcript.record_bot(session, talk, channel="web", messages=[{"text": "记下了。"}], latency_ms=9)
    staff = StaffUser(name="lin", display_name="小林", role=Role.AGENT, password_hash="", created_at=clock.now())
    session.add(staff)
    session.flush()
    session.add(Note(conversation_id=talk.id, staff=staff, text=f"打过{PHONE}", at=clock.now() + timedelta(hours=1)))
    transcript.record_staff(session, talk, staff, f"订单号{ORDER_NO}查到了").sent_at += timedelta(days=1)
    session.flush()
    return talk


def _file(person: Person, message: int) -> Attachment:
    file = Attachment(person_id=person.id, message_id=message, sha256="ab" * 32, media_type="image/png", size=9)
    file.name, file.source, file.received_at = f"{PHONE}.png", "web", clock.now()
    return file


def exported(
    session: Session, conversation: Conversation, *, notes: bool = False, is_masked: bool = False
) -> Transcript:
    return export.transcript(session, conversation, notes=notes, is_masked=is_masked)


def paper(found: Transcript) -> str:
    pages = PdfReader(BytesIO(export.as_pdf(found))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


class TestWhatIsInIt:
    def test_is_everything_that_was_said_in_order(self, session: Session, conversation: Conversation) -> None:
        lines = exported(session, conversation).lines
        assert [(line.who, line.channel) for line in lines] == [("对方", "网页"), ("助手", "网页"), ("小林", "网页")]
        assert [file.name for file in lines[0].files] == [f"{PHONE}.png"]

    def test_are_notes_only_if_they_are_wanted(self, session: Session, conversation: Conversation) -> None:
        assert [line.author for line in exported(session, conversation, notes=True).lines] == [
            *("person", "bot", "note", "staff")
        ]
        assert "打过" not in export.as_json(exported(session, conversation))

    @pytest.mark.parametrize("secret", [PHONE, ORDER_NO, SHOP])
    def test_is_masked_everywhere_if_that_is_wanted(
        self, session: Session, conversation: Conversation, secret: str
    ) -> None:
        found = exported(session, conversation, notes=True, is_masked=True)
        for text in (export.as_markdown(found), export.as_json(found), paper(found)):
            assert secret not in text

    @pytest.mark.parametrize("secret", [PHONE, ORDER_NO, SHOP])
    def test_is_whole_otherwise(self, session: Session, conversation: Conversation, secret: str) -> None:
        found = exported(session, conversation, notes=True)
        for text in (export.as_markdown(found), export.as_json(found), paper(found)):
            assert secret in text

    def test_says_what_it_is(self, session: Session, conversation: Conversation, case: Case) -> None:
        about = exported(session, conversation, notes=True, is_masked=True).about
        assert about == (
            f"案子 {case.number}。",
            "导出于 2026-11-22 10:00。",
            "号码和姓名已隐去。",
            "带内部备注，不要给对方。",
        )

    def test_of_somebody_who_has_said_nothing_is_short(self, session: Session, person: Person) -> None:
        found = exported(session, transcript.conversation_of(session, person))
        assert found.lines == ()
        assert export.as_markdown(found).startswith(f"# 对话 {person.public_id}\n")
        assert person.public_id in paper(found)


class TestMarkdown:
    def test_has_the_days_as_headings(self, session: Session, conversation: Conversation) -> None:
        text = export.as_markdown(exported(session, conversation))
        assert [line for line in text.splitlines() if line.startswith("## ")] == ["## 2026-11-22", "## 2026-11-23"]
        assert "**小林** 10:00 · 网页\n\n> 订单号20261118001查到了" in text
        assert "ab" * 32 in text

    @pytest.mark.parametrize(
        ("said", "written"),
        [
            ("# 标题", "> \\# 标题"),
            ("**重要**", "> \\*\\*重要\\*\\*"),
            ("<img src=x>", "> \\<img src=x\\>"),
            ("[点我](javascript:1)", "> \\[点我\\](javascript:1)"),
            ("- 一\n1. 二", "> \\- 一  \n> 1\\. 二"),
            ("a-b 3.5", "> a-b 3.5"),
            ("|a|", "> \\|a\\|"),
            ("反\\斜", "> 反\\\\斜"),
        ],
    )
    def test_takes_nothing_that_was_said_for_markup(
        self, session: Session, person: Person, said: str, written: str
    ) -> None:
        talk = transcript.conversation_of(session, person)
        transcript.record_person(session, talk, channel="web", text=said, intent=None, confidence=None)
        session.flush()
        assert f"\n\n{written}" in export.as_markdown(exported(session, talk))


def test_json_tells_all_of_it(session: Session, conversation: Conversation, person: Person, case: Case) -> None:
    told = json.loads(export.as_json(exported(session, conversation)))
    assert (told["conversation"], told["case"]) == (person.public_id, case.number)
    assert told["lines"][0] == {
        "author": "person",
        "who": "对方",
        "at": "2026-11-22T10:00:00+08:00",
        "channel": "网页",
        "text": f"{SHOP}不退，电话{PHONE}",
        "files": [{"name": f"{PHONE}.png", "sha256": "ab" * 32, "media_type": "image/png", "size": 9}],
    }


def test_a_long_conversation_is_printed_whole(session: Session, person: Person) -> None:
    talk = transcript.conversation_of(session, person)
    for number in range(60):
        transcript.record_person(
            session, talk, channel="web", text=f"第{number}句" + "说了很久" * 30, intent=None, confidence=None
        )
    session.flush()
    text = paper(exported(session, talk))
    assert all(f"第{number}句" in text for number in range(60))
