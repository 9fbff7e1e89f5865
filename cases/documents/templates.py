"""The templates of `data/knowledge/letters`, and how a fact that is not known stands in them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cases.knowledge import LETTERS_DIR


def render(name: str, facts: Mapping[str, object]) -> str:
    """The text that a template makes of the facts."""
    text = _environment().get_template(name).render(facts)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def gap(name: str) -> str:
    """What stands where something is still to be filled in."""
    return f"（待补充：{name}）"


def or_gap(value: str, name: str, unit: str = "") -> str:
    """A fact with its unit, or the gap that says what is missing."""
    return f"{value}{unit}" if value else gap(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Plain text for people to send, never HTML: escaping would corrupt it.
    environment = Environment(
        loader=FileSystemLoader(LETTERS_DIR),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,  # what is included ends its line
        autoescape=False,  # noqa: S701
    )
    environment.filters.update(gap=gap, or_gap=or_gap)
    return environment
