"""Whole conversations, through the real model, the real turns and a real database."""

import re
import secrets
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from api.case_view import CaseView, StepView, view
from api.incoming import File, Incoming
from api.reminding import send_due
from api.turns import Messages, Turns
from bot.assistant import RasaAssistant
from bot.runtime import OwnLoop
from bot.training import ensure_model
from cases import clock
from cases.database import reading, transaction
from cases.evidence import files
from cases.models import Case, Conversation, Document, Message, Reminder, Step
from cases.people import service as people
from cases.settings import ROOT
from tests.pictures import png

# The scheduler looks at these hours of every day: by night too, when nothing may be sent.
LOOKS = (time(0, 30), time(7, 59), time(8), time(12), time(18), time(21), time(22), time(23, 30))
REMINDER = re.compile(r"案子 \w+：(?:「|说好)")
SUM, DAY = re.compile(r"(\d+\.\d\d)元"), re.compile(r"(\d{4})年(\d+)月(\d+)日")
PNG = png()


class Talk:
    """One person talking to the assistant."""

    def __init__(self, turns: Turns, loop: OwnLoop, patch: pytest.MonkeyPatch) -> None:
        self._turns = turns
        self._loop = loop
        self._patch = patch
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

    def has_nothing(self) -> None:
        """Answer 没有 until every question for evidence is behind."""
        while self.case.stage == "evidence":
            self.say("没有")

    def wait_until(self, moment: str) -> None:
        """Let time pass, the scheduler looking for due reminders all along."""
        end = datetime.fromisoformat(moment).replace(tzinfo=clock.SHANGHAI)
        start = clock.now().astimezone(clock.SHANGHAI)
        days = range((end.date() - start.date()).days + 1)
        looks = (datetime.combine(start.date() + timedelta(day), at, clock.SHANGHAI) for day in days for at in LOOKS)
        for now in [*(look for look in looks if start < look < end), end]:
            self._patch.setenv("TUIKUAN_NOW", now.isoformat())
            send_due()
            assert send_due() == 0, "what is sent is not sent again"

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

    @property
    def steps(self) -> list[str]:
        """The steps of the case with what became of each: `L2_demand no_reply`."""
        return [f"{step.id} {step.outcome or step.status}" for step in self.case.steps]

    def step(self, rung: str) -> StepView:
        """The last attempt at a rung."""
        return next(step for step in reversed(self.case.steps) if step.id == rung)

    def due(self, rung: str) -> str:
        """Until when a step waits, how binding that is, and whether it is a guess: `2027-02-23 statutory 暂定`."""
        step = self.step(rung)
        assert step.due_at is not None, f"nothing runs on {rung}"
        at = step.due_at.astimezone(clock.SHANGHAI)
        hour = "" if (at.hour, at.minute) == (23, 59) else f"{at: %H:%M}"
        return f"{at:%Y-%m-%d}{hour} {step.due_type}{' 暂定' if step.provisional else ''}"

    @property
    def reminders(self) -> list[str]:
        """What the assistant reminded of, and when: `12-02 08:00 promised CLOSE_WATCH`."""
        query = (
            select(Reminder, Step)
            .join(Step, Reminder.step_id == Step.id)
            .join(Case, Reminder.case_id == Case.id)
            .where(Case.person_id == self.person_id, Reminder.sent_at.is_not(None))
            .order_by(Reminder.sent_at)
        )
        with reading() as session:
            return [f"{_moment(one.sent_at)} {one.kind} {step.rung_id}" for one, step in session.execute(query).all()]

    def reminders_read(self) -> list[str]:
        """When a reminder stood in the transcript, as the person reads it."""
        query = select(Message).join(Conversation).where(Conversation.person_id == self.person_id).order_by(Message.id)
        with reading() as session:
            return [_moment(said.sent_at) for said in session.scalars(query) if REMINDER.match(said.text)]

    def letter(self, kind: str) -> str:
        """The newest text of a kind; what it says of sums, days, numbers and names is what the case holds."""
        with reading() as session:
            case = session.scalars(select(Case).where(Case.person_id == self.person_id).order_by(Case.id)).all()[-1]
            text = session.scalars(
                select(Document.text).where(Document.case_id == case.id, Document.kind == kind).order_by(Document.id)
            ).all()[-1]
            _check_sums(text, case)
            _check_days(text, case)
            for fact in (case.platform, None if kind == "enforcement" else case.order_no):
                assert fact is None or fact in text, f"{fact} is not in {kind}"
        return text

    def number_of_cases(self) -> int:
        """How many cases the person has."""
        with reading() as session:
            return session.query(Case).filter_by(person_id=self.person_id).count()

    def asked_about(self) -> str | None:
        """What the last question was about, as the conversation remembers it."""
        with reading() as session:
            return session.query(Conversation).filter_by(person_id=self.person_id).one().asked


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%m-%d %H:%M}"


def _check_sums(text: str, case: Case) -> None:
    """A letter names no sum but what was paid, came, came back, and is still owed."""
    paid, came, back = case.amount or 0, case.delivered_amount or 0, case.recovered_amount or 0
    sums = {paid, came, back, paid - back, paid - came - back}
    assert set(SUM.findall(text)) <= {f"{fen // 100}.{fen % 100:02d}" for fen in sums}
    assert f"{paid // 100}.{paid % 100:02d}元" in text


def _check_days(text: str, case: Case) -> None:
    """A letter names no day but those of the case and its steps, and one to come: that of the answer."""
    moments = [moment for step in case.steps for moment in (step.submitted_at, step.outcome_at, step.due_at) if moment]
    days = {case.paid_at, case.refund_requested_at, clock.today()}
    days |= {moment.astimezone(clock.SHANGHAI).date() for moment in moments}
    days |= {step.promised_for for step in case.steps}
    named = {date(*map(int, day)) for day in DAY.findall(text)}
    assert len({day for day in named - days if day > clock.today()}) <= 1
    assert not {day for day in named - days if day <= clock.today()}
    assert case.paid_at is None or case.paid_at in named


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
def talk(sqlite: None, assistant: RasaAssistant, loop: OwnLoop, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A person who opens the chat."""
    return Talk(Turns(assistant, loop), loop, monkeypatch)


@pytest.fixture
def ends_well() -> Callable[..., None]:
    """What must hold when the money is back: the sum, the reminders sent once each by day, and silence afterwards."""

    def check(talk: Talk, recovered: str, *, reminded: list[str]) -> None:
        case = talk.case
        assert (case.stage, case.outcome, case.recovered_amount) == ("closed", "refunded", recovered)
        assert talk.reminders == reminded
        talk.wait_until((clock.now() + timedelta(days=45)).astimezone(clock.SHANGHAI).replace(tzinfo=None).isoformat())
        assert talk.reminders_read() == [one[:11] for one in reminded]
        assert all("08:00" <= one[6:11] < "22:00" for one in reminded)

    return check
