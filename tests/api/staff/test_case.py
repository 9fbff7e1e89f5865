"""The page of a conversation: what it shows, what it hides until asked, its files, and forgetting a person."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from cases import clock
from cases.case import service as cases_
from cases.database import reading, transaction
from cases.dialogue import Understood
from cases.models import Audit, Conversation, Message, Person, Role, StaffUser
from cases.review import marks
from cases.settings import settings

Chat = Any  # the fixtures' classes
Colleague = Any
Talking = Any
Draw = Callable[..., bytes]
ORDER_NO, PHONE = "20261118001", "13812345678"
STORY = f"极速卡盟充话费没到，订单号{ORDER_NO}，电话{PHONE}"


@pytest.fixture
def client(serve: Callable[..., TestClient], talking: Talking) -> TestClient:
    """The application with the real dialogue."""
    told = Understood(STORY, "not_delivered", facts={"platform": "极速卡盟", "order_no": ORDER_NO})
    talking.means[STORY] = ("facts", told)
    return serve(talking)


@pytest.fixture
def page(chat: Chat) -> str:
    """Where somebody's conversation is, who has told what happened."""
    chat.say(STORY)
    return f"/staff/c/{person_of(chat)}"


def person_of(_chat: Chat) -> str:
    with reading() as session:
        return session.scalars(select(Person)).one().public_id


def text_of(colleague: Colleague, path: str, **headers: str) -> str:
    response = colleague.browser.get(path, headers=headers)
    assert response.status_code == 200, response.text
    return str(response.text)


def audited(action: str) -> list[Audit]:
    with reading() as session:
        return list(session.scalars(select(Audit).where(Audit.action == action).order_by(Audit.id)))


def originals() -> list[str]:
    return [path.name for path in settings().attachments_dir.rglob("*") if path.is_file()]


def plain(html: str) -> str:
    """What is read of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


class TestThePage:
    def test_shows_the_talk_and_the_case_side_by_side(self, page: str, reviewer: Colleague) -> None:
        shown = plain(text_of(reviewer, page))
        assert "极速卡盟充话费没到" in shown
        assert "助手" in shown
        assert "网页" in shown
        assert "案子" in shown
        assert "付款金额 不清楚" in shown
        assert "建了案子" in shown

    def test_of_somebody_without_a_case_shows_the_talk(self, chat: Chat, reviewer: Colleague) -> None:
        assert "还没有案子" in text_of(reviewer, f"/staff/c/{person_of(chat)}")

    @pytest.mark.parametrize("who", ["404404", "no-such", "%00"])
    def test_of_nobody_is_not_there(self, client: TestClient, reviewer: Colleague, who: str) -> None:
        response = reviewer.browser.get(f"/staff/c/{who}")
        assert response.status_code == 404
        assert "没有这个会话" in response.text

    def test_names_what_was_understood_and_what_was_taken(self, page: str, reviewer: Colleague) -> None:
        with transaction() as session:
            said = session.scalars(select(Message).where(Message.text == STORY)).one()
            said.intent, said.confidence = "not_delivered", 0.31
            said.facts = [{"entity": "amount", "value": 20_000}, {"entity": "returned_amount", "value": 100}]
        shown = plain(text_of(reviewer, page))
        assert "没到账 31%" in shown
        assert "付款金额 200 元" in shown
        assert "退回金额 1.00 元" in shown

    def test_shows_notes_labels_and_who_is_responsible(self, page: str, agent: Colleague) -> None:
        with transaction() as session:
            talk = session.scalars(select(Conversation)).one()
            staff = session.get_one(StaffUser, agent.id)
            marks.write(session, talk, staff, "明天再问")
            marks.label(session, talk, "急")
            marks.assign(talk, staff)
        shown = text_of(agent, page)
        assert "明天再问" in shown
        assert "去掉标签 急" in shown
        assert f'<option value="{agent.id}" selected>' in shown

    def test_escapes_whatever_people_write(self, page: str, chat: Chat, agent: Colleague) -> None:
        chat.say("<img src=x onerror=alert(1)>")
        shown = text_of(agent, page)
        assert "<img src=x" not in shown
        assert "&lt;img src=x" in shown

    def test_leads_to_what_was_said_earlier(
        self, page: str, chat: Chat, agent: Colleague, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("api.staff.transcript_view.PAGE", 2)
        monkeypatch.setattr("api.staff.conversation_view.PAGE", 2)
        found = re.search(rf"{page}\?before=\d+", text_of(agent, page))
        assert found
        assert "极速卡盟充话费没到" not in plain(text_of(agent, page))
        assert "更早的对话" in text_of(agent, found[0])


class TestWhatIsHidden:
    def test_stays_hidden_until_somebody_asks_and_then_it_is_written_down(self, page: str, agent: Colleague) -> None:
        hidden = text_of(agent, page)
        assert ORDER_NO not in hidden
        assert PHONE not in hidden
        assert "****8001" in hidden
        shown = agent.browser.post(f"{page}/show").text
        assert ORDER_NO in shown
        assert PHONE in shown
        [note] = audited("unmask")
        assert (note.staff_id, note.subject) == (agent.id, f"conversation:{page.rsplit('/', 1)[1]}")

    def test_is_hidden_again_on_the_next_page(self, page: str, agent: Colleague) -> None:
        agent.browser.post(f"{page}/show")
        assert PHONE not in text_of(agent, page)

    def test_stays_on_the_screen_of_who_asked_while_it_keeps_itself_fresh(
        self, page: str, agent: Colleague, reviewer: Colleague, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = re.search(r'data-live="([^"]+)"', agent.browser.post(f"{page}/show").text)
        assert found
        assert PHONE in text_of(agent, found[1])
        assert PHONE not in text_of(reviewer, found[1])
        assert PHONE not in text_of(agent, found[1].replace("shown=", "shown=9"))
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T10:11:00")
        assert PHONE not in text_of(agent, found[1])

    def test_is_no_better_known_from_the_forms(self, page: str, agent: Colleague) -> None:
        assert f'value="{ORDER_NO}"' not in text_of(agent, page)
        assert f'value="{ORDER_NO}"' in agent.browser.post(f"{page}/show").text

    def test_never_shows_what_channels_call_a_person(self, page: str, agent: Colleague) -> None:
        with transaction() as session:
            person = session.scalars(select(Person)).one()
            person.identities[0].external_id = "openid-of-somebody"
        assert "openid-of-somebody" not in agent.browser.post(f"{page}/show").text


class TestReadingIt:
    def test_is_written_down_every_time(self, page: str, agent: Colleague) -> None:
        for _ in range(2):
            text_of(agent, page)
        assert [(note.staff_id, list(note.data)) for note in audited("read_case")] == [(agent.id, ["case"])] * 2

    def test_keeping_the_page_fresh_is_one_reading(
        self, page: str, agent: Colleague, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text_of(agent, page)
        text_of(agent, page, **{"Staff-Live": "1"})
        assert len(audited("read_case")) == 1
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T10:14:00")
        text_of(agent, page, **{"Staff-Live": "1"})
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T10:16:00")
        text_of(agent, page, **{"Staff-Live": "1"})
        assert len(audited("read_case")) == 2

    def test_a_page_that_says_it_is_kept_fresh_hides_no_first_reading(self, page: str, agent: Colleague) -> None:
        text_of(agent, page, **{"Staff-Live": "1"})
        assert len(audited("read_case")) == 1


class TestFiles:
    @pytest.fixture
    def file(self, page: str, chat: Chat, picture: Draw) -> str:
        """A picture that the person sent."""
        chat.upload(picture())
        return f"{page}/files/{chat.files[0]['id']}"

    def test_a_picture_is_shown_small_and_opens(self, page: str, file: str, agent: Colleague) -> None:
        assert f'src="{file}/thumb"' in text_of(agent, page)
        for variant in ("thumb", "preview"):
            response = agent.browser.get(f"{file}/{variant}")
            assert response.headers["Content-Type"] == "image/jpeg"
            assert response.headers["Cache-Control"] == "private, no-store"

    def test_the_original_is_saved_and_never_shown(self, file: str, agent: Colleague, picture: Draw) -> None:
        response = agent.browser.get(f"{file}/original")
        assert response.content == picture()
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response.headers["Content-Security-Policy"]

    def test_opening_one_is_written_down_and_looking_at_the_small_ones_once(self, file: str, agent: Colleague) -> None:
        for variant in ("thumb", "thumb", "preview", "preview", "original"):
            agent.browser.get(f"{file}/{variant}")
        read = [note.data["variant"] for note in audited("read_file")]
        assert read == ["thumb", "preview", "preview", "original"]

    def test_it_opens_only_where_it_belongs(self, file: str, stranger: Chat, agent: Colleague) -> None:
        with reading() as session:
            others = session.scalars(select(Person).order_by(Person.id.desc())).first()
            assert others
        path = re.sub(r"/c/\w+/", f"/c/{others.public_id}/", file)
        assert agent.browser.get(f"{path}/preview").status_code == 404
        assert agent.browser.get(f"{file}/redacted").status_code == 404


class TestErasing:
    def test_takes_everything_but_the_note_of_it(
        self, page: str, chat: Chat, picture: Draw, lead: Colleague, agent: Colleague
    ) -> None:
        chat.upload(picture())
        assert originals()
        agent.browser.post(f"{page}/take")
        agent.browser.post(f"{page}/notes", data={"text": "要求清除"})
        public_id = page.rsplit("/", 1)[1]
        response = lead.browser.post(f"{page}/erase", data={"confirm": f" {public_id[:4].lower()} "})
        assert (response.status_code, response.headers["Location"]) == (303, "/staff/?done=erased")
        with reading() as session:
            assert session.scalars(select(Person)).all() == []
        assert originals() == []
        assert lead.browser.get(page).status_code == 404
        [note] = audited("erase_person")
        assert (note.subject, note.staff_id) == (f"conversation:{public_id}", lead.id)
        assert chat.get("me").status_code == 401

    @pytest.mark.parametrize("typed", ["", "XXXX", "清除"])
    def test_is_not_done_by_accident(self, page: str, lead: Colleague, typed: str) -> None:
        response = lead.browser.post(f"{page}/erase", data={"confirm": typed})
        assert response.status_code == 400
        assert "请输入编号开头" in response.text
        assert lead.browser.get(page).status_code == 200


def test_a_closed_case_can_only_be_read(page: str, agent: Colleague) -> None:
    with transaction() as session:
        talk = session.scalars(select(Conversation)).one()
        assert talk.case
        cases_.close(session, talk.case, "refunded")
    shown = text_of(agent, page)
    assert "已结案" in shown
    assert "/facts/amount" not in shown


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.REVIEWER, set()), (Role.AGENT, {"take", "facts/amount"}), (Role.LEAD, {"take", "facts/amount", "erase"})],
)
def test_everybody_is_offered_what_they_may_do(
    page: str, employ: Callable[..., Colleague], role: Role, sees: set[str]
) -> None:
    shown = text_of(employ(role), page)
    assert {what for what in ("take", "facts/amount", "erase") if f'action="{page}/{what}"' in shown} == sees


def test_who_waits_for_a_human_is_marked_with_the_promise(page: str, agent: Colleague) -> None:
    with transaction() as session:
        talk = session.scalars(select(Conversation)).one()
        talk.wants_human_at = talk.human_promised_at = clock.now()
    assert "等真人" in text_of(agent, page)
