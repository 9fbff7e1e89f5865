"""What is read in screenshots, measured: the set is drawn by this folder, the reader is the real one.

Every third of them, as each takes seconds; `benchmarks/reading.py` reads all.
"""

from pathlib import Path

import pytest

from cases.evidence.reading.lines import Line
from cases.evidence.reading.private import private
from cases.evidence.reading.worker import Reader
from tests.cases.evidence.reading.scoring import Score, scored
from tests.cases.evidence.reading.screens import Screen, screens

AT_LEAST = 48
STEP = 3
ACCURACY = 0.90
FOUND = 0.90
WRONG = 0.02


@pytest.fixture(scope="module")
def some() -> list[Screen]:
    return screens()[::STEP]


@pytest.fixture(scope="module")
def lines(some: list[Screen], reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Line]]:
    path: Path = tmp_path_factory.mktemp("screens") / "picture"
    found = {}
    for screen in some:
        path.write_bytes(screen.picture())
        found[screen.name] = reader.read(path)
    return found


@pytest.fixture(scope="module")
def scores(some: list[Screen], lines: dict[str, list[Line]]) -> list[Score]:
    return scored(some, lines)


def test_there_are_enough_of_every_kind() -> None:
    every = screens()
    assert len(every) >= AT_LEAST
    assert len({screen.name for screen in every}) == len(every)
    assert len({screen.app for screen in every}) >= 8


def test_fields_are_read_or_rightly_left(scores: list[Score]) -> None:
    assert sum(score.right for score in scores) / len(scores) >= ACCURACY


def test_what_is_there_is_found(scores: list[Score]) -> None:
    there = [score for score in scores if score.truth is not None]
    assert sum(score.right for score in there) / len(there) >= FOUND


def test_hardly_anything_is_read_that_is_not_there(scores: list[Score]) -> None:
    wrong = [score for score in scores if score.wrong]
    assert len(wrong) / len(scores) <= WRONG, wrong


def test_private_numbers_are_found_in_pictures(lines: dict[str, list[Line]]) -> None:
    found = {name: {box.kind for box in private(those)} for name, those in lines.items()}
    kinds = set().union(*found.values())
    assert {"phone", "bank_card", "card_key"} <= kinds
    assert not any(found[name] for name in found if "bill" in name)
