"""Real small files of every kind that is accepted. The same seed gives the same bytes, another seed another picture."""

from datetime import UTC, datetime
from io import BytesIO
from random import Random
from typing import Any

from fpdf import FPDF
from PIL import Image, ImageDraw

Size = tuple[int, int]


def image(seed: int = 0, size: Size = (64, 48), mode: str = "RGB") -> Image.Image:
    """Rectangles of chance colours."""
    chance = Random(seed)
    drawn = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(drawn)
    for _ in range(12):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        right, bottom = left + chance.randint(1, size[0]), top + chance.randint(1, size[1])
        pen.rectangle((left, top, right, bottom), fill=tuple(chance.randbytes(3)))
    return drawn.convert(mode)


def saved(drawn: Image.Image, form: str, **options: Any) -> bytes:
    """The bytes of a picture in one of Pillow's formats."""
    out = BytesIO()
    drawn.save(out, form, **options)
    return out.getvalue()


def png(seed: int = 0, size: Size = (64, 48), **options: Any) -> bytes:
    return saved(image(seed, size), "PNG", **options)


def jpeg(seed: int = 0, size: Size = (64, 48), **options: Any) -> bytes:
    return saved(image(seed, size), "JPEG", **options)


def webp(seed: int = 0, size: Size = (64, 48), **options: Any) -> bytes:
    return saved(image(seed, size), "WEBP", **options)


def heic(seed: int = 0, size: Size = (64, 48), **options: Any) -> bytes:
    import pillow_heif

    out = BytesIO()
    pillow_heif.from_pillow(image(seed, size)).save(out, **options)
    return out.getvalue()


def pdf(pages: int = 1, text: str = "An order", **encryption: Any) -> bytes:
    """With `owner_password` and `user_password` it is encrypted."""
    sheet = FPDF(format=(105, 148))
    sheet.set_creation_date(datetime(2026, 11, 22, tzinfo=UTC))
    sheet.set_font("helvetica", size=24)
    for number in range(1, pages + 1):
        sheet.add_page()
        sheet.cell(text=f"{text}, page {number}")
    if encryption:
        sheet.set_encryption(**encryption)
    return bytes(sheet.output())


def box(kind: bytes, body: bytes = b"") -> bytes:
    """One box of an ISO file (MP4, HEIC)."""
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def mp4(seed: int = 0, brand: bytes = b"isom") -> bytes:
    """Whole by its boxes; there is nothing to see in it."""
    movie = box(b"moov", box(b"mvhd", bytes(100)) + box(b"trak", box(b"tkhd", bytes(84))))
    return box(b"ftyp", brand + bytes(4) + brand) + movie + box(b"mdat", Random(seed).randbytes(2_000))
