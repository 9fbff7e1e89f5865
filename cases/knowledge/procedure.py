"""The shape of the procedure: rungs, what they need, how they end, and which way a case climbs them."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from cases.knowledge.schema import Citation, Entry, FactId, Id, Named, Pattern, Sentence

SUBJECTS = ("fact", "flag", "no_flag", "grievance", "taken", "not_taken")


class Condition(Entry):
    """One thing that must hold of a case. Exactly one subject:

    `fact` is known, has a value among `any_of` or (known or not) none of `none_of`, is at most `at_most` (money: 分),
    or lies within the last `within_years`; `flag` was noticed or `no_flag` was not; `grievance` was made, as the main
    one or beside it, or is the track; the rung `taken` was taken, perhaps with an outcome among `any_of`; the rung
    `not_taken` was not, or ended with an outcome among `unless`.
    """

    fact: FactId | None = None
    flag: Id | None = None
    no_flag: Id | None = None
    grievance: Id | None = None
    taken: Id | None = None
    not_taken: Id | None = None
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    unless: tuple[Id, ...] = ()
    at_most: int | None = None
    within_years: int | None = None
    otherwise: Sentence | None = None
    """Why something is closed where this does not hold, as people read it."""

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        named = [name for name in SUBJECTS if getattr(self, name) is not None]
        if len(named) != 1:
            raise ValueError(f"a condition has one subject of {', '.join(SUBJECTS)}")
        return self


Conditions = tuple[Condition, ...]


class Outcome(Named):
    """One way a step may end, or go on: its button, and how people say it (regular expressions).

    `money` says what it means for the money: `back` all came, `part` some came, `promised` it is said to come.
    `grievance` and `flag` are what it says about the case. `like` names outcomes that mean this one where a rung has
    it and not them: to be refused by the police is not_filed. `replaced` says that what was bought was sent again: if
    it works, the case is over.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=12)]
    say: Sentence
    cues: tuple[Pattern, ...] = ()
    like: tuple[Id, ...] = ()
    money: Literal["back", "part", "promised"] | None = None
    grievance: Id | None = None
    flag: Id | None = None
    replaced: bool = False


class Turning(Entry):
    """Where an outcome of a rung leads.

    `next` are rungs to try first, in order; without it the route goes on. `runs` keeps the step open and starts a
    second period; what can only happen in the `first` or `second` period is not offered in the other. `again` lets the
    same rung be taken again; `forgets` clears facts that must be asked for anew.
    """

    next: tuple[Id, ...] = ()
    runs: Id | None = None
    period: Literal["first", "second"] | None = None
    again: bool = False
    forgets: tuple[FactId, ...] = ()


class DueChoice(Entry):
    """The period that runs when a step is taken, if its conditions hold."""

    deadline: Id
    when: Conditions = ()


class Rung(Named):
    """One step of the procedure: whom to turn to, what to do, the text to send, how long they have.

    It is open where `pre` holds and all facts it `needs` are known; `optional` rungs are offered, never imposed.
    A rung without outcomes is done when it is taken. L1_evidence is where a route asks for evidence.
    `called` finds whom it turns to in what people write, while a step with them is open; `visited` finds that somebody
    went there by themselves.
    """

    name: Sentence
    addressee: Sentence
    channel: Id
    intro: Sentence
    do: tuple[Sentence, ...]
    pre: Conditions = ()
    needs: tuple[FactId, ...] = ()
    letter: Id | None = None
    due: tuple[DueChoice, ...] = ()
    outcomes: dict[Id, Turning] = Field(default_factory=dict)
    optional: bool = False
    called: Pattern | None = None
    visited: Pattern | None = None


class Route(Named):
    """The order in which a case climbs. Of all routes the first whose conditions hold is taken; `why` is told."""

    when: Conditions
    why: Sentence
    rungs: tuple[Id, ...]


class Pitfall(Named):
    """A mistake that costs people their case; said with the rungs it belongs to."""

    say: Sentence
    rungs: tuple[Id, ...]
    when: Conditions = ()
    cites: tuple[Citation, ...] = ()
