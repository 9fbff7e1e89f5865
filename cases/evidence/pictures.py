"""Pictures opened within bounds: pixels are counted before they are decoded, and shrunk while they are.

One picture at a time. The largest that is taken needs 300 to 400 MB with its file; a screenshot 40,000 pixels long, of
which hardly anything is shrunk, up to 600.
"""

from dataclasses import dataclass
from io import BytesIO
from math import ceil
from threading import Lock
from typing import Literal

from PIL import Image

from cases.errors import BadInput
from cases.evidence import containers
from cases.evidence.refusals import refused

MAX_PIXELS = 50_000_000
MAX_WEBP_PIXELS = 20_000_000
"""WebP's decoder holds four copies of the picture."""
MAX_JPEG_SIDE = 65_000
STRIP_ROWS = 64
ORIENTATION_TAG = 0x0112

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned, by the orientation that its EXIF tells."""
ON_THEIR_SIDE = {5, 6, 7, 8}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Fit:
    """How small: the longest side in pixels, but the other not below `narrowest`, or a long screenshot is a line."""

    longest: int
    narrowest: int = 0

    def scale(self, width: float, height: float) -> float:
        """The factor for a page or picture of this size; above 1 enlarges it."""
        long, short = max(width, height), min(width, height)
        return min(max(self.longest / long, self.narrowest / short), MAX_JPEG_SIDE / long)

    def size(self, width: int, height: int) -> tuple[int, int]:
        """What it comes to in pixels, never larger than it was."""
        scale = min(1, self.scale(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is seen: upright, RGB on white, without metadata. `width` and `height` are of the original."""

    image: Image.Image
    width: int
    height: int


def opened(content: bytes, media_type: str, fit: Fit) -> Picture:
    """The first frame, made to fit. Raises `BadInput` (`file_broken`, `file_pixels`)."""
    try:
        with _one_at_a_time:
            return _picture(content, media_type, fit)
    except BadInput:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refused("file_pixels", MAX_PIXELS // 10_000) from error
    # A decoder fed with anything raises anything.
    except Exception as error:
        raise refused("file_broken") from error


def _picture(content: bytes, media_type: str, fit: Fit) -> Picture:
    near, size, told = _decoded(content, media_type, fit)
    target = fit.size(*size)
    small = near if near.size == target else near.resize(target, Image.Resampling.LANCZOS)
    if told in UPRIGHT:
        small = small.transpose(UPRIGHT[told])
    return Picture(small, *(reversed(size) if told in ON_THEIR_SIDE else size))


def _decoded(content: bytes, media_type: str, fit: Fit) -> tuple[Image.Image, tuple[int, int], int]:
    """The picture a little larger than it has to be, its size in the file, and its orientation; the rest is freed."""
    image = _begun(content, media_type)
    size = image.size
    image.draft("RGB", fit.size(*size))
    image.load()
    # HEIC turns its pixels itself, and leaves the EXIF as it was.
    told = 1 if media_type == "image/heic" else orientation(image.info.get("exif", b""))
    return _reduced(image, max(1, max(image.size) // max(fit.size(*size)))), size, told


def _begun(content: bytes, media_type: str) -> Image.Image:
    """The picture with its header read and its pixels counted."""
    if media_type == "image/webp":
        _check_pixels(containers.size_of_webp(content), MAX_WEBP_PIXELS)
    if media_type != "image/heic":
        image: Image.Image = Image.open(BytesIO(content), formats=(FORMATS[media_type],))
        _check_pixels(image.size, MAX_PIXELS)
        return image
    import pillow_heif  # it loads a decoder that few need

    heic = pillow_heif.open_heif(content)
    _check_pixels(heic.size, MAX_PIXELS)
    return heic.to_pillow()


def _check_pixels(size: tuple[int, int], limit: int) -> None:
    if size[0] * size[1] > limit:
        raise refused("file_pixels", limit // 10_000)


def orientation(exif: bytes) -> int:
    """1 to 8 as a block of EXIF tells; 1 where it tells nothing. Nothing else is read: its tables can be bombs too."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order: Literal["little", "big"] = "little" if tiff.startswith(b"II") else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    first = number(4, 4) + 2
    entries = range(first, min(first + 12 * number(first - 2, 2), len(tiff)), 12)
    return next((number(at + 8, 2) for at in entries if number(at, 2) == ORIENTATION_TAG), 1)


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """In RGB, each side a whole factor shorter. Strip by strip: all at once would take its memory again."""
    reduced = Image.new("RGB", (ceil(image.width / factor), ceil(image.height / factor)))
    for top in range(0, image.height, STRIP_ROWS * factor):
        strip = image.crop((0, top, image.width, min(top + STRIP_ROWS * factor, image.height)))
        reduced.paste(_on_white(strip).reduce(factor), (0, top // factor))
    return reduced


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return image.point(lambda grey: grey / 256).convert("L").convert("RGB")  # 16 bits, which would be cut off
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white
