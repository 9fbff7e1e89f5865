"""What a file is, by its content alone, and whether it can be kept."""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from cases.errors import BadInput
from cases.evidence import pictures
from cases.evidence.inspection import MAX_APPENDED, inspect, sniff
from cases.evidence.likeness import likeness, likeness_distance
from cases.settings import ROOT
from tests.pictures import box, heic, image, jpeg, mp4, pdf, png, saved, webp

PICTURES = [
    pytest.param(jpeg, "image/jpeg", id="jpeg"),
    pytest.param(png, "image/png", id="png"),
    pytest.param(webp, "image/webp", id="webp"),
    pytest.param(heic, "image/heic", id="heic"),
]


MEMORY = Path("/proc/self/status")


def code_of(content: bytes) -> str:
    with pytest.raises(BadInput) as raised:
        inspect(content)
    return raised.value.code


def with_orientation(drawn: Image.Image, orientation: int, form: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[pictures.ORIENTATION_TAG] = orientation
    return saved(drawn, form, exif=exif)


class TestTheType:
    @pytest.mark.parametrize(
        ("begins", "media_type"),
        [
            pytest.param(b"\xff\xd8\xff\xe0", "image/jpeg", id="jpeg"),
            pytest.param(b"\x89PNG\r\n\x1a\n", "image/png", id="png"),
            pytest.param(b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp", id="webp"),
            pytest.param(b"%PDF-1.4", "application/pdf", id="pdf"),
            pytest.param(box(b"ftyp", b"heic\0\0\0\0mif1"), "image/heic", id="heic"),
            pytest.param(box(b"ftyp", b"mif1\0\0\0\0mif1heic"), "image/heic", id="heic by what it is compatible with"),
            pytest.param(box(b"ftyp", b"mp42\0\0\0\0isom"), "video/mp4", id="mp4"),
            pytest.param(box(b"ftyp", b"MSNV\0\0\0\0isom"), "video/mp4", id="mp4 by what it is compatible with"),
            pytest.param(box(b"ftyp", b"avif\0\0\0\0mif1isom"), None, id="avif"),
            pytest.param(box(b"ftyp", b"qt  \0\0\0\0qt  "), None, id="quicktime"),
            pytest.param(box(b"ftyp", b"XXXX\0\0\0\0") + b"isom", None, id="mp4 only after its first box"),
            pytest.param(b"GIF89a", None, id="gif"),
            pytest.param(b"", None, id="nothing"),
        ],
    )
    def test_is_told_by_the_first_bytes(self, begins: bytes, media_type: str | None) -> None:
        assert sniff(begins) == media_type

    def test_is_believed_once_the_file_opened(self) -> None:
        assert code_of(b"\xff\xd8\xff\xe0 not a picture") == "file_broken"


class TestAPicture:
    @pytest.mark.parametrize(("made", "media_type"), PICTURES)
    def test_has_a_size_and_a_likeness(self, made: Callable[..., bytes], media_type: str) -> None:
        found = inspect(made(size=(120, 70)))
        assert (found.media_type, found.width, found.height, found.pages) == (media_type, 120, 70, None)
        assert found.likeness is not None
        assert len(found.likeness) == 16

    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_is_measured_as_it_is_seen(self, orientation: int) -> None:
        found = inspect(with_orientation(image(size=(120, 70)), orientation))
        assert (found.width, found.height) == ((120, 70) if orientation < 5 else (70, 120))

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_on_its_side_is_like_itself_upright(self, form: str) -> None:
        upright = image(7, (200, 300))
        turned = with_orientation(upright.transpose(Image.Transpose.ROTATE_90), 6, form)
        found = inspect(turned)
        assert (found.width, found.height) == (200, 300)
        assert likeness_distance(found.likeness or "", likeness(upright)) <= 4

    @pytest.mark.parametrize(("made", "_"), PICTURES)
    def test_of_too_many_pixels_is_refused_with_the_limit(
        self, made: Callable[..., bytes], _: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pictures, "MAX_PIXELS", 20_000)
        monkeypatch.setattr(pictures, "MAX_WEBP_PIXELS", 20_000)
        assert inspect(made(size=(200, 100))).width == 200
        with pytest.raises(BadInput, match="2 万像素") as raised:
            inspect(made(size=(201, 100)))
        assert raised.value.code == "file_pixels"

    @pytest.mark.skipif(not MEMORY.exists(), reason="only Linux tells how much memory a process ever had")
    def test_of_fifty_million_pixels_takes_three_hundred_megabytes(self) -> None:
        program = (
            "import sys; from pathlib import Path; from cases.evidence.inspection import inspect\n"
            "width = inspect(sys.stdin.buffer.read()).width\n"
            f"print(width, Path('{MEMORY}').read_text().split('VmHWM:')[1].split()[0])"
        )
        content = saved(Image.new("RGB", (7_000, 7_000), "red"), "PNG", compress_level=1)
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, input=content, capture_output=True, check=True)
        width, kib = map(int, done.stdout.split())
        assert width == 7_000
        assert kib < 300 * 1024

    @pytest.mark.parametrize(("appended", "is_taken"), [(MAX_APPENDED, True), (MAX_APPENDED + 1, False)])
    @pytest.mark.parametrize("made", [jpeg, png, webp])
    def test_may_be_followed_by_a_little(self, made: Callable[..., bytes], appended: int, is_taken: bool) -> None:
        content = made() + b"x" * appended
        if is_taken:
            assert inspect(content).width == 64
        else:
            assert code_of(content) == "file_broken"

    @pytest.mark.parametrize(
        "behind", [pytest.param(mp4(), id="the seconds before"), pytest.param(jpeg(1), id="another picture")]
    )
    def test_may_be_followed_by_what_phones_put_there(self, behind: bytes) -> None:
        assert inspect(jpeg() + behind.ljust(2 * MAX_APPENDED)).media_type == "image/jpeg"


class TestTheOrientation:
    @pytest.mark.parametrize(
        ("exif", "told"),
        [
            pytest.param(b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0", 6, id="little end first"),
            pytest.param(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0", 8, id="big end first"),
            pytest.param(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0", 8, id="with its name"),
            pytest.param(b"MM\0*\0\0\0\x08\0\x01\x01\x10\0\x03\0\0\0\x01\0\x08\0\0", 1, id="not said"),
            pytest.param(b"MM\0*\xff\xff\xff\xff", 1, id="past the end"),
            pytest.param(b"", 1, id="nothing"),
        ],
    )
    def test_is_all_that_is_read_of_exif(self, exif: bytes, told: int) -> None:
        assert pictures.orientation(exif) == told


class TestTheLikeness:
    @pytest.mark.parametrize(
        "again",
        [
            pytest.param(lambda drawn: saved(drawn, "JPEG", quality=40), id="as a poor jpeg"),
            pytest.param(lambda drawn: saved(drawn, "WEBP", quality=60), id="as webp"),
            pytest.param(lambda drawn: saved(drawn.resize((180, 360)), "JPEG"), id="smaller"),
            pytest.param(lambda drawn: saved(drawn.resize((720, 1440)), "PNG"), id="larger"),
        ],
    )
    @pytest.mark.parametrize("seed", range(5))
    def test_of_a_picture_saved_again_is_near(self, again: Callable[[Image.Image], bytes], seed: int) -> None:
        drawn = image(seed, (360, 720))
        assert likeness_distance(inspect(again(drawn)).likeness or "", likeness(drawn)) <= 4

    def test_of_two_pictures_is_far(self) -> None:
        likenesses = [likeness(image(seed, (360, 720))) for seed in range(20)]
        pairs = [(one, other) for at, one in enumerate(likenesses) for other in likenesses[:at]]
        assert min(likeness_distance(*pair) for pair in pairs) > 8

    def test_of_an_empty_page_is_nothing_however_it_was_saved(self) -> None:
        assert inspect(saved(Image.new("RGB", (300, 300), "#fafafa"), "JPEG", quality=30)).likeness == "0" * 16

    def test_differs_by_bits(self) -> None:
        assert likeness_distance("0000000000000000", "8000000000000003") == 3


class TestAPaper:
    def test_has_pages(self) -> None:
        found = inspect(pdf(50))
        assert (found.media_type, found.pages, found.width, found.likeness) == ("application/pdf", 50, None, None)

    def test_of_more_than_fifty_pages_is_refused_with_the_limit(self) -> None:
        with pytest.raises(BadInput, match="最多 50 页") as raised:
            inspect(pdf(51))
        assert raised.value.code == "file_pages"

    def test_that_needs_a_password_is_locked(self) -> None:
        assert code_of(pdf(owner_password="a", user_password="b")) == "file_locked"

    def test_that_may_not_be_printed_can_be_read(self) -> None:
        assert inspect(pdf(owner_password="a", user_password="")).pages == 1

    def test_leaves_the_limits_of_this_process_alone(self) -> None:
        before = [resource.getrlimit(limit) for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]
        inspect(pdf())
        assert [resource.getrlimit(limit) for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU)] == before


class TestAFilm:
    def test_is_taken_whole_and_not_looked_into(self) -> None:
        found = inspect(mp4())
        assert (found.media_type, found.width, found.pages, found.likeness) == ("video/mp4", None, None, None)

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(mp4()[:-1], id="cut off"),
            pytest.param(box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", bytes(100)), id="without a table"),
            pytest.param(box(b"ftyp", b"isom\0\0\0\0") + box(b"moov"), id="with an empty table"),
        ],
    )
    def test_that_cannot_be_played_is_broken(self, content: bytes) -> None:
        assert code_of(content) == "file_broken"
