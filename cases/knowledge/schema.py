"""The shape of `data/knowledge/*.yml`: frozen, and closed to unknown keys. The procedure has a module of its own.

A lawyer reviews the files, never this module. Every sentence in them is shown to people as it stands,
so it is Chinese, plain, and free of promises.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from string import Formatter
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]


def _compiles(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return text


Pattern = Annotated[str, AfterValidator(_compiles)]
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


class EvidencePlan(Entry):
    """Which evidence a kind or track needs: `required` is asked for, `strengthens` only named."""

    required: tuple[Id, ...]
    strengthens: tuple[Id, ...] = ()


class Subkind(Named):
    """A finer kind of dispute; it may need other evidence than its kind.

    The sentences that teach it stand in `data/nlu`, in the blocks that name its id.
    """

    name: Sentence
    evidence: EvidencePlan | None = None


class Grievance(Named):
    """What a person complains of: how we say it, and what proves it.

    `plain` is said to them, `written` stands in letters.
    """

    name: Sentence
    plain: Sentence
    written: Sentence
    subkinds: tuple[Subkind, ...]
    evidence: EvidencePlan


class DisputeKind(Grievance):
    """One of the three disputes the assistant works with."""

    id: Literal["not_delivered", "not_as_described", "merchant_gone"]


class Track(Grievance):
    """What a case of any kind can be on beside its kind: a refund promised or requested that does not come."""

    id: Literal["refund_delayed"]


class Requirement(Named):
    """One evidence requirement: what it proves, what to ask, what it must show, how to get it, why, what else would do.

    `channels` says who demands it, `accepts` what it may be handed in as. `reads` names the facts that a picture of it
    shows, by the words of `must_show` for them.
    """

    name: Sentence
    link: ChainLink
    proves: Sentence
    ask: Sentence
    must_show: tuple[Sentence, ...]
    how: Sentence
    why: Sentence
    without: Sentence
    substitutes: tuple[Sentence, ...] = ()
    aliases: tuple[str, ...] = ()
    channels: Mapping[Id, Literal["required", "helpful"]] = {}
    accepts: tuple[Literal["image", "pdf", "video"], ...] = ("image", "pdf")
    reads: Mapping[Literal["order_no", "amount", "paid_at", "merchant"], Sentence] = {}

    @model_validator(mode="after")
    def _reads_what_is_shown(self) -> Self:
        if strange := set(self.reads.values()) - set(self.must_show):
            raise ValueError(f"reads what must_show does not name: {'、'.join(sorted(strange))}")
        return self


class Choice(Entry):
    """An answer offered as a button; `value` is what it sets, `cues` are how people say it in their own words.

    Words of `alone` mean it only where nothing else is said.
    """

    value: str
    title: Annotated[str, StringConstraints(min_length=1, max_length=12)]
    cues: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


FactId = Literal[
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
    "purpose",
    "operator",
    "operator_address",
    "refund_requested_at",
    "recovered_amount",
]


class Fact(Named):
    """One fact of a case: how it is asked for, explained after a misunderstanding, and called by people.

    With `intake` it is asked for before anything else, in cases of these `kinds` or on these `tracks` if any are named,
    and not in cases with one of `unless_flags`; without it, when a rung needs it. `general` words say less than any
    other value, and do not replace one.
    """

    id: FactId
    name: Sentence
    aliases: tuple[str, ...]
    ask: Sentence
    explain: Sentence
    why: Sentence
    how: Sentence
    choices: tuple[Choice, ...] = ()
    general: tuple[str, ...] = ()
    intake: bool = True
    kinds: tuple[Id, ...] = ()
    tracks: tuple[Id, ...] = ()
    unless_flags: tuple[Id, ...] = ()


class Law(Named):
    """A dated source of law that answers may cite, article by article."""

    name: Sentence
    version: Sentence
    effective: Sentence
    checked_on: str
    articles: tuple[str, ...]
    short: tuple[str, ...] = ()
    """How sentences name it beside its full name: 消法, 电商法."""


class Citation(Entry):
    """An article of a law in `laws.yml`."""

    law: Id
    article: str


class Due(Named):
    """A period: how long it is, how binding, and where it is written. `extend` says how it may grow."""

    name: Sentence
    amount: int = Field(gt=0)
    unit: Literal["hour", "workday", "day", "month", "year"]
    type: DeadlineType
    source: Sentence
    cites: tuple[Citation, ...] = ()
    extend: Sentence | None = None


class Channel(Named):
    """Whom one can turn to: what they can do, what they cannot, and how one gets there.

    `advice` says whether the ladder leads there, whether it is offered, or only explained when people ask.
    """

    name: Sentence
    entry: Sentence
    can: tuple[Sentence, ...]
    cannot: tuple[Sentence, ...] = ()
    power: Sentence
    advice: Literal["ladder", "optional", "explain"]
    cites: tuple[Citation, ...] = ()


class Amount(Named):
    """A sum one may ask for or have to pay: the rule, and when it does not apply."""

    name: Sentence
    rule: Sentence
    not_when: Sentence
    type: DeadlineType
    cites: tuple[Citation, ...] = ()


class Answer(Named):
    """A reviewed answer to a question people ask on the way. `more` is shown on request.

    `amount` names the sum that is worked out with the person's own figures. How people ask for it: `questions.yml`.
    """

    question: Sentence
    short: Annotated[str, StringConstraints(max_length=120)]
    more: Sentence | None = None
    nature: DeadlineType
    cites: tuple[Citation, ...] = ()
    amount: Id | None = None


class Question(Named):
    """How people ask for the answer of this id, in their own words; the answer finder learns from them."""

    asks: tuple[Sentence, ...] = Field(min_length=8)


class Guard(Named):
    """What must be noticed at any point, with its own script.

    manner: `stop` is said before anything else and the thread waits; `aside` once, beside whatever else is done;
    `refuse` is said and nothing is done; `care` is for a person in despair, of whom nothing is asked.
    `intent` announces it, `cues` tell it from others of that intent, `unmistakable` words mean it whatever the intent,
    `notices` are regular expressions that find it inside a longer account. `evidence` is what it calls for.
    """

    name: Sentence
    manner: Literal["stop", "aside", "refuse", "care"]
    intent: str | None = None
    cues: tuple[str, ...] = ()
    unmistakable: tuple[str, ...] = ()
    notices: tuple[Pattern, ...] = ()
    say: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    cites: tuple[Citation, ...] = ()
    evidence: EvidencePlan | None = None


class Unverified(Named):
    """Something that no file may say, because it is wrong or could not be checked: a regular expression, and why."""

    pattern: Pattern
    why: str


class DocumentKind(Named):
    """A text the assistant writes: whom it is for, and how long that channel lets it be."""

    name: Sentence
    rung: Id | None
    addressee: Sentence
    max_chars: int = Field(gt=0)


class CannedReply(Named):
    """What staff often write, ready to be sent. `{names}` are facts of the case, its number, kind or due day, or who
    writes.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=12)]
    text: Sentence

    @model_validator(mode="after")
    def _names_what_can_be_filled_in(self) -> Self:
        named = {name for _, name, _, _ in Formatter().parse(self.text) if name is not None}
        if strange := named - {*get_args(FactId), "number", "kind", "due", "staff"}:
            raise ValueError(f"nothing is called {'、'.join(sorted(strange))}")
        return self
