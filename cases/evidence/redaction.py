"""What is blacked out in the copies of a file that leave the house."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import ceil, floor
from typing import Any, Literal, get_args

from PIL import Image

from cases.errors import BadInput
from cases.models import Attachment

Kind = Literal["phone", "id_card", "bank_card", "card_key", "manual"]

KINDS = frozenset(get_args(Kind))
MAX_BOXES = 200
COVERED = (0, 0, 0)
ROUNDING = 1e-6
"""How far past the edge a box may end: fractions are added up in floating point."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle to be covered, in fractions (0 to 1) of its page as it is seen, from the upper left corner.

    `page` counts from 1; a picture has the one page.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    kind: Kind


NAMES = {field.name for field in fields(Box)}
SIDES = ("x", "y", "width", "height")


def cover(image: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """A copy in RGB with the boxes filled in solid, to the next whole pixel outwards, whatever page they name."""
    covered = image.copy() if image.mode == "RGB" else image.convert("RGB")
    for box in boxes:
        covered.paste(COVERED, _pixels(box, image.width, image.height))
    return covered


def _pixels(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    right, bottom = box.x + box.width, box.y + box.height
    return floor(box.x * width), floor(box.y * height), ceil(right * width), ceil(bottom * height)


def validated(raw: Any) -> list[Box]:
    """The boxes that were sent or stored as JSON. Raises `BadInput` (`boxes_bad`) if one of them is none."""
    if not isinstance(raw, list) or len(raw) > MAX_BOXES:
        raise BadInput(f"遮盖的位置没收到，请重新画一遍，最多 {MAX_BOXES} 处。", code="boxes_bad")
    if not all(_is_box(box) for box in raw):
        raise BadInput("有一处遮盖的位置不对，请重新画一遍。", code="boxes_bad")
    return [Box(**{**box, **{side: float(box[side]) for side in SIDES}}) for box in raw]


def _is_box(raw: Any) -> bool:
    if not isinstance(raw, dict) or set(raw) != NAMES or type(raw["page"]) is not int or raw["page"] < 1:
        return False
    # Comparisons refuse NaN and the infinities, and the type refuses true and false.
    return (
        isinstance(raw["kind"], str)
        and raw["kind"] in KINDS
        and all(type(raw[side]) in (int, float) and 0 <= raw[side] <= 1 for side in SIDES)
        and all(raw[side] > 0 for side in ("width", "height"))
        and raw["x"] + raw["width"] <= 1 + ROUNDING
        and raw["y"] + raw["height"] <= 1 + ROUNDING
    )


def boxes_of(attachment: Attachment) -> list[Box]:
    """What the person chose to cover in a file; until they have chosen, what its reading found."""
    if attachment.redaction is not None:
        return validated(attachment.redaction)
    return validated((attachment.reading or {}).get("private", []))
