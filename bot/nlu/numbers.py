"""Numbers differ from case to case and say nothing of the intent, but for those that name an authority."""

import re

AUTHORITIES = r"(?<!\d)(?:12315|12345|12377|12381|96110|110|315)(?!\d)"
MASKED = re.compile(rf"{AUTHORITIES}|\d")


def mask_numbers(text: str) -> str:
    """`text` with every other digit as 0; its length stays."""
    return MASKED.sub(lambda match: match[0] if len(match[0]) > 1 else "0", text)
