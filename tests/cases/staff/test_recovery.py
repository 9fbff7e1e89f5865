"""Codes on paper: ten, each good once, and only their hashes are kept."""

import pytest

from cases.models import StaffUser
from cases.staff import recovery


@pytest.fixture
def codes(lin: StaffUser) -> list[str]:
    """Theirs."""
    codes, kept = recovery.new()
    recovery.keep(lin, kept)
    return codes


def accept(staff: StaffUser, code: str) -> bool:
    """Find it, then use it up."""
    kept = recovery.find(staff, code)
    return kept is not None and recovery.use(staff, kept)


def test_there_are_ten_and_they_differ(codes: list[str]) -> None:
    assert len(set(codes)) == 10


def test_none_can_be_read_in_the_database(lin: StaffUser, codes: list[str]) -> None:
    kept = "".join(lin.recovery_hashes)
    assert not any(half in kept for code in codes for half in [code, code.replace("-", "")])
    assert all(hashed.startswith("$argon2id$") for hashed in lin.recovery_hashes)


def test_each_is_good_once(lin: StaffUser, codes: list[str]) -> None:
    assert accept(lin, codes[3])
    assert not accept(lin, codes[3])
    assert len(lin.recovery_hashes) == 9


def test_it_may_be_typed_in_many_ways(lin: StaffUser, codes: list[str]) -> None:
    typed = [codes[0].lower(), codes[1].replace("-", " "), "".join(chr(ord(letter) + 0xFEE0) for letter in codes[2])]
    assert all(accept(lin, code) for code in typed)


def test_new_ones_make_the_old_ones_worthless(lin: StaffUser, codes: list[str]) -> None:
    recovery.keep(lin, recovery.new()[1])
    assert not accept(lin, codes[0])


def test_one_that_was_found_twice_is_used_once(lin: StaffUser, codes: list[str]) -> None:
    kept = str(recovery.find(lin, codes[0]))
    assert recovery.use(lin, kept)
    assert not recovery.use(lin, kept)


@pytest.mark.parametrize(("typed", "looks"), [("ABCDE-FGHJK", True), ("abcde fghjk", True), ("123 456", False)])
def test_they_look_unlike_those_of_the_telephone(typed: str, looks: bool) -> None:
    assert recovery.looks_like_one(typed) is looks
