"""One turn: a person, their conversation and case, what they said, and the answer being made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from cases import clock
from cases.case import facts as case_facts
from cases.case import repository as case_repository
from cases.case import service as case_service
from cases.case.facts import FactValue
from cases.dialogue.reply import Bubble, Button, Reply
from cases.dialogue.understood import Understood
from cases.knowledge import Knowledge
from cases.models import Case, Conversation, Person, Stage
from cases.planner import Planner


@dataclass(slots=True)
class Turn:
    """What every topic of conversation works on."""

    session: Session
    person: Person
    conversation: Conversation
    understood: Understood
    knowledge: Knowledge
    reply: Reply = field(default_factory=Reply)
    offers: list[tuple[str, str]] = field(default_factory=list)
    """What may be tapped beside the question, as (title, choice): more about what was just said."""
    done: bool = False
    """Set by a topic that leaves the thread where it is: nothing more is asked in this turn."""
    taken: set[str] = field(default_factory=set)
    """What of the message was taken already: its `reference`, what was `returned`."""

    @property
    def case(self) -> Case | None:
        """The case the conversation is about, unless it is closed."""
        case = self.conversation.case
        return case if case is not None and case.stage != Stage.CLOSED else None

    def open_case(self) -> Case:
        """The open case, or a new one."""
        if self.case is None:
            self.turn_to(case_service.open_case(self.session, self.person))
        assert self.case is not None
        return self.case

    def turn_to(self, case: Case) -> None:
        """Talk about this case from here on."""
        self.conversation.case = case
        self.conversation.case_id = case.id
        self.conversation.asked = None
        self.conversation.misses = 0

    def open_cases(self) -> list[Case]:
        """All open cases of the person."""
        return case_repository.open_cases(self.session, self.person)

    def planner(self, case: Case) -> Planner:
        """The planner for a case."""
        return Planner(case, self.knowledge, clock.today())

    # what the last question was about

    def asked(self, about: str) -> str | None:
        """The id the last question was about, if it was about a `fact`, `evidence`, `step` …"""
        prefix, _, id_ = (self.conversation.asked or "").partition(".")
        return id_ if prefix == about else None

    def named_fact(self) -> str | None:
        """The fact that the message speaks of by name: 订单号, 平台."""
        text = self.understood.text
        return next(
            (fact.id for fact in self.knowledge.facts.values() if any(alias in text for alias in fact.aliases)),
            None,
        )

    # saying things

    def word(self, key: str, **values: object) -> str:
        """A sentence from `wording.yml`."""
        return self.knowledge.wording[key].format(**values)

    def button(self, choice: str) -> tuple[str, str]:
        """A button that always reads the same, as (title, choice)."""
        return self.knowledge.wording["button_" + choice.replace(".", "_")], choice

    def remark(self, key: str, **values: object) -> None:
        """Say a sentence from `wording.yml` about what was just said."""
        self.reply.remark(self.word(key, **values))

    def remark_line(self, text: str) -> None:
        """Say something that was put together from the knowledge."""
        self.reply.remark(text)

    def ask(self, about: str, text: str, choices: list[tuple[str, str]]) -> None:
        """Ask the one question of the turn. `about` says what it is about, `choices` are (title, choice)."""
        buttons = [Button(title, choice) for title, choice in (*choices, *self.offers)]
        self.offers = []
        if self.conversation.asked != about:
            self.conversation.misses = 0
        self.conversation.asked = about
        self.conversation.offered = [button.offered() for button in buttons]
        self.reply.ask(text, buttons)

    def digress(self, text: str, choices: list[tuple[str, str]]) -> None:
        """Ask something in passing: what was asked before stays what the next answer is about."""
        buttons = [Button(title, choice) for title, choice in (*choices, *self.offers)]
        self.offers = []
        self.conversation.offered = [button.offered() for button in buttons]
        self.reply.ask(text, buttons)
        self.done = True

    def bubbles(self) -> list[Bubble]:
        """Everything that is said in this turn."""
        offers = [Button(title, choice) for title, choice in self.offers]
        self.conversation.offered = [*self.conversation.offered, *(button.offered() for button in offers)]
        return self.reply.bubbles(offers)

    def confirm(self, name: str, text: str, pending: Mapping[str, object] | None = None, **values: object) -> None:
        """Ask before doing something; `pending` is what will be needed to do it, `values` fill in the two buttons."""
        yes, no = (self.word(f"button_{name}_{answer}", **values) for answer in ("yes", "no"))
        self.conversation.pending = {**(pending or {}), "question": text, "yes": yes, "no": no}
        self.ask(f"confirm.{name}", text, [(yes, "confirm.yes"), (no, "confirm.no")])

    def confirm_again(self) -> None:
        """Come back to a confirmation after a digression."""
        pending, about = self.conversation.pending, self.conversation.asked or ""
        self.ask(about, pending["question"], [(pending["yes"], "confirm.yes"), (pending["no"], "confirm.no")])

    # facts

    def listed(self, facts: dict[str, FactValue]) -> str:
        """Facts on one line, as people read them."""
        return case_facts.listed(facts, self.knowledge)
