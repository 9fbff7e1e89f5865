"""A conversation without Rasa: the tests say what the NLU would have understood.

The dialogue does not know its database, so its topics are tested on SQLite and a whole case on both.
Tests call the fixture's class `Any`: they are imported by path, so there is nothing to import it from.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository as cases_repository
from cases.case.facts import FactValue
from cases.dialogue import Bubble, Understood, answer
from cases.evidence import service as evidence
from cases.evidence.files import StoredFile
from cases.knowledge import knowledge
from cases.models import Case, Conversation, EvidenceItem, Message, Person, Step
from cases.planner import Planner
from cases.settings import ROOT
from cases.transcript import service as transcript

_RULES = yaml.safe_load((ROOT / "data" / "rules" / "rules.yml").read_text("utf-8"))["rules"]
TOPICS: dict[str, str] = {
    rule["steps"][0]["intent"]: rule["steps"][1]["action"].removeprefix("action_") for rule in _RULES
}

FACTS: dict[str, FactValue] = {
    "amount": 20_000,
    "platform": "极速卡盟",
    "paid_at": date(2026, 11, 18),
    "pay_channel": "wechat",
    "pay_method": "order",
    "order_no": "20261118001",
    "product": "话费",
}

# What the higher rungs need.
LACKING: dict[str, FactValue] = {
    "purpose": "own",
    "operator": "广州星跃网络科技有限公司",
    "operator_address": "广州市天河区体育西路101号",
}
UNSUCCESSFUL = ("outcome.refused", "outcome.no_reply", "outcome.not_filed", "outcome.not_arrived")


@dataclass
class Talk:
    """One person's conversation with the dialogue."""

    session: Session
    person: Person
    bubbles: list[Bubble] = field(default_factory=list)

    def say(
        self,
        intent: str,
        text: str = "嗯",
        *,
        confidence: float = 0.95,
        number: str | None = None,
        labels: dict[str, float] | None = None,
        subkind: str | None = None,
        also: tuple[str, ...] = (),
        days: tuple[date, ...] = (),
        reference: str | None = None,
        returned: int | None = None,
        answer_id: str | None = None,
        answers: tuple[tuple[str, float], ...] = (),
        **facts: FactValue,
    ) -> str:
        """Say a text that is understood so; returns the answer as one text."""
        understood = Understood(
            text,
            intent,
            confidence,
            facts,
            number,
            labels or {},
            subkind,
            also,
            days=days,
            reference=reference,
            returned=returned,
            answers=answers or (((answer_id, 0.9),) if answer_id else ()),
        )
        self.bubbles = answer(self.session, self.person, TOPICS[intent], understood)
        self.session.flush()
        return self.heard

    def hear(self, text: str, intent: str) -> Message:
        """Have the transcript hold a message of the person, as a turn writes it before it is answered."""
        said = transcript.record_person(
            self.session, self.conversation, channel="test", text=text, intent=intent, confidence=0.5
        )
        self.session.flush()
        return said

    def keep_answer(self) -> None:
        """Have the transcript hold the last answer, as a turn writes it when it ends."""
        said = [bubble.as_json() for bubble in self.bubbles]
        transcript.record_bot(self.session, self.conversation, channel="test", messages=said, latency_ms=1)
        self.session.flush()

    def tap(self, choice: str) -> str:
        """Tap the button that means this."""
        tokens = {button["choice"]: button["token"] for button in self.conversation.offered}
        return self.say("choose", tokens[choice])

    def send(self, count: int = 1) -> str:
        """Send pictures."""
        for number in range(count):
            stored = StoredFile(f"{number:064x}", "image/png", 9, width=9, height=9, pages=None, likeness=None)
            evidence.receive_file(self.session, self.person, stored, name="a.png", source="test")
        return self.say("evidence_given", "")

    def tell_all(self, intent: str = "not_delivered", **facts: FactValue) -> str:
        """Tell everything the intake asks for, in one sentence."""
        return self.say(intent, "我在极速卡盟充的话费一直没到账", **{**FACTS, **facts})

    def do_without_evidence(self) -> None:
        """没有, to everything that is asked for."""
        while (self.asked or "").startswith("evidence."):
            self.tap("evidence.unavailable")

    def reach_first_step(self) -> None:
        """From nothing to the first rung of the ladder."""
        self.tell_all()
        self.do_without_evidence()

    def wait_for_merchant(self) -> None:
        """The first rung is taken; its outcome is awaited."""
        self.reach_first_step()
        self.tap("step.done")

    def climb_to(self, rung: str) -> None:
        """Up the ladder without success, telling what is asked on the way, until this rung is proposed."""
        if self.conversation.case is None:
            self.reach_first_step()
        for _ in range(40):
            if self.asked == f"step.{rung}":
                return
            self._go_on()
        pytest.fail(f"never came to {rung}, but to {self.asked}")

    def _go_on(self) -> None:
        kind, _, id_ = (self.asked or "").partition(".")
        if kind == "step":
            self.tap("step.done")
        elif kind == "outcome":
            self.tap(next(choice for choice in UNSUCCESSFUL if choice in self.choices))
        elif kind == "fact":
            self.say("give_facts", "是这个", **{id_: LACKING[id_]})
        else:
            pytest.fail(f"stands still at {self.asked}")

    def wait_for(self, rung: str) -> None:
        """This rung is taken, the ones below it without success; its outcome is awaited."""
        self.climb_to(rung)
        self.tap("step.done")

    def step(self, rung: str) -> Step:
        """The last time this rung was taken up."""
        return next(step for step in reversed(self.case.steps) if step.rung_id == rung)

    def events(self, name: str) -> list[dict[str, Any]]:
        """What the case's history holds under this name."""
        return [event.data for event in cases_repository.events(self.session, self.case) if event.name == name]

    @property
    def heard(self) -> str:
        """The last answer as one text."""
        return "\n".join(bubble.text for bubble in self.bubbles)

    @property
    def questions(self) -> int:
        """How many bubbles of the last answer offer something to tap."""
        return sum(bool(bubble.buttons) for bubble in self.bubbles)

    @property
    def conversation(self) -> Conversation:
        """Where the conversation stands."""
        return transcript.conversation_of(self.session, self.person)

    @property
    def asked(self) -> str | None:
        """What the last question was about."""
        return self.conversation.asked

    @property
    def choices(self) -> list[str]:
        """What may be tapped now, by meaning."""
        return [button["choice"] for button in self.conversation.offered]

    @property
    def case(self) -> Case:
        """The case the conversation is about."""
        assert self.conversation.case is not None
        return self.conversation.case

    @property
    def required(self) -> tuple[str, ...]:
        """The evidence this case needs."""
        return Planner(self.case, knowledge(), clock.today()).evidence.plan.required

    def item(self, requirement: str) -> EvidenceItem:
        """The case's item for a requirement."""
        [found] = [item for item in self.case.evidence if item.requirement_id == requirement]
        return found

    @property
    def evidence_asked(self) -> str:
        """The requirement that is asked for now."""
        found = re.fullmatch(r"evidence\.(\w+)", self.asked or "")
        assert found, f"asked about {self.asked}"
        return found[1]


@pytest.fixture
def talk(session: Session, person: Person) -> Talk:
    """Somebody who opens the chat."""
    return Talk(session, person)
