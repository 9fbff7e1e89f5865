"""The fonts of printed documents: Noto Serif SC and Noto Sans SC (OFL 1.1), cut down to the characters in use.

They come with cubic outlines. Every reader of PDF copies and searches text in TrueType fonts rightly, which have
quadratic ones; not every one does in the others.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

SERIF, SANS = pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()
MISSING = ".notdef"
MAX_ERROR = 1.0
"""How far a curve may run beside its original, in thousandths of the type size."""

# A font reads from its file when it is asked, and a file is in one place at a time.
_reading = Lock()


def cut(path: Path, characters: str) -> bytes:
    """A TrueType font with nothing but these characters; those that the font lacks are left out."""
    with _reading:
        font = _font(path)
        names = font.getBestCmap()
        cmap = {ord(character): names[ord(character)] for character in set(characters) if ord(character) in names}
        order = [MISSING, *sorted(set(cmap.values()))]
        builder = FontBuilder(font["head"].unitsPerEm, isTTF=True)
        builder.setupGlyphOrder(order)
        builder.setupCharacterMap(cmap)
        builder.setupGlyf({name: _outline(path, name) for name in order})
        builder.setupHorizontalMetrics({name: font["hmtx"][name] for name in order})
        builder.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
        builder.setupNameTable({"familyName": font["name"].getBestFamilyName(), "styleName": "Regular"})
        builder.setupOS2(usWeightClass=font["OS/2"].usWeightClass, sCapHeight=font["OS/2"].sCapHeight)
        builder.setupPost()
        file = BytesIO()
        builder.save(file)
        return file.getvalue()


@lru_cache
def _font(path: Path) -> Any:
    return TTFont(path, lazy=True)


@lru_cache(maxsize=8192)
def _outline(path: Path, name: str) -> Any:
    pen = TTGlyphPen(None)
    _font(path).getGlyphSet()[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
    return pen.glyph()
