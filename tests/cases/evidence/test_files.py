"""Originals: type by content, named by digest, written once."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from cases.errors import BadInput
from cases.evidence import files
from cases.evidence.refusals import SENTENCES
from cases.settings import settings
from tests.pictures import heic, jpeg, mp4, pdf, png, webp

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.mark.parametrize(
    ("made", "media_type", "size", "pages"),
    [
        pytest.param(png, "image/png", (64, 48), None, id="png"),
        pytest.param(jpeg, "image/jpeg", (64, 48), None, id="jpeg"),
        pytest.param(webp, "image/webp", (64, 48), None, id="webp"),
        pytest.param(heic, "image/heic", (64, 48), None, id="heic"),
        pytest.param(pdf, "application/pdf", (None, None), 1, id="pdf"),
        pytest.param(mp4, "video/mp4", (None, None), None, id="mp4"),
    ],
)
def test_a_file_is_kept_as_it_came(
    made: Callable[[], bytes], media_type: str, size: tuple[int | None, int | None], pages: int | None
) -> None:
    content = made()
    stored = files.store(content)
    assert (stored.media_type, stored.size) == (media_type, len(content))
    assert ((stored.width, stored.height), stored.pages) == (size, pages)
    assert (stored.likeness is None) is (size == (None, None))
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert files.path_of(stored.sha256).read_bytes() == content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "file_empty", id="empty"),
        pytest.param(b"GIF89a", "file_type", id="gif"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'>", "file_type", id="svg"),
        pytest.param(b"<html><script>", "file_type", id="html"),
        pytest.param(b"RIFF\x10\x00\x00\x00AVI LIST", "file_type", id="another riff"),
        pytest.param(b" " + png(), "file_type", id="a picture that begins late"),
        pytest.param(b"MZ\x90", "file_type", id="a program"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "file_broken", id="a signature and no more"),
        pytest.param(png()[:-20], "file_broken", id="a picture cut off"),
        pytest.param(b"%PDF-1.7", "file_broken", id="a paper without pages"),
    ],
)
def test_anything_else_is_refused_and_not_kept(content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as raised:
        files.store(content)
    assert raised.value.code == code
    assert not settings().attachments_dir.exists()


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
@pytest.mark.parametrize("kind", ["JPG", "PNG", "WebP", "HEIC", "PDF", "MP4"])
def test_every_refusal_says_what_is_taken(sentence: str, kind: str) -> None:
    assert kind in sentence


@pytest.fixture
def one_mib(monkeypatch: pytest.MonkeyPatch) -> int:
    """The limit is one mebibyte; its size in bytes."""
    monkeypatch.setenv("TUIKUAN_ATTACHMENT_MAX_MIB", "1")
    return files.MIB


def test_a_file_may_be_as_large_as_the_limit(one_mib: int) -> None:
    assert files.store(png().ljust(one_mib)).size == one_mib


def test_a_larger_one_is_refused_with_the_limit(one_mib: int) -> None:
    with pytest.raises(BadInput, match="1 MB") as raised:
        files.store(png().ljust(one_mib + 1))
    assert raised.value.code == "file_too_large"


def test_the_same_file_again_leaves_the_first_untouched() -> None:
    path = files.path_of(files.store(png()).sha256)
    before = path.stat()
    files.store(png())
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_original_cannot_be_written_to() -> None:
    assert files.path_of(files.store(png()).sha256).stat().st_mode & 0o777 == 0o400


def test_nothing_half_written_stays_behind() -> None:
    path = files.path_of(files.store(png()).sha256)
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_the_same_file_sent_twice_at_once_is_kept_once() -> None:
    for number in range(20):
        content = png(number) + bytes(100_000)
        with ThreadPoolExecutor(8) as workers:
            [digest] = {stored.sha256 for stored in workers.map(files.store, [content] * 8)}
        assert files.path_of(digest).read_bytes() == content
