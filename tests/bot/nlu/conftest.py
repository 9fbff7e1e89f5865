"""The extractor over our own lookup tables, on 2026-11-22, a Sunday, at 14:30 in Shanghai."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import yaml

from bot.nlu import ROOT
from bot.nlu.facts import Facts, Lexicon
from cases.clock import SHANGHAI


def _phrases(block: dict[str, str]) -> list[str]:
    return [line.removeprefix("- ") for line in block["examples"].splitlines()]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    blocks = yaml.safe_load((ROOT / "data/nlu/lookups.yml").read_text(encoding="utf-8"))["nlu"]
    return Lexicon.from_tables(
        {block["lookup"]: _phrases(block) for block in blocks if "lookup" in block},
        {phrase: block["synonym"] for block in blocks if "synonym" in block for phrase in _phrases(block)},
    )


@pytest.fixture(scope="session")
def facts(lexicon: Lexicon) -> Facts:
    return Facts(lexicon)


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 11, 22, 14, 30, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def read(facts: Facts, now: datetime) -> Callable[..., list[Any]]:
    """`read(text, "amount", "number")` gives the values of those entities in the order said."""

    def values(text: str, *entities: str) -> list[Any]:
        return [span.value for span in facts.extract(text, now) if span.entity in entities]

    return values
