"""One spelling for what people type: half-width, simplified, no invisible characters."""

import re
import unicodedata

from opencc import OpenCC

_TO_SIMPLIFIED = OpenCC("t2s")

# Sentence punctuation stays full-width: "，" must not become a thousands comma.
_PUNCTUATION = frozenset("！（），：；？～")
_HALF_WIDTH = {
    ordinal: unicodedata.normalize("NFKC", chr(ordinal))
    for ordinal in (*range(0xFF01, 0xFF5F), 0xFFE5)
    if chr(ordinal) not in _PUNCTUATION
}
_LINE_BREAKS = re.compile(r"[\r\n\t\v\f\u2028\u2029]")
_SPACES = re.compile(r"\s+")


def normalize(text: str) -> str:
    """Return `text` in half-width letters, digits and signs, simplified characters and single spaces.

    Each character keeps its place unless invisible characters or surplus spaces go. Idempotent.
    """
    visible = _without_controls(_LINE_BREAKS.sub(" ", text.translate(_HALF_WIDTH)))
    return _SPACES.sub(" ", _TO_SIMPLIFIED.convert(visible)).strip()


def _without_controls(text: str) -> str:
    """Drop control and format characters (zero-width joiners, direction marks, lone surrogates)."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs"})
