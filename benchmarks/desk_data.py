"""100,000 conversations for the desk: persons, cases, steps, what was said, who has read it; the same every time."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, text

from bot.corpus import read
from cases.desk.terms import terms
from cases.models import Base, public_id

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
DAYS = 365
BATCH = 5_000
# In how many conversations in a million each is said.
RARE, RARE_PER_MILLION = "星芒卡铺", 200
COMMON = "退款"
TWO_WORDS = "平台 客服"
PLATFORMS = [f"{name}卡盟" for name in ("极速", "云端", "飞鸟", "金桥", "九州", "海蓝", "小熊", "天天", "百川", "星河")]
KINDS = ("not_delivered", "not_as_described", "merchant_gone")
STAGES = ("intake", "evidence", "step", "waiting", "closed")
STAGE_WEIGHTS = (15, 15, 10, 25, 35)
BOT_LINES = (
    "收到，我先记下来。这笔是在哪个平台买的？",
    "把订单页面截图发给我：要看得到订单号、金额和时间。",
    "可以向 12315 投诉，七个工作日内会告诉你受不受理。",
)
Row = dict[str, Any]


class Talks:
    """Conversations, one after another."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._sentences = [sentence.text for sentence in read()]
        self._messages = 0

    def rows(self, number: int) -> Iterator[tuple[str, Row]]:
        """(table, row) for everything about the conversation of this number."""
        last = NOW - timedelta(seconds=self._random.randrange(DAYS * 86_400))
        has_case = self._random.random() < 0.9
        yield "person", {"id": number, "public_id": public_id(16), "created_at": last, "link_failures": 0}
        if has_case:
            yield from self._case(number, last)
        yield "conversation", self._conversation(number, last, has_case)
        yield from self._said(number, last, has_case)
        if self._random.random() < 0.97:
            yield "seen", {"staff_id": 1, "conversation_id": number, "message_id": self._messages}
        if self._random.random() < 0.05:
            yield "label", {"conversation_id": number, "name": self._random.choice(("重点", "媒体", "回访"))}

    def _conversation(self, number: int, last: datetime, has_case: bool) -> Row:
        wants = last if self._random.random() < 0.002 else None
        return {
            "id": number,
            "person_id": number,
            "case_id": number if has_case else None,
            "misses": 0,
            "offered": [],
            "pending": {},
            "wants_human_at": wants,
            "human_promised_at": wants and NOW + timedelta(hours=self._random.randrange(1, 12)),
            "created_at": last - timedelta(days=3),
            "assignee_id": 1 if self._random.random() < 0.05 else None,
            "last_at": last,
            "last_channel": self._random.choice(("web", "web", "wechat")),
            "doubted_at": last if self._random.random() < 0.1 else None,
        }

    def _case(self, number: int, last: datetime) -> Iterator[tuple[str, Row]]:
        stage = self._random.choices(STAGES, STAGE_WEIGHTS)[0]
        due = last + timedelta(days=self._random.randrange(1, 60)) if stage == "waiting" else None
        case = {
            "id": number,
            "person_id": number,
            "number": public_id(8),
            "stage": stage,
            "opened_at": last - timedelta(days=3),
            "closed_at": last if stage == "closed" else None,
            "due_at": due,
            "dispute_kind": self._random.choice(KINDS),
            "platform": self._platform(),
            "product": "话费",
            "amount": self._random.randrange(100, 100_000),
            "paid_at": date(2026, 1, 1),
            "also": [],
            "unknown": [],
            "flags": ["p_minor"] if self._random.random() < 0.02 else [],
        }
        yield "case", case
        yield "case_event", {"case_id": number, "at": last, "actor": "bot", "name": "opened", "data": {}}
        for rung in ("L2_demand", "L3_platform")[: 0 if stage in ("intake", "evidence") else 2]:
            step = {"case_id": number, "rung_id": rung, "attempt": 1, "proposed_at": last, "submitted_at": last}
            yield "step", {**step, "due_at": due, "provisional": False, "outcome": None if due else "refused"}

    def _platform(self) -> str:
        """A few that many name, and a long tail."""
        if self._random.random() < 0.8:
            return PLATFORMS[min(int(self._random.expovariate(0.5)), len(PLATFORMS) - 1)]
        return f"{self._random.choice(PLATFORMS)}{self._random.randrange(500)}"

    def _said(self, number: int, last: datetime, has_case: bool) -> Iterator[tuple[str, Row]]:
        lines = self._random.randrange(2, 5)
        for turn in range(lines):
            sentence = self._random.choice(self._sentences)
            if turn == 0 and self._random.randrange(1_000_000) < RARE_PER_MILLION:
                sentence = f"在{RARE}{sentence}"
            at = last - timedelta(minutes=5 * (lines - turn - 1))
            yield from self._line(
                number, has_case, at, "person", f"{sentence}，订单 KF{self._random.randrange(10**10)}"
            )
            yield from self._line(number, has_case, at, "bot", self._random.choice(BOT_LINES))

    def _line(self, number: int, has_case: bool, at: datetime, author: str, said: str) -> Iterator[tuple[str, Row]]:
        self._messages += 1
        line = {"id": self._messages, "conversation_id": number, "case_id": number if has_case else None, "sent_at": at}
        is_person = author == "person"
        about = {"intent": "inform" if is_person else None, "confidence": 0.9 if is_person else None}
        yield "message", {**line, **about, "channel": "web", "author": author, "text": said, "buttons": [], "facts": []}
        if is_person:
            yield "message_search", {"id": self._messages, "conversation": number, "terms": " ".join(terms(said))}


PUT_TERMS = {
    "sqlite": "INSERT INTO message_search (rowid, terms) VALUES (:conversation << 32 | :id, :terms)",
    "postgresql": "INSERT INTO message_search "
    "VALUES (:id, :conversation, array_to_tsvector(string_to_array(:terms, ' ')))",
}


def fill(connection: Connection, conversations: int) -> None:
    """Write them all, a few thousand at a time."""
    talks = Talks()
    for first in range(1, conversations + 1, BATCH):
        batch: dict[str, list[Row]] = {table.name: [] for table in Base.metadata.sorted_tables}
        batch["message_search"] = []
        for number in range(first, min(first + BATCH, conversations + 1)):
            for table, row in talks.rows(number):
                batch[table].append(row)
        for table, rows in batch.items():
            if rows:
                _put(connection, table, rows)
    if connection.dialect.name == "postgresql":
        for table in (table for table in Base.metadata.sorted_tables if "id" in table.c):
            _go_on_counting(connection, table)
        connection.execute(text("ANALYZE"))  # the server does so by itself, a minute later; SQLite never does


def _put(connection: Connection, table: str, rows: list[Row]) -> None:
    if table == "message_search":
        connection.execute(text(PUT_TERMS[connection.dialect.name]), rows)
    else:
        connection.execute(insert(Base.metadata.tables[table]), rows)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Rows came with their ids, which PostgreSQL's sequences have not noticed."""
    newest = f'SELECT max(id) + 1 FROM "{table.name}"'
    connection.execute(text(f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), ({newest}), false)"))
