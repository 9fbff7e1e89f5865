"""News for the console: who may listen, and until when."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.events import Notifier
from api.staff import events
from api.staff.access import StaffMember
from cases import clock
from cases.database import transaction
from cases.models import StaffSession, StaffUser
from cases.staff import sessions

Colleague = Any  # the fixtures' classes
Chat = Any


async def stream_of(colleague: Colleague, listening: Notifier) -> AsyncIterator[str]:
    """What the page of a colleague hears."""
    with transaction() as session:
        (browser,) = sessions.live(session, session.get_one(StaffUser, colleague.id))
        member = StaffMember(colleague.id, colleague.name, colleague.display_name, colleague.role, browser.id)
    answer = await events.events(member, listening)
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    return answer.body_iterator  # type: ignore[return-value]  # texts, as they were given


def told(event: str) -> dict[str, int | None]:
    name, data = event.strip().split("\n")
    assert name == "event: changed"
    return dict(json.loads(data.removeprefix("data: ")))


def test_what_a_person_says_is_news(agent: Colleague, chat: Chat) -> None:
    async def scenario() -> None:
        listening = Notifier()
        stream = await stream_of(agent, listening)
        before = told(await anext(stream))
        following = asyncio.ensure_future(anext(stream))
        await asyncio.to_thread(chat.say, "在吗")
        listening.notify(1)
        after = told(await following)
        assert after["message"] == chat.history[-1]["id"]
        assert before["message"] != after["message"]
        assert (before["waiting"], after["waiting"]) == (0, 0)

    asyncio.run(asyncio.wait_for(scenario(), 20))


@pytest.mark.parametrize("how", ["signed out", "disabled", "too long ago"])
def test_who_is_not_signed_in_any_more_hears_nothing_more(agent: Colleague, how: str) -> None:
    async def scenario() -> None:
        listening = Notifier()
        stream = await stream_of(agent, listening)
        await anext(stream)
        with transaction() as session:
            browser = session.query(StaffSession).filter_by(staff_id=agent.id).one()
            if how == "signed out":
                sessions.end(browser)
            elif how == "disabled":
                browser.staff.disabled_at = clock.now()
            else:
                browser.seen_at = clock.now() - timedelta(days=1)
        listening.notify(1)
        assert [event async for event in stream] == []

    asyncio.run(asyncio.wait_for(scenario(), 20))


@pytest.mark.parametrize("who", ["nobody", "a person"])
def test_nobody_else_hears_anything(client: TestClient, chat: Chat, who: str) -> None:
    headers = {"Accept": "text/event-stream", **(chat.headers if who == "a person" else {})}
    refused = client.get("/staff/events", headers=headers)
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "staff_sign_in_required"
