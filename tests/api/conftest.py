"""The application with assistants that tests can bend: none of them needs a model; and its command line."""

import asyncio
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from httpx import Response
from PIL import Image
from starlette.testclient import TestClient

from api import cli
from api.app import create_app
from bot.assistant import Assistant, EchoAssistant
from bot.runtime import OwnLoop
from bot.understanding import Understanding
from cases.case import facts
from cases.database import transaction
from cases.dialogue import Understood, answer
from cases.people import service as people
from cases.settings import settings


class Bent(EchoAssistant):
    """Echoes; counts what it does; fails or waits where it is told to."""

    def __init__(self) -> None:
        self.acted: list[str] = []
        self.fails_understanding = False
        self.on_act: Callable[[str], None] = lambda sender: None
        self.silent = False
        self.waits_for: set[str] = set()
        self.where = "act"
        self.waiting = asyncio.Event()
        self.release = asyncio.Event()

    async def understand(self, text: str) -> Understanding:
        """The text; or a failure, or after a wait."""
        await self._wait("understand", text)
        if self.fails_understanding:
            raise RuntimeError("the model is gone")
        return await super().understand(text)

    async def act(self, sender: str, understanding: Understanding) -> list[dict[str, Any]]:
        """The text; or what `on_act` does, or after a wait."""
        await self._wait("act", understanding.text)
        self.acted.append(understanding.text)
        self.on_act(sender)
        return [] if self.silent else await super().act(sender, understanding)

    async def _wait(self, where: str, text: str) -> None:
        if where == self.where and text in self.waits_for:
            self.waiting.set()
            await self.release.wait()


class Talking(EchoAssistant):
    """Talks with the real dialogue; `means` says what its NLU would have understood of a text."""

    def __init__(self) -> None:
        self.means: dict[str, tuple[str, Understood]] = {}

    async def act(self, sender: str, understanding: Understanding) -> list[dict[str, Any]]:
        """What the dialogue answers."""
        text, intent = understanding.text, understanding.intent
        topic = {"evidence_given": "evidence", "choose": "choice", "correct": "facts", "join": "control"}.get(
            intent, "small_talk"
        )
        edited = bool(understanding.parse.get("edited"))
        given = Understood(text, intent, facts=facts.read(understanding.entities), edited=edited)
        topic, understood = self.means.get(text, (topic, given))
        with transaction() as session:
            person = people.by_sender(session, sender)
            return [bubble.as_json() for bubble in answer(session, person, topic, understood)]


@dataclass
class Chat:
    """One person in the web chat."""

    client: TestClient
    session_id: str = ""
    token: str = ""
    welcome: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        opened = self.client.post("/api/chat/sessions").json()
        self.session_id, self.token = opened["session_id"], opened["token"]
        self.welcome = opened["messages"]

    @property
    def headers(self) -> dict[str, str]:
        """The credential."""
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, body: dict[str, Any]) -> Response:
        """Send a message as it is."""
        body = {"client_msg_id": secrets.token_hex(8), **body}
        return self.client.post("/api/chat/messages", json=body, headers=self.headers)

    def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Write a text; returns the answer."""
        response = self.post({"text": text, **more})
        assert response.status_code == 200, response.text
        return dict(response.json())

    def tap(self, title: str) -> dict[str, Any]:
        """Tap the newest button with this title."""
        buttons = [button for line in self.history for button in line["buttons"]]
        payload = {button["title"]: button["payload"] for button in buttons}[title]
        response = self.post({"payload": payload})
        assert response.status_code == 200, response.text
        return dict(response.json())

    def send_fact(self, name: str, value: str) -> dict[str, Any]:
        """Edit a fact in the panel; returns the answer."""
        response = self.post({"fact": {"name": name, "value": value}})
        assert response.status_code == 200, response.text
        return dict(response.json())

    def upload(self, content: bytes, name: str = "a.png", key: str | None = None) -> Response:
        """Send a file."""
        return self.client.post(
            "/api/chat/attachments",
            files={"file": (name, content)},
            data={"client_msg_id": key or secrets.token_hex(8)},
            headers=self.headers,
        )

    def get(self, path: str) -> Response:
        """Read something of one's own."""
        return self.client.get(f"/api/chat/{path}", headers=self.headers)

    def send(self, method: str, path: str, body: Any) -> Response:
        """Change something of one's own."""
        return self.client.request(method, f"/api/chat/{path}", json=body, headers=self.headers)

    @property
    def history(self) -> list[dict[str, Any]]:
        """What was said so far."""
        return list(self.get("messages").json()["messages"])

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files that were sent so far."""
        return [file for line in self.history for file in line["attachments"]]

    @property
    def said(self) -> list[tuple[str, str]]:
        """Who said what after the welcome."""
        lines = [(line["author"], line["text"]) for line in self.history]
        return lines[len(self.welcome) :]


Serve = Callable[[Assistant], TestClient]
Draw = Callable[..., bytes]


@pytest.fixture
def picture() -> Draw:
    """Draws a small picture; another `shade` is another file."""

    def draw(shade: int = 200, form: str = "PNG", **more: Any) -> bytes:
        out = BytesIO()
        Image.linear_gradient("L").resize((60, 40)).point(lambda level: (level + shade) % 256).save(out, form, **more)
        return out.getvalue()

    return draw


@pytest.fixture
def assert_one_shape() -> Callable[[Response], None]:
    """Checks that a refusal is one Chinese sentence with a code, and shows nothing of how we are built."""

    def check(response: Response) -> None:
        body = response.json()
        assert body.keys() == {"error"}
        assert body["error"].keys() == {"code", "message"}
        assert re.fullmatch(r"[a-z0-9_]+", body["error"]["code"])
        assert re.search(r"[\u4e00-\u9fff]", body["error"]["message"])
        assert not re.search(r"Traceback|Error\b|\.py|sqlite|SELECT", response.text)

    return check


@pytest.fixture
def serve(sqlite: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Start the application with an assistant. It reads no pictures."""
    monkeypatch.setenv("TUIKUAN_READING", "off")
    settings.cache_clear()
    with ExitStack() as running:
        yield lambda assistant: running.enter_context(TestClient(create_app(assistant), raise_server_exceptions=False))


@pytest.fixture
def bent() -> Bent:
    """An assistant to bend."""
    return Bent()


@pytest.fixture
def talking() -> Talking:
    """An assistant that has the real dialogue."""
    return Talking()


@pytest.fixture
def client(serve: Serve, bent: Bent) -> TestClient:
    """The application with the assistant to bend."""
    return serve(bent)


@pytest.fixture
def chat(client: TestClient) -> Chat:
    """Somebody in its chat."""
    return Chat(client)


@pytest.fixture
def stranger(client: TestClient) -> Chat:
    """Somebody else."""
    return Chat(client)


@pytest.fixture
def talk(serve: Serve, talking: Talking) -> Chat:
    """Somebody who talks with the real dialogue."""
    return Chat(serve(talking))


@pytest.fixture
def loop() -> Iterator[OwnLoop]:
    """An assistant's loop."""
    made = OwnLoop("assistant")
    yield made
    made.close()


Outcome = tuple[int, str, str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run the command with these words; returns its exit code, output and errors."""

    def call(*words: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["tuikuan", *words])
        code: object = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
        return (code if isinstance(code, int) else 0, *capsys.readouterr())

    return call


@pytest.fixture
def assert_one_line() -> Callable[..., None]:
    """Check that a command failed, and said so in one line that has these parts."""

    def check(outcome: Outcome, *says: str) -> None:
        code, output, errors = outcome
        assert (code, output) == (1, "")
        assert errors.startswith("tuikuan: ")
        assert errors.count("\n") == 1
        assert all(part in errors for part in says)

    return check
