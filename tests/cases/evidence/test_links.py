"""Links to files: what is signed opens, and nothing else."""

import re
from pathlib import Path

import pytest

from cases import clock
from cases.evidence import links
from cases.models import Attachment
from cases.settings import settings

FILE = Attachment(public_id="ABCDEFGHJK", person_id=7)
NOON = "2026-11-22T12:00:00"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own, at noon."""
    monkeypatch.setenv("TUIKUAN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TUIKUAN_NOW", NOON)
    settings.cache_clear()
    return tmp_path


def parts(link: str) -> dict[str, str]:
    found = re.fullmatch(r"/api/files/(?P<public_id>\w+)/(?P<variant>\w+)\?until=(?P<until>\d+)&sig=(?P<sig>\w+)", link)
    assert found
    return found.groupdict()


def test_a_signed_link_opens() -> None:
    assert links.verify(**parts(links.sign(FILE, "preview")), person_id=7)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"public_id": "ABCDEFGHJL"}, id="another file"),
        pytest.param({"variant": "original"}, id="another variant"),
        pytest.param({"until": "1900000000"}, id="more time"),
        pytest.param({"until": "1" * 5000}, id="endless time"),
        pytest.param({"until": "-1"}, id="negative time"),
        pytest.param({"until": "１７９５３２００００"}, id="full-width digits"),
        pytest.param({"until": ""}, id="no time"),
        pytest.param({"sig": ""}, id="no signature"),
        pytest.param({"sig": "0" * 64}, id="a made-up signature"),
        pytest.param({"sig": "签名"}, id="a signature that is none"),
        pytest.param({"sig": "\ud800"}, id="a signature that is no text"),
        pytest.param({"person_id": 8}, id="another person's"),
    ],
)
def test_a_changed_one_does_not(changed: dict[str, object]) -> None:
    said: dict[str, object] = {**parts(links.sign(FILE, "preview")), "person_id": 7, **changed}
    assert not links.verify(**said)  # type: ignore[arg-type]


def test_nor_does_one_cut_short() -> None:
    said = parts(links.sign(FILE, "preview"))
    assert not links.verify(**{**said, "sig": said["sig"][:-1]}, person_id=7)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        pytest.param("2026-11-22T12:59:59", True, id="to the hour"),
        pytest.param("2026-11-22T13:00:01", False, id="no longer"),
    ],
)
def test_it_opens_for_as_long_as_the_settings_say(monkeypatch: pytest.MonkeyPatch, moment: str, opens: bool) -> None:
    said = parts(links.sign(FILE, "preview"))
    monkeypatch.setenv("TUIKUAN_NOW", moment)
    assert links.verify(**said, person_id=7) is opens


@pytest.mark.parametrize(
    ("moment", "same"),
    [
        pytest.param("2026-11-22T12:29:59", True, id="within half its life"),
        pytest.param("2026-11-22T12:30:00", False, id="after it"),
    ],
)
def test_it_stays_the_same_for_a_while(monkeypatch: pytest.MonkeyPatch, moment: str, same: bool) -> None:
    link = links.sign(FILE, "thumb")
    monkeypatch.setenv("TUIKUAN_NOW", moment)
    assert (links.sign(FILE, "thumb") == link) is same


def test_it_lives_at_least_half_as_long_as_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T12:29:59")
    assert int(parts(links.sign(FILE, "thumb"))["until"]) - clock.now().timestamp() >= 30 * 60
