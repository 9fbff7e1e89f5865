"""Scores of the facts found."""

import pytest

from bot.evaluation import Example, FactScore, fact_scores
from bot.evaluation.facts import Fact


def example(*entities: tuple[str, str]) -> Example:
    return Example("…", "out_of_scope", entities=entities)


PAID = ("amount", "98.00")
SHOP = ("platform", "极速卡盟")


@pytest.mark.parametrize(
    ("stated", "found", "expected"),
    [
        pytest.param([PAID], [PAID], FactScore(1, 1, 1), id="right"),
        pytest.param([PAID], [], FactScore(0, 0, 1), id="missed"),
        pytest.param([PAID], [("amount", "100.00")], FactScore(0, 1, 1), id="wrong"),
        pytest.param([PAID], [PAID, ("amount", "100.00")], FactScore(1, 2, 1), id="one too many"),
        pytest.param([PAID, ("amount", "5.00")], [PAID], FactScore(1, 1, 2), id="one of two"),
        pytest.param([PAID], [PAID, PAID], FactScore(1, 1, 1), id="found twice"),
    ],
)
def test_counts(stated: list[tuple[str, str]], found: list[Fact], expected: FactScore) -> None:
    assert fact_scores([example(*stated)], [found]) == {"amount": expected}


def test_examples_are_summed_by_entity() -> None:
    examples = [example(PAID, SHOP), example(PAID), example()]
    found = [[PAID, SHOP], [SHOP], [PAID]]
    assert fact_scores(examples, found) == {"amount": FactScore(1, 2, 2), "platform": FactScore(1, 2, 1)}


def test_an_example_in_which_nobody_looked_for_facts_says_nothing() -> None:
    unlooked = Example("…", "out_of_scope")
    assert fact_scores([unlooked, example(PAID)], [[PAID], [PAID]]) == {"amount": FactScore(1, 1, 1)}
    assert fact_scores([unlooked], [[PAID]]) == {}


def test_an_entity_that_nobody_noted_cannot_be_judged() -> None:
    assert fact_scores([example(PAID)], [[PAID, SHOP]]) == {"amount": FactScore(1, 1, 1)}


@pytest.mark.parametrize(
    ("score", "precision", "recall"),
    [
        pytest.param(FactScore(right=3, found=4, stated=6), 0.75, 0.5, id="shares"),
        pytest.param(FactScore(right=0, found=0, stated=2), 1.0, 0.0, id="nothing found is nothing wrong"),
        pytest.param(FactScore(right=0, found=2, stated=0), 0.0, 1.0, id="nothing stated is nothing missed"),
    ],
)
def test_precision_and_recall(score: FactScore, precision: float, recall: float) -> None:
    assert (score.precision, score.recall) == (precision, recall)
