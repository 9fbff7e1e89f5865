"""Whole conversations, through the real model, the real turns and a real database."""

import secrets
import warnings
from collections.abc import Iterator

import pytest

from api.case_view import CaseView, view
from api.incoming import File, Incoming
from api.turns import Messages, Turns
from bot.assistant import RasaAssistant
from bot.runtime import OwnLoop
from bot.training import ensure_model
from cases.database import reading, transaction
from cases.evidence import files
from cases.models import Case, Conversation
from cases.people import service as people
from cases.settings import ROOT

PNG = b"\x89PNG\r\n\x1a\n"


class Talk:
    """One person talking to the assistant."""

    def __init__(self, turns: Turns, loop: OwnLoop) -> None:
        self._turns = turns
        self._loop = loop
        self.messages: Messages = []
        with transaction() as session:
            person = people.by_channel(session, "test", secrets.token_hex(8))
            session.flush()
            self.person_id = person.id

    def say(self, text: str) -> str:
        """Write a message; returns everything the assistant answers."""
        return self._send(text=text)

    def tap(self, title: str) -> str:
        """Tap a button of the last answer, by its title."""
        return self._send(choice=self.buttons[title])

    def show(self, content: bytes = b"a picture") -> str:
        """Send a picture."""
        return self._send(file=File(files.store(PNG + content), "picture.png"))

    def _send(self, **what: object) -> str:
        incoming = Incoming("test", self.person_id, secrets.token_hex(8), **what)  # type: ignore[arg-type]
        self.messages = self._loop.run_sync(self._turns.take(incoming))
        return self.heard

    @property
    def heard(self) -> str:
        """The last answer, as one text."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def question(self) -> str:
        """The last message of the last answer: the one question, if there is one."""
        return str(self.messages[-1]["text"])

    @property
    def buttons(self) -> dict[str, str]:
        """Title → payload of the buttons on offer."""
        return {button["title"]: button["payload"] for message in self.messages for button in message["buttons"]}

    @property
    def case(self) -> CaseView:
        """The case that the conversation is about."""
        with reading() as session:
            found = session.query(Conversation).filter_by(person_id=self.person_id).one().case
            assert found is not None, "no case yet"
            return view(found)

    @property
    def evidence(self) -> dict[str, str]:
        """State of each required piece of evidence."""
        return {item.id: item.status for item in self.case.evidence if item.level == "required"}

    def number_of_cases(self) -> int:
        """How many cases the person has."""
        with reading() as session:
            return session.query(Case).filter_by(person_id=self.person_id).count()

    def asked_about(self) -> str | None:
        """What the last question was about, as the conversation remembers it."""
        with reading() as session:
            return session.query(Conversation).filter_by(person_id=self.person_id).one().asked


@pytest.fixture(scope="session")
def loop() -> Iterator[OwnLoop]:
    """The assistant's loop."""
    made = OwnLoop("assistant")
    yield made
    made.close()


@pytest.fixture(scope="session")
def assistant() -> RasaAssistant:
    """The real assistant, loaded once; trained first on a machine that has no model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa's libraries about each other
        return RasaAssistant(ensure_model(ROOT / "models"))


@pytest.fixture
def talk(sqlite: None, assistant: RasaAssistant, loop: OwnLoop) -> Talk:
    """A person who opens the chat."""
    return Talk(Turns(assistant, loop), loop)
