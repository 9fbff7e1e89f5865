"""How alike two pictures look, in 64 bits that survive saving, scaling and a little cropping."""

from PIL import Image

COLUMNS, ROWS = 9, 8
NOISE = 2
"""Grey levels of 256 by which neighbours must differ, or a plain background tosses a coin for each bit."""


def likeness(image: Image.Image) -> str:
    """The difference hash of a picture, as 16 hexadecimal digits: where it grows darker from left to right."""
    grey = image.convert("L").resize((COLUMNS, ROWS), Image.Resampling.BOX).tobytes()
    bits = "".join(
        "01"[grey[at] > grey[at + 1] + NOISE]
        for row in range(ROWS)
        for at in range(row * COLUMNS, (row + 1) * COLUMNS - 1)
    )
    return f"{int(bits, 2):016x}"


def likeness_distance(one: str, other: str) -> int:
    """In how many of 64 bits two likenesses differ: 0 for the same picture, about 32 for any two."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
