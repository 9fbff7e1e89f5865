"""Long screenshots are read in parts, and every line once."""

import pytest

from cases.evidence.reading.strips import MAX_STRIPS, strips


@pytest.mark.parametrize("height", [500, 1_600, 1_800])
def test_a_screen_is_read_at_once(height: int) -> None:
    assert len(strips(720, height)) == 1


@pytest.mark.parametrize("height", [2_000, 4_000, 7_777])
def test_every_row_belongs_to_one_strip(height: int) -> None:
    parts = strips(720, height)
    assert len(parts) > 1
    assert all(sum(strip.owns(row) for strip in parts) == 1 for row in range(height))


def test_what_belongs_to_a_strip_is_well_within_it() -> None:
    first, second, *_ = strips(720, 6_000)
    assert first.last == second.first
    assert first.bottom - first.last == second.first - second.top > 80


def test_the_longest_is_not_read_to_its_end() -> None:
    assert len(strips(720, 100_000)) == MAX_STRIPS
