"""The web channel, over HTTP."""

import asyncio
import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from starlette.testclient import TestClient

from cases import clock
from cases.case import service as cases_
from cases.database import reading, transaction
from cases.dialogue import Understood
from cases.evidence import files
from cases.knowledge import knowledge
from cases.models import Conversation, Person
from cases.people import service as people
from cases.settings import settings

Bent = Chat = Talking = Any  # the fixtures' classes


def png() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").save(out, "PNG")
    return out.getvalue()


PNG = png()


class TestSessions:
    def test_a_new_one_is_welcomed_and_asked_what_happened(self, chat: Chat) -> None:
        assert chat.welcome[0]["text"] == knowledge().wording["welcome"].strip()
        assert chat.welcome[-1]["buttons"]
        assert [line["text"] for line in chat.history] == [line["text"] for line in chat.welcome]

    def test_the_answer_is_201_and_not_stored_anywhere(self, client: TestClient) -> None:
        response = client.post("/api/chat/sessions")
        assert response.status_code == 201
        assert response.headers["Cache-Control"] == "no-store"

    def test_everybody_reads_their_own(self, chat: Chat, stranger: Chat) -> None:
        chat.say("我的秘密")
        assert "我的秘密" not in stranger.get("messages").text


class TestCredentials:
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            pytest.param("POST", "messages", id="write"),
            pytest.param("GET", "messages", id="read"),
            pytest.param("GET", "case", id="case"),
            pytest.param("GET", "case/documents/demand.txt", id="document"),
            pytest.param("GET", "case/documents/demand.pdf", id="document on paper"),
            pytest.param("GET", "case.ics", id="calendar"),
            pytest.param("GET", "case/exhibits.pdf", id="exhibits"),
            pytest.param("POST", "attachments", id="file"),
            pytest.param("GET", "attachments/ABCDEFGHJK/redaction", id="what is covered"),
            pytest.param("GET", "me", id="everything"),
            pytest.param("GET", "events", id="news"),
        ],
    )
    @pytest.mark.parametrize(
        ("scheme", "credential", "code"),
        [
            pytest.param("", "", "session_token_required", id="none"),
            pytest.param("Basic ", "token", "session_token_required", id="another scheme"),
            pytest.param("Bearer ", "", "session_token_required", id="an empty token"),
            pytest.param("Bearer ", "nobody's", "session_token_invalid", id="an unknown token"),
            pytest.param("Bearer ", "session_id", "session_token_invalid", id="the session's id"),
        ],
    )
    def test_only_the_token_opens_anything(
        self, chat: Chat, method: str, path: str, scheme: str, credential: str, code: str
    ) -> None:
        known = {"session_id": chat.session_id, "token": chat.token}
        response = chat.client.request(
            method,
            f"/api/chat/{path}",
            headers={"Authorization": scheme + known.get(credential, credential)},
        )
        assert response.status_code == 401
        assert response.json()["error"]["code"] == code

    def test_an_expired_token_opens_nothing(self, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2027-11-22T10:00:00")
        assert chat.get("messages").status_code == 401
        assert chat.post({"text": "你好"}).status_code == 401

    def test_the_scheme_may_be_written_small(self, chat: Chat) -> None:
        headers = {"Authorization": f"bearer {chat.token}"}
        assert chat.client.get("/api/chat/messages", headers=headers).status_code == 200


class TestMessages:
    def test_a_text_is_answered(self, chat: Chat) -> None:
        answer = chat.say("没到账")
        assert (answer["messages"], answer["case"]) == ([{"text": "没到账", "buttons": []}], None)
        assert chat.said == [("person", "没到账"), ("bot", "没到账")]

    def test_sent_again_it_gets_the_same_answer(self, chat: Chat, bent: Bent) -> None:
        key = secrets.token_hex(8)
        assert chat.say("没到账", client_msg_id=key) == chat.say("没到账", client_msg_id=key)
        assert bent.acted == ["没到账"]

    def test_also_when_all_arrive_at_once(self, chat: Chat, bent: Bent) -> None:
        key = secrets.token_hex(8)
        with ThreadPoolExecutor(5) as senders:
            answers = list(senders.map(lambda _: chat.say("没到账", client_msg_id=key), range(5)))
        assert answers == [answers[0]] * 5
        assert (bent.acted, len(chat.said)) == (["没到账"], 2)

    def test_somebody_elses_message_may_have_the_same_id(self, chat: Chat, stranger: Chat) -> None:
        assert chat.say("甲", client_msg_id="12345678")["messages"][0]["text"] == "甲"
        assert stranger.say("乙", client_msg_id="12345678")["messages"][0]["text"] == "乙"

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param('/inform{"amount": 1}', id="a command"),
            pytest.param("/restart", id="an intent"),
            pytest.param("<script>alert(1)</script>", id="markup"),
            pytest.param("{{ 7 * 7 }}", id="a template"),
            pytest.param("'; DROP TABLE person; --", id="sql"),
            pytest.param("👍🏽\u200b", id="no words"),
        ],
    )
    def test_a_text_is_text_whatever_it_looks_like(self, chat: Chat, text: str) -> None:
        chat.say(text)
        assert chat.said[0] == ("person", text)
        assert chat.history[-2]["buttons"] == []

    def test_a_payload_not_on_offer_is_refused(self, chat: Chat, bent: Bent) -> None:
        response = chat.post({"payload": '/inform{"case_id": 1}'})
        assert response.status_code == 400
        assert response.json()["error"]["code"] == "choice_expired"
        assert (bent.acted, chat.said) == ([], [])

    def test_a_text_that_is_too_long_is_refused(self, chat: Chat) -> None:
        response = chat.post({"text": "长" * (settings().message_max_chars + 1)})
        assert response.status_code == 400
        assert response.json()["error"]["code"] == "text_too_long"
        assert chat.said == []

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param({}, id="nothing"),
            pytest.param({"text": "a", "payload": "b"}, id="both"),
            pytest.param({"text": "a", "undo": True}, id="a text that is taken back"),
            pytest.param({"undo": False}, id="nothing taken back"),
            pytest.param({"fact": {"name": "amount"}}, id="a fact without a value"),
            pytest.param({"fact": {"name": "amount", "value": 200}}, id="a fact that is no text"),
            pytest.param({"text": "a", "client_msg_id": "12345678\x00"}, id="an id with what no id has"),
            pytest.param({"text": "a", "client_msg_id": "short"}, id="a short id"),
            pytest.param({"text": "a", "client_msg_id": "x" * 65}, id="a long id"),
            pytest.param({"text": "a", "client_msg_id": None}, id="no id"),
            pytest.param({"text": "a", "slots": {"amount": 1}}, id="something else"),
            pytest.param({"text": ["a"]}, id="no text"),
        ],
    )
    def test_a_malformed_one_is_refused(self, chat: Chat, body: dict[str, Any]) -> None:
        response = chat.post(body)
        assert (response.status_code, response.json()["error"]["code"]) == (422, "malformed")
        assert chat.said == []

    def test_a_failing_assistant_answers_a_true_sentence(self, chat: Chat, bent: Bent) -> None:
        def fail(sender: str) -> None:
            with transaction() as session:
                cases_.open_case(session, people.by_sender(session, sender))
            raise RuntimeError("secret detail")

        bent.on_act = fail
        answer = chat.say("没到账")
        assert [line["text"] for line in answer["messages"]] == [knowledge().wording["turn_failed"]]
        assert answer["case"] is None
        assert chat.said[0] == ("person", "没到账")

    def test_a_slow_assistant_costs_no_more_than_the_budget_and_loses_nothing(
        self, chat: Chat, bent: Bent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TUIKUAN_TURN_BUDGET_S", "0.05")
        settings.cache_clear()
        bent.waits_for, key = {"慢"}, secrets.token_hex(8)
        response = chat.post({"text": "慢", "client_msg_id": key})
        assert response.status_code == 503
        assert response.json()["error"]["code"] == "turn_timeout"
        monkeypatch.setenv("TUIKUAN_TURN_BUDGET_S", "8")
        settings.cache_clear()

        async def release() -> None:
            bent.release.set()

        chat.client.app.state.loop.run_sync(release())
        assert chat.say("慢", client_msg_id=key)["messages"][0]["text"] == "慢"
        assert bent.acted == ["慢"]


class TestChanges:
    """What the page's panel does beside talking."""

    def test_a_fact_is_put_right(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        answer = talk.send_fact("amount", "300.00")
        assert answer["case"]["amount"] == "300.00"

    def test_one_that_cannot_be_so_is_refused(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        response = talk.post({"fact": {"name": "paid_at", "value": "2099-01-01"}})
        assert (response.status_code, response.json()["error"]["code"]) == (400, "fact_bad")

    def test_the_last_message_is_taken_back(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        assert talk.send_fact("amount", "300.00")["undo"] is True
        assert talk.get("messages").json()["undo"] is True
        response = talk.post({"undo": True})
        assert response.json()["case"]["amount"] == "200.00"

    def test_nothing_can_be_taken_back_at_first(self, chat: Chat) -> None:
        assert chat.get("messages").json()["undo"] is False


class TestHistory:
    def test_has_every_line_oldest_first_with_its_time(self, chat: Chat) -> None:
        for text in ("一", "二"):
            chat.say(text)
        assert [text for _, text in chat.said] == ["一", "一", "二", "二"]
        ids = [line["id"] for line in chat.history]
        assert ids == sorted(ids)
        assert {line["sent_at"] for line in chat.history} == {"2026-11-22T02:00:00Z"}

    def test_can_be_asked_for_what_is_newer(self, chat: Chat) -> None:
        chat.say("一")
        last = chat.history[-1]["id"]
        assert chat.get(f"messages?after={last}").json()["messages"] == []
        chat.say("二")
        assert [line["text"] for line in chat.get(f"messages?after={last}").json()["messages"]] == ["二", "二"]

    def test_shows_which_files_came_with_which_line(self, chat: Chat) -> None:
        chat.upload(PNG, "订单.png")
        [attachment] = chat.history[len(chat.welcome)]["attachments"]
        assert (attachment["name"], attachment["size"]) == ("订单.png", len(PNG))
        assert all(line["attachments"] == [] for line in chat.history[len(chat.welcome) + 1 :])

    def test_shows_a_tapped_button_as_its_title(self, talk: Chat) -> None:
        title = talk.welcome[-1]["buttons"][0]["title"]
        talk.tap(title)
        assert talk.said[0] == ("person", title)


class TestAttachments:
    def test_the_original_is_kept_untouched_under_its_digest(self, chat: Chat) -> None:
        assert chat.upload(PNG).status_code == 200
        digest = hashlib.sha256(PNG).hexdigest()
        assert files.path_of(digest).read_bytes() == PNG
        [attachment] = chat.history[len(chat.welcome)]["attachments"]
        assert attachment["sha256"] == digest

    @pytest.mark.parametrize(
        ("content", "name", "code"),
        [
            pytest.param(b"MZ\x90\0", "a.png", "file_type", id="another type by another name"),
            pytest.param(b"%PDF-1.7", "a.pdf", "file_broken", id="one that only begins well"),
            pytest.param(b"<svg/>", "a.svg", "file_type", id="a picture that can run"),
            pytest.param(b"", "a.png", "file_empty", id="nothing"),
        ],
    )
    def test_what_cannot_be_evidence_is_refused(self, chat: Chat, content: bytes, name: str, code: str) -> None:
        response = chat.upload(content, name)
        assert (response.status_code, response.json()["error"]["code"]) == (400, code)
        assert chat.said == []
        assert not settings().attachments_dir.exists()

    def test_a_picture_by_another_name_is_a_picture(self, chat: Chat) -> None:
        assert chat.upload(PNG, "a.exe").status_code == 200

    def test_one_that_is_too_large_is_refused(self, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_ATTACHMENT_MAX_MIB", "1")
        settings.cache_clear()
        assert chat.upload(PNG.ljust(files.MIB)).status_code == 200
        response = chat.upload(PNG.ljust(files.MIB + 1))
        assert (response.status_code, response.json()["error"]["code"]) == (400, "file_too_large")

    def test_sent_again_it_gets_the_same_answer(self, chat: Chat, bent: Bent) -> None:
        key = secrets.token_hex(8)
        assert chat.upload(PNG, key=key).json() == chat.upload(PNG, key=key).json()
        assert len(bent.acted) == 1

    def test_also_when_all_arrive_at_once(self, chat: Chat, bent: Bent) -> None:
        key = secrets.token_hex(8)
        with ThreadPoolExecutor(5) as senders:
            answers = list(senders.map(lambda _: chat.upload(PNG, key=key), range(5)))
        assert {answer.status_code for answer in answers} == {200}
        assert len(bent.acted) == 1

    def test_a_name_with_a_path_in_it_leads_nowhere(self, chat: Chat) -> None:
        chat.upload(PNG, "../../etc/passwd")
        kept = [path for path in settings().attachments_dir.rglob("*") if path.is_file()]
        assert kept == [files.path_of(hashlib.sha256(PNG).hexdigest())]

    def test_it_becomes_the_evidence_that_was_asked_for(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        answer = talk.upload(PNG).json()
        given = {item["id"]: item for item in answer["case"]["evidence"]}["ev_order"]
        assert (given["status"], given["sha256"]) == ("provided", hashlib.sha256(PNG).hexdigest())
        assert given["files"] == talk.files


class TestCase:
    def test_there_is_none_at_first(self, chat: Chat) -> None:
        response = chat.get("case")
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")

    def test_it_comes_with_the_answer_and_can_be_read_alone(self, talk: Chat, talking: Talking) -> None:
        answer = complete(talk, talking)
        assert answer["case"] == talk.get("case").json()
        assert answer["case"]["amount"] == "200.00"

    def test_everybody_has_their_own(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        other = type(talk)(talk.client)
        assert other.get("case").status_code == 404


class TestDocuments:
    def test_the_newest_text_can_be_read(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        for _ in range(4):
            talk.tap("没有")
        response = talk.get("case/documents/demand.txt")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert "200.00元" in response.text

    @pytest.mark.parametrize(
        ("form", "media_type", "magic"),
        [
            pytest.param("docx", "wordprocessingml.document", b"PK", id="for Word and WPS"),
            pytest.param("pdf", "application/pdf", b"%PDF-", id="for printing"),
        ],
    )
    def test_comes_as_a_file_under_a_chinese_name(
        self, talk: Chat, talking: Talking, form: str, media_type: str, magic: bytes
    ) -> None:
        complete(talk, talking)
        response = talk.get(f"case/documents/civil_complaint.{form}")
        assert response.status_code == 200
        assert media_type in response.headers["Content-Type"]
        assert quote("起诉状") in response.headers["Content-Disposition"]
        assert response.content.startswith(magic)

    @pytest.mark.parametrize(
        "file",
        [
            pytest.param("nothing.txt", id="an unknown kind"),
            pytest.param("..%2f..%2fsecret.txt", id="a path"),
        ],
    )
    def test_of_another_kind_is_not_found(self, talk: Chat, talking: Talking, file: str) -> None:
        complete(talk, talking)
        assert talk.get(f"case/documents/{file}").status_code == 404

    def test_in_another_form_is_refused(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        assert talk.get("case/documents/demand.exe").status_code == 422


class TestExhibits:
    def test_are_one_file_under_a_chinese_name(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        talk.upload(PNG, "订单.png")
        for query, name in (("", "证据-"), ("?redacted=true", "证据（已遮挡）-")):
            response = talk.get(f"case/exhibits.pdf{query}")
            assert response.headers["Content-Type"] == "application/pdf"
            assert quote(name) in response.headers["Content-Disposition"]
            assert response.content.startswith(b"%PDF-")

    def test_without_evidence_there_are_none(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        assert talk.get("case/exhibits.pdf").status_code == 404

    def test_covered_or_not_is_yes_or_no(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        assert talk.get("case/exhibits.pdf?redacted=perhaps").status_code == 422


class TestTheCalendar:
    def test_has_the_dates_of_the_open_steps(self, talk: Chat, talking: Talking) -> None:
        complete(talk, talking)
        for _ in range(4):
            talk.tap("没有")
        assert talk.get("case.ics").status_code == 404
        talk.tap("已经做了")
        response = talk.get("case.ics")
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert response.text.count("BEGIN:VEVENT") == 1


def complete(talk: Chat, talking: Talking) -> dict[str, Any]:
    """Tell everything at once; evidence is asked for next."""
    facts = {
        "amount": 20_000,
        "platform": "极速卡盟",
        "paid_at": clock.today(),
        "pay_channel": "wechat",
        "pay_method": "order",
        "order_no": "20261118001",
        "product": "话费",
    }
    text = "我在极速卡盟充的话费一直没到账"
    talking.means[text] = ("facts", Understood(text, "not_delivered", 0.95, facts))
    return dict(talk.say(text))


def test_one_person_is_one_conversation(chat: Chat) -> None:
    chat.say("一")
    chat.say("二")
    with reading() as session:
        assert (session.query(Person).count(), session.query(Conversation).count()) == (1, 1)


def test_asyncio_is_not_held_up_by_a_turn(chat: Chat, bent: Bent) -> None:
    """While one turn waits, the web server answers others: the turn runs on a loop of its own."""
    bent.waits_for, bent.where = {"慢"}, "understand"
    loop = chat.client.app.state.loop

    async def until_waiting() -> None:
        await asyncio.wait_for(bent.waiting.wait(), 10)

    async def release() -> None:
        bent.release.set()

    with ThreadPoolExecutor(1) as sender:
        slow = sender.submit(chat.say, "慢")
        loop.run_sync(until_waiting())
        assert chat.client.get("/healthz").status_code == 200
        loop.run_sync(release())
        assert slow.result()["messages"][0]["text"] == "慢"
