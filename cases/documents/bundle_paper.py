"""The paper of the evidence bundle: a cover, the list, then pages that give a picture all the room there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf.enums import XPos, YPos
from PIL import Image

from cases.documents import page
from cases.documents.layout import Block, Paragraph, Title
from cases.documents.pdf import MM_PER_PT, Grid, Sheet
from cases.documents.prints import jpeg

LEFT_MM, RIGHT_MM, TOP_MM, RULE_MM, PICTURE_TOP_MM, PICTURE_BOTTOM_MM, NUMBER_MM = 25, 20, 15, 28, 31, 20, 17
UPRIGHT_MM = page.WIDTH_MM - LEFT_MM - RIGHT_MM
CAPTION_PT, CAPTION_MM, SOURCE_PT, SOURCE_MM = 13, 7, 9, 5
COVER_DROP_MM = 16
GREY = 120
MAX_DOT_MM = 25.4 / 96
"""How large a pixel may get: small pictures are not blown up beyond what a screen shows."""
LANDSCAPE = 1.2
"""How many times as wide as tall a picture is that lies across the page."""


SHARES = {2: (1, 4.2), 4: (1.3, 4, 8, 2.7), 5: (1.3, 3.3, 2.6, 1.6, 7.2)}
"""How tables divide the width, by their columns: the case on the cover, the exhibits, their files."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a picture: its number and name, its place among the pages of its file, where it is from."""

    title: str
    place: str
    source: str
    is_first: bool


class Paper(Sheet):
    """A4. Pages of evidence have their own numbers, which readers of PDF show too, and the outline leads to them.

    `contents` is what stands under the list, with `{page}` for its own number.
    """

    def __init__(self, blocks: list[Block], folder: Path, contents: str) -> None:
        super().__init__(blocks, folder)
        self._contents = contents
        self._front: int | None = None
        self.set_draw_color(GREY)

    def footer(self) -> None:
        """The number of the page in the evidence, or in the list; nothing on the cover."""
        at = self.page_no()
        if at == 1:
            return
        is_evidence = self._front is not None and at > self._front
        words = f"— {at - (self._front or 0)} —" if is_evidence else self._contents.format(page=at - 1)
        self.set_y(-NUMBER_MM)
        self.set_font("serif", size=page.PAGE_NUMBER_PT)
        self.cell(0, 7, words, align="C")

    def add_cover(self, blocks: Sequence[Block]) -> None:
        """The first page."""
        self.add_page(label_style="r")
        self.ln(COVER_DROP_MM)
        for block in blocks:
            self.add(block)
            if isinstance(block, Title):
                self.ln(COVER_DROP_MM)

    def add_contents(self, blocks: Sequence[Block]) -> None:
        """The list, on pages of its own; the file keeps the title of its cover."""
        title = self.title
        self.add_page()
        for block in blocks:
            self.add(block)
        self.set_title(title or "")
        self._front = self.page_no()
        self.set_auto_page_break(False)
        self.set_margins(LEFT_MM, TOP_MM, RIGHT_MM)

    def add_picture(self, caption: Caption, image: Image.Image) -> None:
        """A page with one picture, as large as it can be read; a wide one lies across."""
        is_wide = image.width > max(LANDSCAPE * image.height, UPRIGHT_MM / MAX_DOT_MM)
        self._begin(caption, "landscape" if is_wide else "portrait")
        room = self.h - PICTURE_TOP_MM - PICTURE_BOTTOM_MM
        scale = min(self.epw / image.width, room / image.height, MAX_DOT_MM)
        width, height = image.width * scale, image.height * scale
        left = self.l_margin + (self.epw - width) / 2
        self.image(jpeg(image), left, PICTURE_TOP_MM, width, height)
        self.rect(left, PICTURE_TOP_MM, width, height)

    def add_note(self, caption: Caption, lines: Sequence[str]) -> None:
        """A page in place of what cannot be printed."""
        self._begin(caption, "portrait")
        self.set_y(PICTURE_TOP_MM + page.LINE_PT * MM_PER_PT)
        for line in lines:
            self.add(Paragraph(line))

    def _begin(self, caption: Caption, orientation: str) -> None:
        self.add_page(orientation, label_style="D", label_start=self.page_no() + 1 - (self._front or 0))
        if caption.is_first:
            self.start_section(caption.title)
        self.set_font("sans", size=CAPTION_PT)
        self.cell(self.epw / 2, CAPTION_MM, self._known(caption.title))
        self.set_font("serif", size=SOURCE_PT)
        self.cell(0, CAPTION_MM, caption.place, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.cell(0, SOURCE_MM, caption.source)
        self.line(self.l_margin, RULE_MM, self.w - self.r_margin, RULE_MM)

    def grid(self, columns: int) -> Grid:
        """The list has narrow numbers and wide words; the case on the cover is written large."""
        shares = SHARES[columns]
        widths = tuple(self.epw * share / sum(shares) for share in shares)
        return Grid(widths, 14, 20, 2, has_heads=False) if columns == 2 else Grid(widths)
