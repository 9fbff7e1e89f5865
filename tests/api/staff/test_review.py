"""Notes, labels, who is responsible, evidence and facts from the page."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from cases.case.facts import FactValue
from cases.database import reading
from cases.dialogue import Understood
from cases.models import Audit, Case, Conversation, EvidenceItem, EvidenceState, Person

Chat = Any  # the fixtures' classes
Colleague = Any
Talking = Any
Draw = Callable[..., bytes]
STORY = "极速卡盟充话费没到"


@pytest.fixture
def client(serve: Callable[..., TestClient], talking: Talking) -> TestClient:
    """The application with the real dialogue."""
    facts: dict[str, FactValue] = {"platform": "极速卡盟", "amount": 20_000}
    talking.means[STORY] = ("facts", Understood(STORY, "not_delivered", facts=facts))
    return serve(talking)


@pytest.fixture
def page(chat: Chat) -> str:
    """Where somebody's conversation is, who has told what happened."""
    chat.say(STORY)
    with reading() as session:
        return f"/staff/c/{session.scalars(select(Person)).one().public_id}"


@pytest.fixture
def handed_in(page: str, chat: Chat, picture: Draw) -> str:
    """What a picture was handed in for."""
    chat.upload(picture())
    with reading() as session:
        return session.scalars(select(EvidenceItem.requirement_id)).one()


def done(colleague: Colleague, path: str, **fields: str) -> str:
    """What the page says once it is done."""
    response: Response = colleague.browser.post(path, data=fields)
    assert response.status_code == 303, response.text
    return str(colleague.browser.get(response.headers["Location"]).text)


def refused(colleague: Colleague, path: str, **fields: str) -> str:
    """Why it was not done."""
    response: Response = colleague.browser.post(path, data=fields)
    assert response.status_code in (400, 404), response.text
    return response.text


def item() -> EvidenceItem:
    with reading() as session:
        return session.scalars(select(EvidenceItem).where(EvidenceItem.state != EvidenceState.ASKED)).one()


def test_a_note_is_for_colleagues_only(page: str, chat: Chat, reviewer: Colleague) -> None:
    assert "对方很急" in done(reviewer, f"{page}/notes", text="对方很急")
    assert "对方很急" not in chat.get("messages").text
    assert "写 1 到 2000" in refused(reviewer, f"{page}/notes", text=" ")


def test_a_label_goes_on_and_comes_off(page: str, reviewer: Colleague) -> None:
    assert "去掉标签 急" in done(reviewer, f"{page}/labels", name="急")
    assert "去掉标签 急" not in done(reviewer, f"{page}/labels/remove", name="急")


def test_somebody_becomes_responsible(page: str, agent: Colleague, lead: Colleague) -> None:
    for to, holder in ((str(lead.id), lead.id), ("0", None)):
        done(agent, f"{page}/assign", to=to)
        with reading() as session:
            assert session.scalars(select(Conversation.assignee_id)).one() == holder
    assert "没有这位同事" in refused(agent, f"{page}/assign", to="4040404")


def test_evidence_is_accepted(page: str, handed_in: str, agent: Colleague) -> None:
    assert "待复核" in agent.browser.get(page).text
    shown = done(agent, f"{page}/evidence/{handed_in}/accept")
    assert "已接受" in shown
    assert "待复核" not in shown


def test_evidence_is_refused_with_a_reason_the_person_reads_and_asked_for_again(
    page: str, handed_in: str, chat: Chat, agent: Colleague, picture: Draw
) -> None:
    shown = done(agent, f"{page}/evidence/{handed_in}/refuse", reason="订单号被截掉了")
    assert "原因：订单号被截掉了" in shown
    told, question = chat.said[-2:]
    assert "还不能用：订单号被截掉了" in told[1]
    assert question[0] == "bot"
    status = {piece["id"]: piece["status"] for piece in chat.get("case").json()["evidence"]}
    assert status[handed_in] == "not_accepted"
    chat.upload(picture(shade=90))
    assert item().state == EvidenceState.PROVIDED
    assert "待复核" in agent.browser.get(page).text


def test_a_refusal_without_a_reason_is_none(page: str, handed_in: str, agent: Colleague) -> None:
    assert "还没有写内容" in refused(agent, f"{page}/evidence/{handed_in}/refuse", reason="")
    assert item().state == EvidenceState.PROVIDED


def test_a_fact_is_put_right_and_the_person_told(page: str, chat: Chat, agent: Colleague) -> None:
    done(agent, f"{page}/facts/amount", value="49.90")
    with reading() as session:
        assert session.scalars(select(Case.amount)).one() == 4_990
    assert ("bot", "客服小林帮你改了案子里的：付款金额 49.90 元。") in chat.said


@pytest.mark.parametrize(("fact", "value"), [("amount", "很多"), ("stage", "closed"), ("person_id", "2")])
def test_what_cannot_be_so_is_refused(page: str, agent: Colleague, fact: str, value: str) -> None:
    refused(agent, f"{page}/facts/{fact}", value=value)
    with reading() as session:
        case = session.scalars(select(Case)).one()
        assert (case.amount, case.stage) == (20_000, "intake")


def test_the_audit_says_what_was_done_and_nothing_personal(page: str, agent: Colleague) -> None:
    done(agent, f"{page}/notes", text="电话 13812345678")
    done(agent, f"{page}/facts/platform", value="飞速卡盟")
    with reading() as session:
        notes = session.scalars(select(Audit).where(Audit.action != "read_case").order_by(Audit.id)).all()
    assert [(note.action, note.data) for note in notes] == [("note", {}), ("edit_fact", {"fact": "platform"})]
