"""Opens one PDF, in a process of its own: `python -m cases.evidence.pdf_worker PAGE LONGEST NARROWEST < file`.

A few kilobytes of PDF can ask for any amount of memory and time, so the process has little of either. Writes the number
of pages, and width and height in pixels, as one line, then the page in RGB. Ends with `LOCKED` if a password is needed,
with `TOO_MANY_PIXELS` if the pictures on the page have more than one picture may.
"""

import resource
import sys
from contextlib import suppress
from math import prod

LOCKED, TOO_MANY_PIXELS = 3, 4
MEMORY = 512 * 1024 * 1024
CPU_S = 5
MAX_DRAWN_PIXELS = 20_000_000


def main(number: int, longest: int, narrowest: int) -> None:
    """Draw page `number`, from 1, so that its sides fit as in `cases.evidence.pictures.Fit`."""
    _confine()
    import pypdfium2 as pdfium

    from cases.evidence.pictures import MAX_PIXELS, Fit

    try:
        document = pdfium.PdfDocument(sys.stdin.buffer.read())
    except pdfium.PdfiumError as error:
        sys.exit(LOCKED if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD else 1)
    page = document[number - 1]
    if sum(prod(image.get_px_size()) for image in page.get_objects([pdfium.raw.FPDF_PAGEOBJ_IMAGE])) > MAX_PIXELS:
        sys.exit(TOO_MANY_PIXELS)
    width, height = page.get_size()
    scale = min(Fit(longest, narrowest).scale(width, height), (MAX_DRAWN_PIXELS / (width * height)) ** 0.5)
    image = page.render(scale=scale).to_pil().convert("RGB")
    sys.stdout.buffer.write(f"{len(document)} {image.width} {image.height}\n".encode() + image.tobytes())


def _confine() -> None:
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS knows no limit of memory.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
