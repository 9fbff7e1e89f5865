"""docs/sources.md: it points at what exists, and leaves no claim of the five articles out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
KNOWLEDGE = ROOT / "data" / "knowledge"

QUOTED = set(re.findall(r"`([^`\s]+)`", PAGE))
AN_ID = re.compile(r"(?:a|p|d|t|ev|ch|nd|ci|sm|mg|rs|L\d+b?)_\w+|CLOSE_WATCH")
CLAIMS = {"A": 21, "B": 18, "C": 11, "D": 17, "E": 13}


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _ids(part)


@pytest.fixture(scope="module")
def known() -> set[str]:
    return {id_ for file in KNOWLEDGE.glob("*.yml") for id_ in _ids(yaml.safe_load(file.read_text(encoding="utf-8")))}


@pytest.mark.parametrize("id_", sorted(word for word in QUOTED if AN_ID.fullmatch(word)))
def test_an_id_on_the_page_is_in_the_knowledge(known: set[str], id_: str) -> None:
    assert id_ in known


@pytest.mark.parametrize("path", sorted(word for word in QUOTED if "/" in word))
def test_a_file_on_the_page_exists(path: str) -> None:
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("article", CLAIMS)
def test_every_claim_that_was_checked_has_a_row(article: str) -> None:
    rows = re.findall(rf"^\| {article}(\d+) \|", PAGE, re.MULTILINE)
    assert rows == [str(number + 1) for number in range(len(rows))]
    assert len(rows) >= CLAIMS[article]


@pytest.mark.parametrize("file", ["answers.yml", "deadlines.yml", "ladder.yml", "evidence.yml", "guards.yml"])
def test_most_of_the_knowledge_is_on_the_page(file: str) -> None:
    """The page is an index: what is added to the knowledge belongs on it, but for what no article touches."""
    ids = {entry["id"] for entry in yaml.safe_load((KNOWLEDGE / file).read_text(encoding="utf-8"))}
    assert len(ids - QUOTED) <= len(ids) // 5, sorted(ids - QUOTED)
