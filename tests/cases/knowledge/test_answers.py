"""The answers to questions on the way: short, dated, true to their sources, and asked for in many ways.

Reads the files themselves, so that a reviewer of the law sees what fails without the rest of the program.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.settings import ROOT

ANSWERS_FILE = ROOT / "data" / "knowledge" / "answers.yml"
LAWS_FILE = ROOT / "data" / "knowledge" / "laws.yml"
EXAMPLES_FILE = ROOT / "data" / "knowledge" / "questions.yml"
ASSERTIONS_FILE = Path(__file__).with_name("assertions.yml")

LEAST_ANSWERS = 85
LEAST_EXAMPLES = 8
NATURES = ("法定", "司法解释", "规章", "平台规则", "惯例")
NEVER = re.compile(
    r"[!！]|保证(?!金)|一定能|一定会退|肯定能|百分之百|包退"  # a promise
    r"|45\s*日|45个工作日|1万元以下|聚投诉|微法院|12315处罚|12378|集体诉讼|网络交易管理办法"  # wrong or unverified
    r"|https?://|www\."  # addresses change; the ladder has them
)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


ANSWERS: dict[str, dict[str, Any]] = {answer["id"]: answer for answer in read(ANSWERS_FILE)}
LAWS: dict[str, dict[str, Any]] = {law["id"]: law for law in read(LAWS_FILE)}
ASSERTIONS: list[dict[str, Any]] = read(ASSERTIONS_FILE)
EXAMPLES: list[tuple[str, str]] = [
    (question["id"], text) for question in read(EXAMPLES_FILE) for text in question["asks"]
]


def said(answer: dict[str, Any]) -> str:
    return f"{answer['short']}\n{answer.get('more', '')}"


@cache
def law_names() -> dict[str, str]:
    """Every name a sentence may call a law by, and the law's id."""
    return {name: law["id"] for law in LAWS.values() for name in (law["name"], *law.get("short", ()))}


def named_in(text: str) -> Iterator[tuple[str, str]]:
    """The (law id, article) pairs that a text names: 民法典19、20条 names two."""
    names = "|".join(sorted(map(re.escape, law_names()), key=len, reverse=True))
    for name, numbers in re.findall(rf"({names})((?:\d+、)*\d+)条", text):
        yield from ((law_names()[name], number) for number in numbers.split("、"))


def cited_by(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(cite["law"], cite["article"]) for cite in answer.get("cites", ())}


def test_there_are_answers_to_what_people_really_ask() -> None:
    assert len(ANSWERS) == len(read(ANSWERS_FILE)) >= LEAST_ANSWERS


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
class TestAnswer:
    def test_is_short_first_and_longer_on_request(self, answer: dict[str, Any]) -> None:
        assert len(answer["short"]) <= 120
        assert 0 < len(answer["more"]) <= 400

    def test_neither_promises_nor_repeats_what_was_found_wrong(self, answer: dict[str, Any]) -> None:
        assert NEVER.findall(answer["question"] + said(answer)) == []

    def test_does_not_cite_the_article_that_protects_merchants(self, answer: dict[str, Any]) -> None:
        assert ("ecommerce_law", "35") not in set(named_in(said(answer))) | cited_by(answer)

    def test_cites_exactly_what_it_names(self, answer: dict[str, Any]) -> None:
        assert set(named_in(said(answer))) == cited_by(answer)

    def test_cites_only_what_was_checked(self, answer: dict[str, Any]) -> None:
        assert [(law, article) for law, article in cited_by(answer) if article not in LAWS[law]["articles"]] == []

    def test_says_at_once_how_binding_its_rule_is(self, answer: dict[str, Any]) -> None:
        assert not answer.get("cites") or any(nature in answer["short"] for nature in NATURES)

    def test_asks_one_question(self, answer: dict[str, Any]) -> None:
        assert answer["question"].endswith("？")
        assert answer["question"].count("？") == 1


def test_every_article_has_the_nature_of_its_law_behind_it() -> None:
    bare = [
        (answer["id"], citation)
        for answer in ANSWERS.values()
        for citation in re.findall(r"（[^（）]*\d条[^（）]*）", said(answer))
        if not any(nature in citation for nature in NATURES)
    ]
    assert bare == []


@pytest.mark.parametrize("assertion", ASSERTIONS, ids=[assertion["q"] for assertion in ASSERTIONS])
def test_says_what_it_must_and_not_what_it_must_not(assertion: dict[str, Any]) -> None:
    text = said(ANSWERS[assertion["answer"]])
    assert [part for part in assertion["must_include"] if part not in text] == []
    assert [part for part in assertion["must_not"] if part in text] == []


def test_the_assertions_are_many_and_each_asks_something_else() -> None:
    assert len({assertion["q"] for assertion in ASSERTIONS}) == len(ASSERTIONS) >= 47


class TestExamples:
    def test_are_there_for_every_answer_and_for_no_other(self) -> None:
        assert {answer for answer, _ in EXAMPLES} == ANSWERS.keys()

    def test_are_many_for_each_answer(self) -> None:
        counted = Counter(answer for answer, _ in EXAMPLES)
        assert {answer: n for answer, n in counted.items() if n < LEAST_EXAMPLES} == {}

    def test_stand_once(self) -> None:
        texts = Counter(text for _, text in EXAMPLES)
        assert [text for text, n in texts.items() if n > 1] == []
