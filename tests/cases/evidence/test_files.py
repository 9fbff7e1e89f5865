"""Originals: type by content, named by digest, written once."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from cases.errors import BadInput
from cases.evidence import files

PNG = b"\x89PNG\r\n\x1a\n" + b"a picture"
JPEG = b"\xff\xd8\xff\xe0" + b"a picture"
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 "

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(PNG, "image/png", id="png"),
        pytest.param(JPEG, "image/jpeg", id="jpeg"),
        pytest.param(WEBP, "image/webp", id="webp"),
    ],
)
def test_a_picture_is_kept_as_it_came(content: bytes, media_type: str) -> None:
    stored = files.store(content)
    assert stored.media_type == media_type
    assert stored.size == len(content)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert files.path_of(stored.sha256).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"GIF89a", id="gif"),
        pytest.param(b"%PDF-1.7", id="pdf"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'>", id="svg"),
        pytest.param(b"<html><script>", id="html"),
        pytest.param(b"RIFF\x10\x00\x00\x00AVI LIST", id="another riff"),
        pytest.param(b" " + PNG, id="a picture that begins late"),
        pytest.param(b"\x89PNG", id="half a signature"),
        pytest.param(b"MZ\x90", id="a program"),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(BadInput) as raised:
        files.store(content)
    assert raised.value.code == "file_type"


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(BadInput) as raised:
        files.store(b"")
    assert raised.value.code == "file_empty"


@pytest.fixture
def one_mib(monkeypatch: pytest.MonkeyPatch) -> int:
    """The limit is one mebibyte; its size in bytes."""
    monkeypatch.setenv("TUIKUAN_ATTACHMENT_MAX_MIB", "1")
    return files.MIB


def test_a_file_may_be_as_large_as_the_limit(one_mib: int) -> None:
    assert files.store(PNG.ljust(one_mib)).size == one_mib


def test_a_larger_one_is_refused_with_the_limit(one_mib: int) -> None:
    with pytest.raises(BadInput, match="1 MB") as raised:
        files.store(PNG.ljust(one_mib + 1))
    assert raised.value.code == "file_too_large"


def test_the_same_file_again_leaves_the_first_untouched() -> None:
    path = files.path_of(files.store(PNG).sha256)
    before = path.stat()
    files.store(PNG)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_original_cannot_be_written_to() -> None:
    assert files.path_of(files.store(PNG).sha256).stat().st_mode & 0o777 == 0o400


def test_nothing_half_written_stays_behind() -> None:
    path = files.path_of(files.store(PNG).sha256)
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_the_same_file_sent_twice_at_once_is_kept_once() -> None:
    for number in range(20):
        content = PNG + bytes(100_000) + bytes([number])
        with ThreadPoolExecutor(8) as workers:
            [digest] = {stored.sha256 for stored in workers.map(files.store, [content] * 8)}
        assert files.path_of(digest).read_bytes() == content
