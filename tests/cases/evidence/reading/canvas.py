"""Draws a phone's screen from top to bottom, and what becomes of its picture on the way to us."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = {"sans": "NotoSansSC-Regular.otf", "serif": "NotoSerifSC-Regular.otf"}
FONT_DIR = Path(pylopdf_fonts_zh_cn.__file__).parent
WIDTH_DP = 360
MARGIN = 16
MAX_HEIGHT_DP = 3_000

Colour = tuple[int, int, int]
BLUE: Colour = (22, 119, 255)
RED: Colour = (230, 67, 64)
GREEN: Colour = (149, 236, 105)


@dataclass(frozen=True, slots=True)
class Look:
    """One phone and one picture: width in pixels, then `scale`, `tilt` in degrees, JPEG `quality` (PNG if None).

    `blur` is in pixels; `crop` is what was cut off at the left, top, right and bottom, in dp.
    """

    font: str = "sans"
    bold: bool = False
    dark: bool = False
    width: int = 1080
    scale: float = 1.0
    quality: int | None = 85
    tilt: float = 0.0
    blur: float = 0.0
    crop: tuple[int, int, int, int] = (0, 0, 0, 0)


@lru_cache(maxsize=64)
def font_of(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_DIR / FONTS[name], size)


class Canvas:
    """A screen as it fills from the top. Sizes and places are in dp: a screen is 360 dp wide."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.y = 0.0
        self._dp = look.width / WIDTH_DP
        self.paper: Colour = (25, 25, 25) if look.dark else (255, 255, 255)
        self.ink: Colour = (220, 220, 220) if look.dark else (25, 25, 25)
        self.grey: Colour = (130, 130, 130) if look.dark else (136, 136, 136)
        self._image = Image.new("RGB", (look.width, int(MAX_HEIGHT_DP * self._dp)), self.paper)
        self._draw = ImageDraw.Draw(self._image)

    def gap(self, height: float = 12) -> None:
        self.y += height

    def write(
        self,
        text: str,
        x: float,
        size: float = 15,
        colour: Colour | None = None,
        *,
        right: bool = False,
        bold: bool = False,
    ) -> None:
        """Text with its upper left (or upper right) corner at `x` and the present height, which stays."""
        x = x - self.wide(text, size) if right else x
        place = (x * self._dp, self.y * self._dp)
        stroke = max(1, round(size * self._dp / 40)) if bold or self.look.bold else 0
        self._draw.text(place, text, colour or self.ink, self._font(size), stroke_width=stroke)

    def wide(self, text: str, size: float) -> float:
        return self._font(size).getlength(text) / self._dp

    def line(self, text: str, size: float = 15, colour: Colour | None = None, *, x: float = MARGIN) -> None:
        """One line of text, with the next below it."""
        self.write(text, x, size, colour)
        self.y += size * 1.7

    def centred(self, text: str, size: float = 15, colour: Colour | None = None, *, bold: bool = False) -> None:
        self.write(text, (WIDTH_DP - self.wide(text, size)) / 2, size, colour, bold=bold)
        self.y += size * 1.8

    def paragraph(self, text: str, x: float, width: float, size: float = 15, colour: Colour | None = None) -> None:
        for line in self.wrapped(text, width, size):
            self.line(line, size, colour, x=x)

    def wrapped(self, text: str, width: float, size: float) -> list[str]:
        """`text` in lines no wider than `width`, broken anywhere, as phones break Chinese."""
        lines = [""]
        for character in text:
            if self.wide(lines[-1] + character, size) > width:
                lines.append("")
            lines[-1] += character
        return lines

    def row(self, label: str, value: str, *, size: float = 15, column: float | None = 104) -> None:
        """A label in grey and its value: in a column of its own, or at the right edge if `column` is None."""
        left = column if column is not None else 120
        self.write(label, MARGIN, size, self.grey)
        for line in self.wrapped(value, WIDTH_DP - MARGIN - left, size):
            if column is None:
                self.write(line, WIDTH_DP - MARGIN, size, right=True)
            else:
                self.write(line, column, size)
            self.y += size * 1.6
        self.y += size * 0.6

    def rows(self, pairs: Sequence[tuple[str, str]], *, size: float = 15, column: float | None = 104) -> None:
        for label, value in pairs:
            self.row(label, value, size=size, column=column)

    def band(self, height: float, colour: Colour) -> None:
        """A coloured bar across the screen, to be written on."""
        self.box(0, height, WIDTH_DP, colour, radius=0)

    def box(self, x: float, height: float, width: float, colour: Colour, *, radius: float = 6) -> None:
        left, top, right, bottom = (v * self._dp for v in (x, self.y, x + width, self.y + height))
        self._draw.rounded_rectangle((left, top, right, bottom), radius * self._dp, fill=colour)

    def rule(self) -> None:
        self.box(MARGIN, 0.6, WIDTH_DP - 2 * MARGIN, (60, 60, 60) if self.look.dark else (229, 229, 229), radius=0)
        self.y += 12

    def bubble(self, text: str, *, mine: bool = False) -> None:
        """A message in a chat, with the sender's picture beside it."""
        lines = self.wrapped(text, 210, 15)
        width = max(self.wide(line, 15) for line in lines) + 20
        x = WIDTH_DP - 60 - width if mine else 60
        self.box(WIDTH_DP - 50 if mine else 12, 38, 38, (170, 150, 120))
        back: Colour = GREEN if mine else ((44, 44, 44) if self.look.dark else (243, 243, 243))
        self.box(x, len(lines) * 24 + 14, width, back)
        self.y += 7
        for line in lines:
            self.write(line, x + 10, 15, (10, 10, 10) if mine else self.ink)
            self.y += 24
        self.y += 24

    def picture(self) -> bytes:
        """The file as it was sent."""
        dp, (left, top, right, bottom) = self._dp, self.look.crop
        whole = self._image.crop((0, 0, self._image.width, int((self.y + 30) * dp)))
        if self.look.tilt:
            whole = whole.rotate(self.look.tilt, Image.Resampling.BICUBIC, fillcolor=self.paper)
        cut = whole.crop(
            (int(left * dp), int(top * dp), whole.width - int(right * dp), whole.height - int(bottom * dp))
        )
        size = (round(cut.width * self.look.scale), round(cut.height * self.look.scale))
        shown = cut.resize(size, Image.Resampling.BICUBIC) if self.look.scale != 1 else cut
        shown = shown.filter(ImageFilter.GaussianBlur(self.look.blur)) if self.look.blur else shown
        file = io.BytesIO()
        if self.look.quality is None:
            shown.save(file, "PNG")
        else:
            shown.save(file, "JPEG", quality=self.look.quality)
        return file.getvalue()

    def _font(self, size: float) -> ImageFont.FreeTypeFont:
        return font_of(self.look.font, max(6, round(size * self._dp)))
