"""Which file stands on which page, and how a long picture is cut."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from cases import clock
from cases.documents.binding import bound
from cases.documents.exhibits import exhibits
from cases.documents.paging import MAX_PARTS, OVERLAP, cuts, page_count, part_count
from cases.knowledge import knowledge
from cases.models import Attachment, Case

Example = Callable[..., Case]


def test_exhibits_are_numbered_as_in_the_list_of_the_complaint(example: Example) -> None:
    case = example("usual")
    listed = [(exhibit["name"], exhibit["proves"]) for exhibit in exhibits(case, knowledge())]
    assert [(exhibit.name, exhibit.proves) for exhibit in bound(case, knowledge())] == listed
    assert [exhibit.number for exhibit in bound(case, knowledge())] == [1, 2, 3, 4]


def test_files_are_numbered_within_their_exhibit_and_pages_through_all(example: Example) -> None:
    case = example("usual")
    case.evidence[0].attachments[1].media_type = "application/pdf"
    case.evidence[0].attachments[1].pages = 3
    order, payment, error, chat = bound(case, knowledge())
    assert [(file.number, file.pages) for file in order.files] == [("1-1", "1"), ("1-2", "2-4")]
    assert [(file.number, file.pages) for file in (*payment.files, *error.files)] == [("2-1", "5"), ("3-1", "6")]
    assert (order.pages, payment.pages, error.pages) == ("1-4", "5", "6")
    assert (chat.files, chat.pages) == ((), "")


def test_what_was_withdrawn_is_left_out(example: Example) -> None:
    case = example("usual")
    withdrawn, kept = case.evidence[0].attachments
    withdrawn.withdrawn_at = clock.now()
    first, *_ = bound(case, knowledge())
    assert [(file.number, file.file) for file in first.files] == [("1-1", kept)]


@pytest.mark.parametrize(
    ("media_type", "facts", "pages"),
    [
        pytest.param("image/png", {"width": 1080, "height": 2400}, 1, id="a screenshot"),
        pytest.param("image/jpeg", {"width": 4000, "height": 3000}, 1, id="a photo"),
        pytest.param("image/png", {"width": 1080, "height": 9000}, 4, id="a long screenshot"),
        pytest.param("image/webp", {}, 1, id="a picture nobody has measured"),
        pytest.param("application/pdf", {"pages": 50}, 50, id="a PDF"),
        pytest.param("application/pdf", {}, 1, id="a PDF nobody has counted"),
        pytest.param("video/mp4", {}, 1, id="a video"),
    ],
)
def test_a_file_takes_so_many_pages(media_type: str, facts: dict[str, int], pages: int) -> None:
    assert page_count(Attachment(media_type=media_type, **facts)) == pages


@pytest.mark.parametrize(
    ("width", "height", "parts"),
    [
        pytest.param(1000, 1, 1, id="a line"),
        pytest.param(1000, 3200, 1, id="as tall as a page can hold"),
        pytest.param(1000, 3210, 2, id="a little taller"),
        pytest.param(1000, 20_000, 10, id="a whole chat"),
        pytest.param(10, 1_000_000, MAX_PARTS, id="absurdly tall"),
    ],
)
def test_a_picture_goes_over_so_many_pages(width: int, height: int, parts: int) -> None:
    assert part_count(width, height) == parts


@pytest.mark.parametrize(("height", "count"), [(100, 1), (3210, 2), (9000, 4), (20_000, 10), (65_000, 40)])
def test_parts_are_alike_overlap_and_leave_nothing_out(height: int, count: int) -> None:
    parts = cuts(height, count)
    assert len(parts) == count
    assert (parts[0][0], parts[-1][1]) == (0, height)
    sizes = [bottom - top for top, bottom in parts]
    assert max(sizes) - min(sizes) <= 2
    for above, below in pairwise(parts):
        assert above[1] - below[0] == pytest.approx(OVERLAP * sizes[0], abs=2)
