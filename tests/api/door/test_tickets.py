"""A ticket names one person, for a day, and cannot be made or changed by anybody else."""

import re
from pathlib import Path

import pytest

from api.door import tickets
from cases import signing
from cases.models import Person
from cases.settings import settings

PERSON = Person(public_id="ABCDEFGHJKMNPQRS")


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of its own."""
    monkeypatch.setenv("TUIKUAN_DATA_DIR", str(tmp_path))
    settings.cache_clear()


def ticket() -> str:
    return tickets.sign(PERSON).removeprefix("/door/")


def changed(number: int, part: str) -> str:
    parts = ticket().split(".")
    return ".".join([*parts[:number], part, *parts[number + 1 :]])


def test_names_its_person() -> None:
    assert tickets.named(ticket()) == PERSON.public_id


def test_needs_no_escape_in_an_address() -> None:
    assert re.fullmatch(r"/door/[\w.]+", tickets.sign(PERSON), re.ASCII)
    assert len(ticket()) <= tickets.MAX_CHARS


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        pytest.param("2026-11-23T10:00:00", True, id="for a day"),
        pytest.param("2026-11-23T10:00:01", False, id="and no longer"),
    ],
)
def test_is_good(monkeypatch: pytest.MonkeyPatch, now: str, opens: bool) -> None:
    given = ticket()
    monkeypatch.setenv("TUIKUAN_NOW", now)
    assert (tickets.named(given) is not None) is opens


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("", id="nothing"),
        pytest.param("..", id="dots"),
        pytest.param("门", id="words"),
        pytest.param("\ud800.\ud800.\ud800", id="no text"),
        pytest.param("A.9999999999." + "0" * 64, id="a made-up one"),
    ],
)
def test_that_is_not_ours_names_nobody(given: str) -> None:
    assert tickets.named(given) is None


@pytest.mark.parametrize(
    ("number", "part"),
    [
        pytest.param(0, "ABCDEFGHJKMNPQRT", id="another person"),
        pytest.param(1, "1999999999", id="more time"),
        pytest.param(2, "", id="no signature"),
        pytest.param(2, "0" * 64, id="another signature"),
    ],
)
def test_that_was_changed_names_nobody(number: int, part: str) -> None:
    assert tickets.named(changed(number, part)) is None


def test_what_was_signed_for_a_file_opens_no_door() -> None:
    signature = signing.signature("file", PERSON.public_id, "1999999999")
    assert tickets.named(f"{PERSON.public_id}.1999999999.{signature}") is None
