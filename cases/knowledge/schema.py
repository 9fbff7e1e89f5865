"""The shape of `data/knowledge/*.yml`: frozen, and closed to unknown keys.

A lawyer reviews the files, never this module. Every sentence in them is shown to people as it stands,
so it is Chinese, plain, and free of promises.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Entry(BaseModel):
    """Base of everything read from a knowledge file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Entry):
    """An entry of its own, found by its id."""

    id: Id


class ChainLink(StrEnum):
    """What a piece of evidence proves: the three links that carry any complaint."""

    TRANSACTION = "transaction"
    PROBLEM = "problem"
    CONTACT = "contact"


class DeadlineType(StrEnum):
    """How binding a number of days is; shown with the number wherever it appears."""

    STATUTORY = "statutory"
    JUDICIAL = "judicial"
    RULE = "rule"
    PLATFORM_CONTRACT = "platform_contract"
    PRACTICE = "practice"


class Subkind(Named):
    """A finer kind of dispute. The sentences that teach it stand in `data/nlu`, in the blocks that name its id."""

    name: Sentence


class EvidencePlan(Entry):
    """Which evidence a kind or track needs: `required` is asked for, `strengthens` only named."""

    required: tuple[Id, ...]
    strengthens: tuple[Id, ...] = ()


class Grievance(Named):
    """What a person complains of: how we say it, what they claim, what proves it, which way it goes.

    `plain` is said to them, `written` stands in letters; `claim` is a template that may name the `amount`;
    `route` lists rungs in order.
    """

    name: Sentence
    plain: Sentence
    written: Sentence
    claim: Sentence
    subkinds: tuple[Subkind, ...]
    evidence: EvidencePlan
    route: tuple[Id, ...]


class DisputeKind(Grievance):
    """One of the three disputes the assistant works with."""

    id: Literal["not_delivered", "not_as_described", "merchant_gone"]


class Track(Grievance):
    """What a case of any kind can be on beside its kind: a refund promised or requested that does not come."""

    id: Literal["refund_delayed"]


class Requirement(Named):
    """One evidence requirement: what to ask, what it must show, how to get it, why, and what else would do."""

    name: Sentence
    link: ChainLink
    ask: Sentence
    must_show: tuple[Sentence, ...]
    how: Sentence
    why: Sentence
    without: Sentence
    substitutes: tuple[Sentence, ...] = ()
    aliases: tuple[str, ...] = ()


class Choice(Entry):
    """An answer offered as a button; `value` is what it sets, `cues` are how people say it in their own words."""

    value: str
    title: Annotated[str, StringConstraints(min_length=1, max_length=12)]
    cues: tuple[str, ...] = ()


class Fact(Named):
    """One fact of a case: how it is asked for, explained after a misunderstanding, and called by people."""

    id: Literal[
        "dispute_kind",
        "product",
        "platform",
        "merchant",
        "amount",
        "delivered_amount",
        "paid_at",
        "pay_channel",
        "pay_method",
        "order_no",
        "contact_attempts",
    ]
    name: Sentence
    aliases: tuple[str, ...]
    ask: Sentence
    explain: Sentence
    why: Sentence
    how: Sentence
    choices: tuple[Choice, ...] = ()
    intake: bool = True
    kinds: tuple[Id, ...] = ()


class Due(Entry):
    """How long a step's other side has, and how binding that is."""

    amount: int = Field(gt=0)
    unit: Literal["hour", "workday", "day", "month"]
    type: DeadlineType
    source: Sentence


class Precondition(Entry):
    """When a rung is open: every named fact has one of the listed values."""

    fact: Literal["pay_method", "pay_channel", "platform", "merchant", "order_no"]
    any_of: tuple[str, ...] = ()


class Rung(Named):
    """One step of the procedure: whom to turn to, what to do, the letter to send, how long they have."""

    name: Sentence
    addressee: Sentence
    intro: Sentence
    do: tuple[Sentence, ...]
    pre: tuple[Precondition, ...] = ()
    letter: Id | None = None
    due: Due | None = None


class Law(Named):
    """A dated source of law that answers may cite, article by article."""

    name: Sentence
    version: Sentence
    effective: Sentence
    checked_on: str
    articles: tuple[str, ...]


class Citation(Entry):
    """An article of a law in `laws.yml`."""

    law: Id
    article: str


class Answer(Named):
    """A reviewed answer to a question people ask on the way; `asks` are the regular expressions that find it."""

    question: Sentence
    asks: tuple[str, ...]
    short: Annotated[str, StringConstraints(max_length=120)]
    nature: Literal["statutory", "judicial", "rule", "platform_contract", "practice"]
    cites: tuple[Citation, ...] = ()


class Pitfall(Named):
    """A danger with its own script, said before anything else.

    `cues` tell it from others of the same intent; `unmistakable` words tell it whatever the intent.
    """

    name: Sentence
    say: Sentence
    cues: tuple[str, ...] = ()
    unmistakable: tuple[str, ...] = ()
