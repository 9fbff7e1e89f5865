"""The account's menu: what `data/wechat_menu.yml` says, as the platform wants it, and what a tap says."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from cases.errors import KnowledgeError
from cases.knowledge.source import Source
from cases.settings import ROOT

# As much as small screens show. At 4 bytes a character that is within the platform's 16, 60 and 128 bytes.
ButtonName = Annotated[str, StringConstraints(min_length=1, max_length=4)]
ItemName = Annotated[str, StringConstraints(min_length=1, max_length=7)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,32}$")]


class Item(BaseModel):
    """An entry below a button: who taps it `says` something. `key` is what the platform tells us of the tap."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ItemName
    key: Key
    says: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    needs_page: bool = False
    """Left out where there is no page to open."""


class Button(BaseModel):
    """A button below the conversation, with its entries."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ButtonName
    below: Annotated[tuple[Item, ...], Field(min_length=1, max_length=5)]


Buttons = Annotated[tuple[Button, ...], Field(min_length=1, max_length=3)]


@lru_cache(maxsize=1)
def buttons() -> tuple[Button, ...]:
    """The project's menu, read once. Raises `KnowledgeError` if it is wrong."""
    return load(ROOT / "data" / "wechat_menu.yml")


def load(file: Path) -> tuple[Button, ...]:
    """Read and check a menu. Raises `KnowledgeError` with file and line."""
    source = Source(file)
    try:
        menu: tuple[Button, ...] = TypeAdapter(Buttons).validate_python(source.content)
    except ValidationError as error:
        first = error.errors()[0]
        raise KnowledgeError(f"{source.at(first['loc'])}: {first['msg']}") from error
    keys = [item.key for item in _items(menu)]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise KnowledgeError(f"{source.name}: key {twice.pop()} appears twice")
    return menu


def said(event_key: str) -> str | None:
    """What somebody says by tapping the entry with this key; `None` if there is no such entry."""
    return next((item.says for item in _items(buttons()) if item.key == event_key), None)


def as_platform_json(public_url: str) -> dict[str, Any]:
    """The menu as the platform wants it; without a `public_url` there is no page to open."""
    made = [
        {
            "name": button.name,
            "sub_button": [_as_json(item) for item in button.below if public_url or not item.needs_page],
        }
        for button in buttons()
    ]
    return {"button": [button for button in made if button["sub_button"]]}


def is_same(ours: dict[str, Any], theirs: dict[str, Any] | None) -> bool:
    """Whether the platform has this menu: it keeps an empty list below what has nothing below it."""
    return theirs is not None and _without_empty(ours["button"]) == _without_empty(theirs.get("button"))


def _as_json(item: Item) -> dict[str, str]:
    return {"type": "click", "name": item.name, "key": item.key}


def _items(menu: Iterable[Button]) -> list[Item]:
    return [item for button in menu for item in button.below]


def _without_empty(buttons: Any) -> Any:
    return [
        {
            name: _without_empty(value) if name == "sub_button" else value
            for name, value in button.items()
            if value != []
        }
        for button in buttons or []
    ]
