"""Everything that is kept about a person, in words they can read, with the files they handed in.

Left out: keys between rows, the inbox (it repeats the answers of the transcript), and how things stood before the
last message.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import IO, Any
from zipfile import ZipFile

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository as cases_
from cases.case.facts import FACTS, shown
from cases.clock import SHANGHAI
from cases.evidence.files import path_of
from cases.knowledge import Knowledge, knowledge
from cases.models import Attachment, Base, Case, Person
from cases.people import repository
from cases.people.labels import CODES, COLUMNS, INTERNAL

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/pdf": ".pdf",
    "video/mp4": ".mp4",
}

Told = dict[str, Any]


def write(session: Session, person: Person, target: IO[bytes]) -> None:
    """Write a ZIP file: `data.json`, and the originals under `files/`, uncompressed as they hardly shrink."""
    with ZipFile(target, "w", strict_timestamps=False) as archive:
        told = json.dumps(everything(session, person, knowledge()), ensure_ascii=False, indent=2)
        archive.writestr("data.json", told)
        for name, attachment in {name_of(file): file for file in repository.attachments(session, person)}.items():
            if path_of(attachment.sha256).is_file():
                archive.write(path_of(attachment.sha256), name)


def everything(session: Session, person: Person, known: Knowledge) -> Told:
    """All rows about a person, by what they are about."""
    said = repository.messages(session, person)
    files = repository.attachments(session, person)
    corrections = repository.corrections(session, [message.id for message in said])
    return {
        "导出时间": _plain(clock.now()),
        "个人": {**_row(person, known), "登录方式": [_row(identity, known) for identity in person.identities]},
        "对话": _row(person.conversation, known) if person.conversation else {},
        "消息": [_row(message, known) for message in said],
        "纠正": [_row(correction, known) for correction in corrections],
        "案件": [_case(session, case, known) for case in repository.all_cases(session, person)],
        "文件": [{"存放在": name_of(file), **_row(file, known)} for file in files],
    }


def name_of(attachment: Attachment) -> str:
    """Where an original lies in the archive; the same picture lies there once."""
    return f"files/{attachment.sha256[:16]}{SUFFIXES.get(attachment.media_type, '')}"


def _case(session: Session, case: Case, known: Knowledge) -> Told:
    return {
        **_row(case, known),
        "证据": [{**_row(item, known), "文件": [name_of(file) for file in item.attachments]} for item in case.evidence],
        "步骤": [_row(step, known) for step in case.steps],
        "材料": [_row(document, known) for document in case.documents],
        "提醒": [_row(reminder, known) for reminder in repository.reminders(session, case)],
        "经过": [_row(event, known) for event in cases_.events(session, case)],
    }


def _row(row: Base, known: Knowledge) -> Told:
    """A row by the names of its columns, without what is internal."""
    columns = [column.key for column in inspect(type(row)).column_attrs if column.key not in INTERNAL]
    if isinstance(row, Case):
        return {label(name, known): _fact(name, getattr(row, name), known) for name in columns}
    return {label(name, known): _said(name, getattr(row, name), known) for name in columns}


def label(column: str, known: Knowledge) -> str:
    """What a column is called: a fact as everywhere else."""
    return known.facts[column].name if column in FACTS else COLUMNS[column]


def _fact(name: str, value: Any, known: Knowledge) -> Any:
    return shown(name, value, known) if name in FACTS and value is not None else _said(name, value, known)


def _said(name: str, value: Any, known: Knowledge) -> Any:
    """A value in words: ids by the name of what they stand for, times where our users live."""
    named = _named(known).get(name, {})
    if isinstance(value, str) and value in named:
        return named[value].name
    if name == "outcome" and value in known.outcomes:
        return known.outcomes[value].title
    return CODES.get(name, {}).get(value, value) if isinstance(value, str) else _plain(value)


def _named(known: Knowledge) -> dict[str, Mapping[str, Any]]:
    subkinds = {subkind.id: subkind for grievance in known.grievances.values() for subkind in grievance.subkinds}
    return {
        "dispute_kind": known.kinds,
        "subkind": subkinds,
        "track": known.tracks,
        "requirement_id": known.evidence,
        "rung_id": known.rungs,
        "deadline_id": known.deadlines,
        "kind": known.documents,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
