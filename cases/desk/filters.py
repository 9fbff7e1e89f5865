"""Which conversations a list shows, and in which order: read from an address, and written as one.

An address that is half right shows what it can: a value that cannot be understood filters nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlencode

from pydantic import (
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

ME, NOBODY = "me", "nobody"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MAX_ID = 2**31 - 1

# PostgreSQL takes no zero character.
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00]*$")]


class Tab(StrEnum):
    """What a list is for."""

    HUMAN = "human"
    DUE = "due"
    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class Sort(StrEnum):
    """What comes first where a tab has no order of its own. By `DUE`, only what has a deadline is shown."""

    NEWEST = "newest"
    DUE = "due"


class Filter(BaseModel):
    """One list. What is empty filters nothing; of the rest all must hold.

    `q` is searched for in what was said. `since` and `until` are days of the last message, in Shanghai. `assignee` is
    `me`, `nobody` or a colleague's name. `doubted`: the assistant hardly understood something. `flag` is the id of a
    guard that was noticed.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    tab: Tab = Tab.HUMAN
    sort: Sort = Sort.NEWEST
    q: Words = ""
    kind: Words = ""
    stage: Words = ""
    channel: Words = ""
    platform: Words = ""
    merchant: Words = ""
    since: date | None = None
    until: date | None = None
    assignee: Words = ""
    doubted: bool = False
    flag: Words = ""
    label: Words = ""

    @field_validator("*", mode="wrap")
    @classmethod
    def _or_nothing(cls, value: Any, read: ValidatorFunctionWrapHandler, field: ValidationInfo) -> Any:
        try:
            return read(value)
        except ValidationError:
            return cls.model_fields[str(field.field_name)].default

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """From the query of an address. Who filters and names no tab looks everywhere."""
        found = cls.model_validate(dict(query))
        return found.model_copy(update={"tab": Tab.ALL}) if found.is_narrowed and "tab" not in query else found

    def query(self, **changes: Any) -> str:
        """As the query of an address, with changes."""
        values = {**self._values(), **changes}
        return urlencode({name: _written(value) for name, value in values.items() if value or name == "tab"})

    @property
    def narrowed_by(self) -> tuple[str, ...]:
        """The names of the fields by which it shows less than its whole tab."""
        return tuple(name for name in self._values() if name not in {"tab", "sort"})

    @property
    def is_narrowed(self) -> bool:
        """Whether it shows less than its whole tab."""
        return bool(self.narrowed_by)

    def _values(self) -> dict[str, Any]:
        values = self.model_dump()
        return {name: value for name, value in values.items() if name == "tab" or value != _default(name)}


def _default(name: str) -> Any:
    return Filter.model_fields[name].default


def _written(value: Any) -> str:
    return "1" if value is True else str(value)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list ends; the next one begins after it."""

    at: datetime
    id: int

    @classmethod
    def of(cls, text: str) -> Self | None:
        """From an address; `None` if it is no place in any list."""
        moment, _, number = text.partition("-")
        try:
            place = cls(EPOCH + timedelta(microseconds=int(moment)), int(number))
        except (ValueError, OverflowError):
            return None
        return place if 0 <= place.id <= MAX_ID else None

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.id}"
