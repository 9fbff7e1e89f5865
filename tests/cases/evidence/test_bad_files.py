"""Two hundred bad files: each is refused in words, or kept and handed out harmlessly, and soon."""

import gc
import os
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from cases.errors import BadInput
from cases.evidence import copies, files
from cases.evidence.refusals import ACCEPTED as WHAT_IS_ACCEPTED
from cases.settings import settings
from tests.cases.evidence.bad_files import ACCEPTED, SCRIPT, BadFile, bad_files

BAD_FILES = bad_files()
LIMIT_S = 1.0

# Decoders complain of what they mend; outside of tests that is no error.
pytestmark = [pytest.mark.usefixtures("sqlite"), pytest.mark.filterwarnings("ignore::UserWarning:PIL")]


@pytest.fixture(autouse=True)
def without_collecting() -> Iterator[None]:
    """To look through all that is in memory takes a second, whenever it happens."""
    gc.disable()
    yield
    gc.enable()


def test_there_are_two_hundred_and_no_two_alike() -> None:
    assert len({bad_file.name for bad_file in BAD_FILES}) == len(BAD_FILES) >= 200


@pytest.mark.parametrize("bad_file", BAD_FILES, ids=lambda bad_file: bad_file.name)
def test_a_bad_file_does_no_harm(bad_file: BadFile) -> None:
    content, began = bad_file.make(), _work_done()
    refusal = _refusal_of(content)
    assert _work_done() - began < LIMIT_S
    assert (refusal.code if refusal else ACCEPTED) in bad_file.fates
    if refusal:
        assert WHAT_IS_ACCEPTED in refusal.message
        assert not settings().attachments_dir.exists()


def _refusal_of(content: bytes) -> BadInput | None:
    try:
        stored = files.store(content)
    except BadInput as refusal:
        return refusal
    if stored.media_type in copies.offered("thumb"):
        _assert_harmless(copies.copy(stored.sha256, stored.media_type, "thumb"))
    return None


def _work_done() -> float:
    """Seconds of CPU of this process and of those it waited for: other people's load is not our slowness."""
    return sum(os.times()[:4])


def _assert_harmless(thumb: bytes) -> None:
    with Image.open(BytesIO(thumb), formats=["JPEG"]) as image:
        image.load()
        assert max(image.size) <= 320
    assert SCRIPT not in thumb
    assert b"PK\x03\x04" not in thumb
