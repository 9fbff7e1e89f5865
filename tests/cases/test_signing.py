"""What is signed is known again, for one purpose; the key of a development machine is made once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cases import signing
from cases.settings import settings

SECRET = "a secret of thirty-two characters"
NOON = 1_795_320_000
"""2026-11-22T12:00:00 in Shanghai."""


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own, at noon."""
    monkeypatch.setenv("TUIKUAN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T12:00:00")
    settings.cache_clear()
    return tmp_path


class TestSignatures:
    def test_are_known_again(self) -> None:
        assert signing.is_signed(signing.signature("door", "A", "1"), "door", "A", "1")

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param(("file", "A", "1"), id="for another purpose"),
            pytest.param(("door", "B", "1"), id="of another thing"),
            pytest.param(("door", "A"), id="of a part"),
            pytest.param(("door", "A\n1"), id="of the same, cut elsewhere"),
            pytest.param(("door", 'A", "1'), id="of the same, quoted"),
            pytest.param(("door", "A", "1", ""), id="of more"),
            pytest.param(("door", "A\ud800", "1"), id="of what is no text"),
        ],
    )
    def test_are_good_for_nothing_else(self, said: tuple[str, ...]) -> None:
        assert not signing.is_signed(signing.signature("door", "A", "1"), *said)

    @pytest.mark.parametrize("given", ["", "0" * 64, "签名", "\ud800"], ids=["none", "made up", "Chinese", "no text"])
    def test_cannot_be_made_up(self, given: str) -> None:
        assert not signing.is_signed(given, "door", "A", "1")


@pytest.mark.parametrize(
    ("until", "left"),
    [
        pytest.param(str(NOON), True, id="this second"),
        pytest.param(str(NOON - 1), False, id="a second ago"),
        pytest.param("9" * 12, True, id="far away"),
        pytest.param("9" * 13, False, id="endless"),
        pytest.param("9" * 5000, False, id="too long to read"),
        pytest.param("-1", False, id="negative"),
        pytest.param("１７９５３２００００", False, id="full-width"),
        pytest.param("", False, id="none"),
    ],
)
def test_time_is_left_until_a_moment_to_come(until: str, left: bool) -> None:
    assert signing.has_time_left(until) is left


class TestTheKey:
    def test_is_the_settings(self, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_SECRET_KEY", SECRET)
        settings.cache_clear()
        signing.signature("door")
        assert not (data_dir / "secret.key").exists()

    def test_another_one_signs_otherwise(self, monkeypatch: pytest.MonkeyPatch) -> None:
        signed = signing.signature("door")
        monkeypatch.setenv("TUIKUAN_SECRET_KEY", SECRET)
        settings.cache_clear()
        assert not signing.is_signed(signed, "door")

    def test_is_made_where_there_is_none_for_the_owners_eyes(self, data_dir: Path) -> None:
        signing.signature("door")
        [made] = data_dir.iterdir()
        assert (made.name, stat.S_IMODE(made.stat().st_mode)) == ("secret.key", 0o600)
        assert len(made.read_bytes()) == 64

    def test_stays_for_the_next_start(self) -> None:
        signed = signing.signature("door")
        signing._kept_key.cache_clear()
        assert signing.is_signed(signed, "door")

    def test_is_one_though_many_need_it_first(self, data_dir: Path) -> None:
        def make(_: int) -> bytes:
            return signing._kept_key.__wrapped__(data_dir / "secret.key")

        with ThreadPoolExecutor(8) as workers:
            assert len(set(workers.map(make, range(8)))) == 1
        assert [path.name for path in data_dir.iterdir()] == ["secret.key"]
