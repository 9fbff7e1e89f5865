"""A text as the patterns in `data/knowledge` are written: simplified, compatible forms, lower case, no spaces."""

import unicodedata

from opencc import OpenCC

_TO_SIMPLIFIED = OpenCC("t2s")


def plain(text: str) -> str:
    """`Ｑ幣 沒到` → `q币没到`."""
    return "".join(unicodedata.normalize("NFKC", _TO_SIMPLIFIED.convert(text)).lower().split())
