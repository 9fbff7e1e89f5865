"""What is blacked out stays black, and what is no box is refused."""

from dataclasses import asdict
from typing import Any

import pytest
from PIL import Image

from cases.errors import BadInput
from cases.evidence.redaction import MAX_BOXES, Box, boxes_of, cover, validated
from cases.models import Attachment

PHONE: dict[str, Any] = {"page": 1, "x": 0.25, "y": 0.5, "width": 0.5, "height": 0.1, "kind": "phone"}
RED, BLACK = (200, 30, 30), (0, 0, 0)


def red(mode: str = "RGB", size: tuple[int, int] = (80, 40)) -> Image.Image:
    return Image.new("RGB", size, RED).convert(mode)


class TestCovering:
    def test_blackens_the_box_and_nothing_else(self) -> None:
        covered = cover(red(), [Box(1, 0.25, 0.5, 0.5, 0.25, "phone")])
        black = {(x, y) for x in range(80) for y in range(40) if covered.getpixel((x, y)) == BLACK}
        assert black == {(x, y) for x in range(20, 60) for y in range(20, 30)}
        assert {covered.getpixel((x, y)) for x in range(80) for y in range(40)} == {RED, BLACK}

    def test_takes_every_pixel_that_a_box_touches(self) -> None:
        covered = cover(red(), [Box(1, 0.26, 0.51, 0.49, 0.23, "id_card")])
        corners = [(20, 20), (59, 20), (20, 29), (59, 29)]
        assert [covered.getpixel(corner) for corner in corners] == [BLACK] * 4

    def test_covers_a_box_thinner_than_a_pixel(self) -> None:
        assert cover(red(), [Box(1, 0.501, 0.501, 1e-4, 1e-4, "manual")]).getpixel((40, 20)) == BLACK

    def test_covers_the_whole(self) -> None:
        assert cover(red(), [Box(1, 0, 0, 1, 1, "manual")]).getextrema() == ((0, 0), (0, 0), (0, 0))

    def test_covers_many_boxes_that_overlap(self) -> None:
        covered = cover(red(), [Box(1, 0, 0, 0.5, 0.5, "manual"), Box(1, 0.25, 0.25, 0.75, 0.75, "bank_card")])
        points = {(0, 0): BLACK, (30, 15): BLACK, (79, 39): BLACK, (79, 0): RED, (0, 39): RED}
        assert {point: covered.getpixel(point) for point in points} == points

    @pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "RGBA", "LA", "CMYK", "I;16", "YCbCr"])
    def test_is_as_black_whatever_the_colours_of_the_picture(self, mode: str) -> None:
        picture = Image.new("I;16", (80, 40), 60_000) if mode == "I;16" else red(mode)
        covered = cover(picture, [Box(1, 0.25, 0.5, 0.5, 0.25, "card_key")])
        assert covered.mode == "RGB"
        assert covered.crop((20, 20, 60, 30)).getextrema() == ((0, 0), (0, 0), (0, 0))

    def test_leaves_the_picture_itself_alone(self) -> None:
        picture = red()
        cover(picture, [Box(1, 0, 0, 1, 1, "manual")])
        assert picture.getpixel((0, 0)) == RED


class TestBoxesThatWereSent:
    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({}, id="an ordinary one"),
            pytest.param({"page": 50}, id="on a later page"),
            pytest.param({"x": 0, "y": 0, "width": 1, "height": 1}, id="the whole page in whole numbers"),
            pytest.param({"x": 0.7, "width": 0.3}, id="up to the edge"),
            pytest.param({"x": 0.1 + 0.2, "width": 0.7}, id="past the edge by a rounding error"),
            *(pytest.param({"kind": kind}, id=kind) for kind in ("id_card", "bank_card", "card_key", "manual")),
        ],
    )
    def test_are_taken(self, change: dict[str, Any]) -> None:
        sent = PHONE | change
        [box] = validated([sent])
        assert asdict(box) == sent
        assert isinstance(box.x, float)

    def test_come_back_as_they_were_stored(self) -> None:
        boxes = validated([PHONE, PHONE | {"kind": "manual"}])
        assert validated([asdict(box) for box in boxes]) == boxes

    def test_may_be_none_at_all(self) -> None:
        assert validated([]) == []

    @pytest.mark.parametrize(
        "raw",
        [
            pytest.param(None, id="nothing"),
            pytest.param({}, id="an object"),
            pytest.param("boxes", id="a word"),
            pytest.param([None], id="a null"),
            pytest.param([[1, 0, 0, 1, 1, "phone"]], id="a list of a list"),
            pytest.param([{}], id="an empty one"),
            pytest.param([PHONE, {}], id="one good one bad"),
            pytest.param([PHONE] * (MAX_BOXES + 1), id="too many"),
        ],
    )
    def test_are_refused_if_they_are_no_list_of_boxes(self, raw: Any) -> None:
        refused(raw)

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({"x": -0.01}, id="left of the page"),
            pytest.param({"y": 1.01}, id="below it"),
            pytest.param({"x": 0.6}, id="past the right edge"),
            pytest.param({"height": 0.6}, id="past the lower edge"),
            pytest.param({"width": 0}, id="no width"),
            pytest.param({"height": -0.1}, id="a negative height"),
            pytest.param({"x": float("nan")}, id="not a number"),
            pytest.param({"width": float("inf")}, id="infinite"),
            pytest.param({"x": 10**400}, id="a huge whole number"),
            pytest.param({"x": "0.1"}, id="a word for a number"),
            pytest.param({"x": True}, id="true for one"),
            pytest.param({"x": None}, id="null for a number"),
            pytest.param({"page": 0}, id="page zero"),
            pytest.param({"page": 1.0}, id="a broken page"),
            pytest.param({"page": True}, id="true for a page"),
            pytest.param({"kind": "face"}, id="an unknown kind"),
            pytest.param({"kind": None}, id="no kind"),
            pytest.param({"kind": ["phone"]}, id="a list of kinds"),
            pytest.param({"note": "1"}, id="something more"),
        ],
    )
    def test_are_refused_if_one_is_wrong(self, change: dict[str, Any]) -> None:
        refused([PHONE | change])

    @pytest.mark.parametrize("name", PHONE)
    def test_are_refused_if_one_lacks_something(self, name: str) -> None:
        refused([{key: value for key, value in PHONE.items() if key != name}])


class TestBoxesOfAFile:
    @pytest.mark.parametrize(
        ("chosen", "reading", "kinds"),
        [
            pytest.param(None, None, [], id="nothing is known"),
            pytest.param(None, {"private": [PHONE]}, ["phone"], id="what was read, until a person has chosen"),
            pytest.param([PHONE | {"kind": "manual"}], {"private": [PHONE]}, ["manual"], id="what was chosen"),
            pytest.param([], {"private": [PHONE]}, [], id="none, if none was chosen"),
            pytest.param(None, {"fields": {}}, [], id="a reading that found nothing private"),
        ],
    )
    def test_are(self, chosen: list[Any] | None, reading: dict[str, Any] | None, kinds: list[str]) -> None:
        assert [box.kind for box in boxes_of(Attachment(redaction=chosen, reading=reading))] == kinds


def refused(raw: Any) -> None:
    with pytest.raises(BadInput) as caught:
        validated(raw)
    assert caught.value.code == "boxes_bad"
    assert "请重新画一遍" in caught.value.message
