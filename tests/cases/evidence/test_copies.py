"""Copies of originals: drawn anew, upright, and with nothing in them but what is seen."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from cases.errors import NotFound
from cases.evidence import copies, files
from cases.evidence.copies import Variant
from cases.evidence.redaction import Box
from cases.settings import settings
from tests.pictures import heic, image, jpeg, mp4, pdf, png, saved, webp

VARIANTS: tuple[Variant, ...] = ("preview", "thumb", "redacted")
LEFT_HALF = Box(page=1, x=0, y=0, width=0.5, height=1, kind="manual")
TOP_HALF = Box(page=1, x=0, y=0, width=1, height=0.5, kind="phone")
SECRET = b"31.2304N 121.4737E"

pytestmark = pytest.mark.usefixtures("sqlite")


def copied(content: bytes, variant: Variant = "preview", boxes: Sequence[Box] = ()) -> bytes:
    stored = files.store(content)
    return copies.copy(stored.sha256, stored.media_type, variant, boxes)


def seen(content: bytes, variant: Variant = "preview", boxes: Sequence[Box] = ()) -> Image.Image:
    return Image.open(BytesIO(copied(content, variant, boxes)), formats=["JPEG"])


def halves(left: str, right: str) -> Image.Image:
    drawn = Image.new("RGB", (80, 40), left)
    drawn.paste(right, (40, 0, 80, 40))
    return drawn


def colour(drawn: Image.Image, x: float, y: float) -> str:
    """The name of the pure colour at a place in fractions, as near as JPEG keeps it."""
    pixel = drawn.getpixel((int(x * drawn.width), int(y * drawn.height)))
    assert isinstance(pixel, tuple)
    return {"000": "black", "111": "white", "100": "red", "001": "blue"}["".join("01"[part > 127] for part in pixel)]


class TestTheSize:
    @pytest.mark.parametrize(
        ("size", "variant", "made"),
        [
            pytest.param((3200, 2400), "preview", (1600, 1200), id="preview"),
            pytest.param((3200, 2400), "thumb", (320, 240), id="thumb"),
            pytest.param((3200, 2400), "redacted", (2000, 1500), id="redacted"),
            pytest.param((1080, 2400), "preview", (720, 1600), id="a phone's screen"),
            pytest.param((1080, 12_000), "preview", (720, 8_000), id="a long screenshot can still be read"),
            pytest.param((1080, 12_000), "redacted", (900, 10_000), id="a long screenshot, to be sent on"),
            pytest.param((1080, 12_000), "thumb", (29, 320), id="a long screenshot, small"),
            pytest.param((300, 200), "preview", (300, 200), id="a small one is not enlarged"),
            pytest.param((1, 1), "thumb", (1, 1), id="one pixel"),
            pytest.param((1, 70_000), "preview", (1, 65_000), id="no longer than a jpeg can be"),
        ],
    )
    def test_is_that_of_its_use(self, size: tuple[int, int], variant: Variant, made: tuple[int, int]) -> None:
        assert seen(saved(Image.new("L", size, 200), "PNG"), variant).size == made

    @pytest.mark.parametrize("made", [jpeg, png, webp, heic])
    def test_is_the_same_from_every_format(self, made: Callable[..., bytes]) -> None:
        assert seen(made(size=(700, 350)), "thumb").size == (320, 160)


class TestWhatIsSeen:
    @pytest.mark.parametrize(
        ("orientation", "first", "last"),
        [
            pytest.param(1, (0.2, 0.5), (0.8, 0.5), id="upright"),
            pytest.param(2, (0.8, 0.5), (0.2, 0.5), id="mirrored"),
            pytest.param(3, (0.8, 0.5), (0.2, 0.5), id="upside down"),
            pytest.param(6, (0.5, 0.2), (0.5, 0.8), id="turned right"),
            pytest.param(8, (0.5, 0.8), (0.5, 0.2), id="turned left"),
        ],
    )
    def test_is_upright(self, orientation: int, first: tuple[float, float], last: tuple[float, float]) -> None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        drawn = seen(saved(halves("red", "blue"), "JPEG", exif=exif, quality=95, subsampling=0))
        assert (colour(drawn, *first), colour(drawn, *last)) == ("red", "blue")

    def test_of_a_transparent_picture_is_on_white(self) -> None:
        drawn = Image.new("RGBA", (80, 40), (255, 0, 0, 255))
        drawn.paste((0, 0, 0, 0), (40, 0, 80, 40))
        made = seen(saved(drawn, "PNG"))
        assert (colour(made, 0.2, 0.5), colour(made, 0.8, 0.5)) == ("red", "white")

    def test_of_a_palette_is_its_colours(self) -> None:
        made = seen(saved(halves("red", "blue").convert("P"), "PNG"))
        assert (colour(made, 0.2, 0.5), colour(made, 0.8, 0.5)) == ("red", "blue")

    def test_of_sixteen_bits_is_not_washed_out(self) -> None:
        pixel = seen(saved(Image.new("I;16", (64, 48), 0x8000), "PNG")).convert("L").getpixel((9, 9))
        assert pixel == pytest.approx(0x80, abs=2)

    @pytest.mark.parametrize("form", ["PNG", "WEBP"])
    def test_of_a_moving_picture_is_its_first_frame(self, form: str) -> None:
        frames = [Image.new("RGB", (80, 40), name) for name in ("red", "blue", "black")]
        assert colour(seen(saved(frames[0], form, save_all=True, append_images=frames[1:])), 0.5, 0.5) == "red"

    def test_of_a_large_picture_has_no_seams(self) -> None:
        drawn = Image.new("RGB", (3_000, 3_000), "white")
        drawn.paste("red", (0, 1_000, 3_000, 2_000))
        made = seen(saved(drawn, "PNG"), "thumb")
        down = [colour(made, 0.5, row / 320) for row in range(320)]
        assert (down[:104], down[110:210], down[216:]) == (["white"] * 104, ["red"] * 100, ["white"] * 104)

    def test_of_a_paper_is_its_first_page(self) -> None:
        made = seen(pdf(3))
        assert made.size == (1136, 1600)
        assert made.convert("L").getextrema()[0] < 50  # type: ignore[operator]

    def test_of_a_film_there_is_nothing(self) -> None:
        for variant in VARIANTS:
            with pytest.raises(NotFound):
                copied(mp4(), variant)

    def test_of_an_original_that_is_gone_there_is_nothing(self) -> None:
        stored = files.store(png())
        copies.copy(stored.sha256, stored.media_type, "thumb")
        files.path_of(stored.sha256).unlink()
        with pytest.raises(NotFound):
            copies.copy(stored.sha256, stored.media_type, "thumb")


class TestWhatIsLeftOut:
    @pytest.mark.parametrize("variant", VARIANTS)
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_is_everything_but_the_picture(self, variant: Variant, form: str) -> None:
        exif = Image.Exif()
        exif[0x010E] = SECRET.decode()
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        told = {"JPEG": {"comment": SECRET, "xmp": SECRET}, "PNG": {"pnginfo": _said(SECRET)}, "WEBP": {"xmp": SECRET}}
        content = saved(image(), form, exif=exif, icc_profile=profile, **told[form]) + SECRET
        assert content.count(SECRET) >= 2
        made = copied(content, variant)
        assert SECRET not in made
        assert _segments(made) == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
        assert set(Image.open(BytesIO(made)).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}

    def test_does_not_leave_the_original(self) -> None:
        content = jpeg(comment=SECRET)
        copied(content)
        assert files.path_of(files.store(content).sha256).read_bytes() == content


def _said(words: bytes) -> PngInfo:
    said = PngInfo()
    said.add_text("Comment", words.decode())
    return said


def _segments(content: bytes) -> set[int]:
    """The kinds of the segments before the pixels; the sum of their lengths must lead there."""
    at, kinds = 2, set()
    while 0xDA not in kinds:
        assert content[at] == 0xFF
        kinds.add(content[at + 1])
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return kinds


class TestCovering:
    def test_blackens_the_boxes_and_nothing_else(self) -> None:
        made = seen(saved(Image.new("RGB", (400, 400), "white"), "PNG"), "redacted", [LEFT_HALF])
        assert (colour(made, 0.1, 0.1), colour(made, 0.45, 0.9)) == ("black", "black")
        assert (colour(made, 0.55, 0.1), colour(made, 0.9, 0.9)) == ("white", "white")

    def test_follows_the_picture_as_it_is_seen(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        made = seen(saved(Image.new("RGB", (400, 200), "white"), "JPEG", exif=exif), "redacted", [TOP_HALF])
        assert made.size == (200, 400)
        assert (colour(made, 0.9, 0.4), colour(made, 0.1, 0.6)) == ("black", "white")

    @pytest.mark.parametrize("variant", ["preview", "thumb"])
    def test_is_for_the_redacted_copy_only(self, variant: Variant) -> None:
        assert (
            colour(seen(saved(Image.new("RGB", (40, 40), "white"), "PNG"), variant, [LEFT_HALF]), 0.1, 0.5) == "white"
        )

    def test_again_elsewhere_makes_another_copy(self) -> None:
        content = saved(Image.new("RGB", (400, 400), "white"), "PNG")
        assert colour(seen(content, "redacted", [LEFT_HALF]), 0.1, 0.9) == "black"
        assert colour(seen(content, "redacted", [TOP_HALF]), 0.1, 0.9) == "white"
        assert colour(seen(content, "redacted"), 0.1, 0.1) == "white"

    def test_is_not_offered_for_papers(self) -> None:
        with pytest.raises(NotFound):
            copied(pdf(), "redacted", [LEFT_HALF])


class TestKeeping:
    def test_makes_each_copy_once(self) -> None:
        made = copied(png(), "redacted", [LEFT_HALF, TOP_HALF])
        [path] = _kept()
        before = path.stat()
        assert copied(png(), "redacted", [TOP_HALF, LEFT_HALF]) == made == path.read_bytes()
        assert _kept() == [path]
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    def test_ends_with_a_word(self) -> None:
        for variant in VARIANTS:
            copied(png(), variant)
            copied(png(1), variant)
        copies.discard(files.store(png()).sha256)
        assert {path.parent.name for path in _kept()} == {files.store(png(1)).sha256}

    def test_of_nothing_ends_too(self) -> None:
        copies.discard("ab" * 32)

    def test_tells_what_it_offers(self) -> None:
        assert [copies.offered(variant) >= {"image/heic"} for variant in VARIANTS] == [True] * 3
        assert ["application/pdf" in copies.offered(variant) for variant in VARIANTS] == [True, True, False]
        assert not any("video/mp4" in copies.offered(variant) for variant in VARIANTS)


def _kept() -> list[Path]:
    return list((settings().data_dir / "copies").rglob("*.*"))
