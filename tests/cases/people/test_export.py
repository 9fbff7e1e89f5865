"""The export: everything about a person, in words, with their files; and nothing about anybody else."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from cases import clock
from cases.case.facts import FACTS
from cases.evidence.files import path_of
from cases.knowledge import knowledge
from cases.models import (
    Attachment,
    Base,
    Case,
    CaseEvent,
    ChannelIdentity,
    Conversation,
    Document,
    EvidenceItem,
    Message,
    NluCorrection,
    Person,
    Reminder,
    Step,
)
from cases.people import export
from cases.people.labels import COLUMNS, INTERNAL

Tell = Callable[..., Person]


def exported(session: Session, person: Person) -> tuple[dict[str, Any], ZipFile]:
    target = BytesIO()
    export.write(session, person, target)
    archive = ZipFile(target)
    return json.loads(archive.read("data.json")), archive


# The inbox and the outbox repeat the transcript; what staff write and mark is theirs.
EXPORTED = (
    *(Attachment, Case, CaseEvent, ChannelIdentity, Conversation, Document, EvidenceItem),
    *(Message, NluCorrection, Person, Reminder, Step),
)


@pytest.mark.parametrize("table", EXPORTED)
def test_every_column_has_a_name_or_is_internal(table: type[Base]) -> None:
    columns = {column.key for column in inspect(table).column_attrs}
    assert columns - INTERNAL - {*FACTS, *COLUMNS} == set()


def test_tells_what_was_said(session: Session, tell: Tell) -> None:
    told, _ = exported(session, tell())
    assert [(line["谁说的"], line["内容"]) for line in told["消息"]] == [
        ("你", "我在极速卡盟充的话费没到账"),
        ("助手", "一共付了多少钱？"),
    ]
    assert told["消息"][0]["发送时间"] == "2026-11-22T10:00:00+08:00"
    assert len(told["纠正"]) == 1


def test_tells_a_case_in_words(session: Session, tell: Tell) -> None:
    [case] = exported(session, tell())[0]["案件"]
    assert (case["付款金额"], case["付款日期"], case["付款渠道"]) == ("200 元", "11月18日", "微信")
    assert case["遇到的问题"] == knowledge().kinds["not_delivered"].name
    assert [item["证据"] for item in case["证据"]] == [knowledge().evidence["ev_order"].name]
    assert [step["步骤"] for step in case["步骤"]] == [knowledge().rungs["L2_demand"].name]
    assert "200.00元" in case["材料"][0]["内容"]
    assert case["提醒"]
    assert case["经过"]


def test_names_the_case_that_is_closed_too(session: Session, tell: Tell) -> None:
    person = tell()
    assert person.conversation is not None
    person.conversation.case = None
    assert len(exported(session, person)[0]["案件"]) == 1


def test_has_the_originals_where_it_says(session: Session, tell: Tell) -> None:
    told, archive = exported(session, tell())
    [file] = told["文件"]
    assert archive.read(file["存放在"]) == b"a picture"
    assert (file["名称"], file["SHA-256"]) == ("订单.png", "ab" * 32)
    assert told["案件"][0]["证据"][0]["文件"] == [file["存放在"]]


def test_does_without_an_original_that_is_lost(session: Session, tell: Tell) -> None:
    person = tell()
    path_of("ab" * 32).unlink()
    told, archive = exported(session, person)
    assert (len(told["文件"]), archive.namelist()) == (1, ["data.json"])


def test_holds_nothing_about_anybody_else(session: Session, tell: Tell) -> None:
    tell("cd" * 32, said="别人的秘密")
    told, archive = exported(session, tell())
    assert "别人的秘密" not in json.dumps(told, ensure_ascii=False)
    assert len(archive.namelist()) == 2


def test_holds_no_credential(session: Session, tell: Tell) -> None:
    person = tell()
    told, _ = exported(session, person)
    assert person.identities[0].external_id not in json.dumps(told)


def test_of_somebody_who_has_said_nothing_is_short(session: Session) -> None:
    person = Person(created_at=clock.now())
    session.add(person)
    session.flush()
    told, _ = exported(session, person)
    assert (told["对话"], told["消息"], told["案件"], told["文件"]) == ({}, [], [], [])
