"""Taking over from the page: who speaks, what the person reads, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from cases import clock
from cases.database import reading, transaction
from cases.dialogue import Understood
from cases.models import Audit, Conversation, Person, Role
from cases.takeover import promise
from cases.takeover.keeping import keep_due

Chat = Any  # the fixtures' classes
Colleague = Any
Talking = Any
Draw = Callable[..., bytes]
STORY = "极速卡盟充话费没到"
TAKEN = ("bot", "客服小林接手了，接下来由真人回复。")


@pytest.fixture
def client(serve: Callable[..., TestClient], talking: Talking) -> TestClient:
    """The application with the real dialogue."""
    talking.means[STORY] = ("facts", Understood(STORY, "not_delivered", facts={"platform": "极速卡盟"}))
    return serve(talking)


@pytest.fixture
def page(chat: Chat) -> str:
    """Where somebody's conversation is, who has told what happened."""
    chat.say(STORY)
    with reading() as session:
        return f"/staff/c/{session.scalars(select(Person)).one().public_id}"


def do(colleague: Colleague, path: str, **fields: str) -> Response:
    response: Response = colleague.browser.post(path, data=fields)
    return response


def done(colleague: Colleague, path: str, **fields: str) -> str:
    """What the page says once it is done."""
    response = do(colleague, path, **fields)
    assert response.status_code == 303, response.text
    return str(colleague.browser.get(response.headers["Location"]).text)


def test_a_human_takes_over_speaks_and_hands_back(page: str, chat: Chat, agent: Colleague) -> None:
    before = len(chat.said)
    assert "已接管" in done(agent, f"{page}/take")
    assert chat.say("有人吗")["messages"] == []
    assert "发出去了" in done(agent, f"{page}/say", text="我在，我看一下")
    assert "已交回" in done(agent, f"{page}/hand-back", note="先找账单")
    said = chat.said[before:]
    assert said[:3] == [TAKEN, ("person", "有人吗"), ("staff", "小林：我在，我看一下")]
    assert said[3] == ("bot", "小林先离开了，我接着陪你办。\n小林交代：先找账单")
    assert said[4][0] == "bot"
    assert chat.say("好")["messages"]


def test_the_page_offers_what_can_be_done_next(page: str, agent: Colleague, lead: Colleague) -> None:
    assert f'action="{page}/say"' not in agent.browser.get(page).text
    shown = done(agent, f"{page}/take")
    assert f'action="{page}/say"' in shown
    assert f'action="{page}/hand-back"' in shown
    assert "小林在接管" in lead.browser.get(page).text
    assert f'action="{page}/hand-back"' in lead.browser.get(page).text


def test_files_sent_meanwhile_wait_to_be_filed(page: str, chat: Chat, agent: Colleague, picture: Draw) -> None:
    do(agent, f"{page}/take")
    assert chat.upload(picture()).json()["messages"] == []
    shown = agent.browser.get(page).text
    assert "还没归类的文件" in shown
    file = chat.files[0]["id"]
    assert "文件归好了" in done(agent, f"{page}/files/{file}/belongs", requirement="ev_order")
    assert "还没归类的文件" not in agent.browser.get(page).text


@pytest.mark.parametrize(
    ("what", "fields", "why"),
    [
        ("say", {"text": "你好"}, "先接管这个会话"),
        ("take", {}, "小林已经接手了"),
        ("hand-back", {}, "不在你手上"),
    ],
)
def test_what_a_colleague_has_is_theirs(
    page: str, agent: Colleague, employ: Callable[..., Colleague], what: str, fields: dict[str, str], why: str
) -> None:
    do(agent, f"{page}/take")
    response = do(employ(Role.AGENT, "zhou"), f"{page}/{what}", **fields)
    assert response.status_code == 400
    assert why in response.text


@pytest.mark.parametrize(
    ("text", "why"), [("", "还没有写内容"), ("订单号【订单号？】", "还有没填的空"), ("字" * 5_001, "不超过 5000 字")]
)
def test_what_cannot_be_sent_is_told_and_not_sent(page: str, chat: Chat, agent: Colleague, text: str, why: str) -> None:
    do(agent, f"{page}/take")
    before = chat.said
    response = do(agent, f"{page}/say", text=text)
    assert response.status_code == 400
    assert why in response.text
    assert chat.said == before


def test_replies_kept_ready_come_filled_in(page: str, agent: Colleague) -> None:
    do(agent, f"{page}/take")
    shown = agent.browser.get(f"{page}?reply=confirm_facts").text
    assert "在极速卡盟付了 【付款金额？】，订单【订单号？】。有不对的，告诉我哪一项。</textarea>" in shown


def test_everything_is_written_down(page: str, agent: Colleague) -> None:
    for what in ("take", "say", "hand-back"):
        do(agent, f"{page}/{what}", text="你好")
    with reading() as session:
        notes = session.scalars(select(Audit).where(Audit.action != "read_case").order_by(Audit.id)).all()
    assert [note.action for note in notes] == ["take_over", "say", "hand_back"]
    assert {note.subject for note in notes} == {f"conversation:{page.rsplit('/', 1)[1]}"}


def test_a_refused_wish_leaves_no_trace(page: str, agent: Colleague) -> None:
    do(agent, f"{page}/say", text="你好")
    with reading() as session:
        assert session.scalars(select(Audit)).all() == []


def test_whoever_is_signed_in_makes_a_promise_shorter(page: str, agent: Colleague) -> None:
    with transaction() as session:
        talk = session.scalars(select(Conversation)).one()
        talk.wants_human_at = clock.now()
        assert promise.said(promise.give(session, talk)) == "今天 10:30"


def test_a_broken_promise_is_told_in_the_chat(
    page: str, chat: Chat, agent: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        talk = session.scalars(select(Conversation)).one()
        talk.wants_human_at = clock.now()
        promise.give(session, talk)
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T10:31:00")
    with transaction() as session:
        keep_due(session)
    author, text = chat.said[-1]
    assert author == "bot"
    assert text.startswith("说好今天 10:30前有人来")
