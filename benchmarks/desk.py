"""How fast the staff's pages are with 100,000 conversations, on SQLite and on PostgreSQL.

    .venv/bin/python benchmarks/desk.py [CONVERSATIONS]

Every page is asked for through the whole application, signed in, and takes as long as its HTML takes. Prints a
Markdown table of medians and 95th percentiles in milliseconds. Needs 2 GB of disk for as long as it runs.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pgserver
from desk_data import COMMON, NOW, RARE, TWO_WORDS, fill
from starlette.testclient import TestClient

from api.app import create_app
from api.staff import access
from bot.assistant import EchoAssistant
from cases import migrating
from cases.database import engine, reading, transaction
from cases.desk.filters import Filter, Place, Tab
from cases.desk.service import listed
from cases.models import Role, StaffUser
from cases.settings import settings
from cases.staff import sessions

CONVERSATIONS = 100_000
ROUNDS = 40
DEEP_PAGES = 20
LIMIT_MS = 300
PAGES = {
    **{f"tab {tab}": {"tab": tab.value} for tab in Tab},
    "filter kind + stage": {"tab": "all", "kind": "merchant_gone", "stage": "waiting"},
    "filter platform, common": {"platform": "极速卡盟"},
    "filter platform, rare": {"platform": "星河卡盟7"},
    "filter channel + days": {"channel": "wechat", "since": "2026-03-01", "until": "2026-03-31"},
    "filter mine": {"assignee": "me"},
    "filter doubted": {"doubted": "1"},
    "filter guard": {"flag": "p_minor"},
    "filter label": {"label": "媒体"},
    "sort nearest deadline": {"tab": "open", "sort": "due"},
    f"search {COMMON} (common)": {"q": COMMON},
    f"search {RARE} (rare)": {"q": RARE},
    f"search {TWO_WORDS} (two words)": {"q": TWO_WORDS},
    f"search {COMMON} + filters": {"q": COMMON, "kind": "merchant_gone", "stage": "closed"},
    "search, nothing found": {"q": "没有人说过的话"},
}
DEEP = ("tab new", "tab open", "tab closed", "tab all", f"search {COMMON} (common)")

Times = dict[str, list[float]]


def main() -> None:
    """Measure both databases, and print what came of it."""
    conversations = int(sys.argv[1]) if len(sys.argv) > 1 else CONVERSATIONS
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": _measured(Path(folder), "", conversations)}
        server = pgserver.get_server(Path(folder) / "postgres", cleanup_mode="delete")
        found["PostgreSQL"] = _measured(Path(folder), server.get_uri(), conversations)
        server.cleanup()
    print(_table(found))


def _measured(folder: Path, url: str, conversations: int) -> Times:
    os.environ.update(
        TUIKUAN_DATA_DIR=str(folder),
        TUIKUAN_DATABASE_URL=url,
        TUIKUAN_NOW=NOW.isoformat(),
        TUIKUAN_READING="off",
        TUIKUAN_REMINDER_INTERVAL_S="3600",
    )
    settings.cache_clear()
    engine.cache_clear()
    began = time.perf_counter()
    token = _filled(conversations)
    print(f"{engine().dialect.name}: filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    with TestClient(create_app(EchoAssistant()), cookies={access.cookie_name(): token}) as client:
        times = _timed(client)
    engine().dispose()
    return times


def _filled(conversations: int) -> str:
    """Tables with so many conversations; returns the token of a browser that is signed in."""
    migrating.upgrade(engine())
    token = _employed()
    with engine().begin() as connection:
        fill(connection, conversations)
    return token


def _timed(client: TestClient) -> Times:
    times = {name: _times(client, f"/staff/?{Filter.of(query).query()}") for name, query in PAGES.items()}
    times |= {f"{name}, page {DEEP_PAGES + 1}": _times(client, _deep(PAGES[name])) for name in DEEP}
    return times | {"case page": _times(client, *_case_pages())}


def _employed() -> str:
    """A member of staff who is signed in: the token of their browser."""
    with transaction() as session:
        staff = StaffUser(name="lin", display_name="小林", role=Role.AGENT, password_hash="", created_at=NOW)
        session.add(staff)
        made, _ = sessions.start(session, staff, agent="", address="")
        return sessions.verify(made)


def _times(client: TestClient, *addresses: str) -> list[float]:
    """Milliseconds for each request, after a first one that is not counted."""
    taken = []
    for turn in range(ROUNDS + 1):
        began = time.perf_counter()
        answer = client.get(addresses[turn % len(addresses)], headers={"Accept": "text/html"})
        taken.append((time.perf_counter() - began) * 1_000)
        if answer.status_code != 200:
            return []
    return taken[1:]


def _deep(query: dict[str, str]) -> str:
    """The address of a page far down a list."""
    chosen = Filter.of(query)
    after: Place | None = None
    with reading() as session:
        for _ in range(DEEP_PAGES):
            after = listed(session, 1, chosen, after).next or after
    return f"/staff/?{chosen.query(after=after)}"


def _case_pages() -> list[str]:
    with reading() as session:
        rows = listed(session, 1, Filter(tab=Tab.ALL)).rows
        return [f"/staff/c/{row.conversation.person.public_id}" for row in rows]


def _table(found: dict[str, Times]) -> str:
    lines = [
        "| page | " + " | ".join(f"{name} median | p95" for name in found) + " |",
        "|---|" + "---:|---:|" * len(found),
    ]
    for page in next(iter(found.values())):
        cells = [_cell(times[page]) for times in found.values()]
        lines += [f"| {page} | {' | '.join(cells)} |"]
    worst = max(_p95(times) for of_all in found.values() for times in of_all.values() if times)
    return "\n".join([*lines, "", f"worst p95: {worst:.0f} ms (limit {LIMIT_MS} ms)"])


def _cell(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} | {_p95(times):.0f}" if times else "– | –"


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
