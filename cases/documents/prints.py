"""What of a file is seen on paper: drawn anew in the fineness of print, so that no metadata comes along."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image

from cases.documents.binding import BoundFile
from cases.documents.paging import cuts
from cases.evidence import files, pdf_pages, pictures
from cases.evidence.pictures import Fit
from cases.evidence.redaction import Box, cover

FIT = Fit(2400, 1080)
"""About 250 dots per inch over the height of a page; most screenshots of phones are printed dot by dot."""
JPEG_QUALITY = 85


def prints(bound: BoundFile, boxes: Sequence[Box]) -> Iterator[Image.Image]:
    """The file page by page, its boxes covered; one picture at a time is in memory.

    Raises `BadInput` or `OSError` if the original cannot be opened.
    """
    content = files.path_of(bound.file.sha256).read_bytes()
    if bound.is_pdf:
        for number in range(1, bound.count + 1):
            drawn = pdf_pages.drawn(content, number, FIT).image
            yield cover(drawn, [box for box in boxes if box.page == number])
        return
    picture = cover(pictures.opened(content, bound.file.media_type, FIT).image, boxes)
    for top, bottom in cuts(picture.height, bound.count):
        yield picture.crop((0, top, picture.width, bottom))


def jpeg(image: Image.Image) -> BytesIO:
    """A picture as it is put into a PDF."""
    out = BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY)
    return out
