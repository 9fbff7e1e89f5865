"""Two hundred files that nobody should send, and what may become of each. Made here, so that none lies about."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random

from PIL import Image

from tests import pictures
from tests.pictures import box, heic, jpeg, mp4, pdf, png, webp

ACCEPTED = "accepted"
BROKEN, TYPE, PIXELS, PAGES, LOCKED = "file_broken", "file_type", "file_pixels", "file_pages", "file_locked"
EITHER = frozenset({ACCEPTED, BROKEN})

SCRIPT = b"<html><script>alert(1)</script></html>"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
MIB = 1024 * 1024


@dataclass(frozen=True)
class BadFile:
    """`fates` are the codes it may be refused with, and `ACCEPTED`."""

    name: str
    make: Callable[[], bytes]
    fates: frozenset[str]


def bad_files() -> list[BadFile]:
    made = [*nothing(), *other_types(), *cut_off(), *damaged(), *torn(), *bombs(), *polyglots(), *moving(), *papers()]
    return [*made, *films()]


def bad(name: str, content: bytes | Callable[[], bytes], *fates: str) -> BadFile:
    return BadFile(name, content if callable(content) else lambda: content, frozenset(fates))


# Nothing, noise, and other types by whatever name


def nothing() -> Iterator[BadFile]:
    yield bad("no bytes", b"", "file_empty")
    yield bad("one zero", b"\0", TYPE)
    yield bad("a megabyte of zeros", bytes(MIB), TYPE)
    yield bad("a megabyte of ones", b"\xff" * MIB, TYPE)
    yield bad("spaces", b" " * 1000, TYPE)
    yield bad("noise", Random(1).randbytes(100_000), TYPE)
    yield bad("larger than the limit", PNG_SIGNATURE.ljust(20 * MIB + 1), "file_too_large")
    for signature in (b"\xff\xd8\xff", PNG_SIGNATURE, b"RIFF\x10\0\0\0WEBP", b"%PDF-1.7", box(b"ftyp", b"heic" * 3)):
        yield bad(f"only the signature {signature[:8]!r}", signature, BROKEN)
        yield bad(f"noise after {signature[:8]!r}", signature + Random(2).randbytes(500), BROKEN)
        yield bad(f"zeros after {signature[:8]!r}", signature + bytes(5_000), BROKEN)


def other_types() -> Iterator[BadFile]:
    for form in ("GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "AVIF", "JPEG2000", "PCX", "DDS"):
        yield bad(form, partial(pictures.saved, pictures.image(), form), TYPE)
    yield bad("an animated GIF", partial(_animated, "GIF"), TYPE)
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    for name, content in {
        "an SVG with a script": svg,
        "an SVG after a declaration": b"<?xml version='1.0'?>" + svg,
        "a zipped SVG": gzip.compress(svg),
        "a page named jpg": SCRIPT,
        "a page after spaces": b"\n\n  " + SCRIPT,
        "a page with a byte order mark": b"\xef\xbb\xbf" + SCRIPT,
        "a billion laughs": b"<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>",
        "a picture that begins late": b" " + png(),
        "a picture after a page": SCRIPT + png(),
        "a PDF that begins late": b"\n" + pdf(),
        "a script": b"#!/bin/sh\nrm -rf /\n",
        "PHP": b"<?php system($_GET['c']); ?>",
        "words": "订单号 123".encode(),
        "words in two bytes": "订单号 123".encode("utf-16"),
        "JSON": b'{"amount": 1}',
        "a table": "日期,金额\n1,2\n".encode("gb18030"),
        "a letter": b"From: a@b.c\r\nSubject: x\r\n\r\nx",
        "a zip": _zip("a.txt"),
        "a Word file": _zip("word/document.xml"),
        "an Excel file": _zip("xl/workbook.xml"),
        "a phone's program": _zip("AndroidManifest.xml"),
        "a zip bomb": _zip("a.txt", bytes(5 * MIB)),
        "a tar": _tar(),
        "gzip": gzip.compress(b"x"),
        "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "RTF": rb"{\rtf1 x}",
        "PostScript": b"%!PS-Adobe-3.0\n",
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
        "RAR": b"Rar!\x1a\x07\x01\0" + bytes(50),
        "a Windows program": b"MZ\x90\0" + bytes(500),
        "a Linux program": b"\x7fELF\x02\x01\x01" + bytes(500),
        "a Java class": b"\xca\xfe\xba\xbe" + bytes(50),
        "WebAssembly": b"\0asm\x01\0\0\0",
        "MP3": b"ID3\x04\0\0" + bytes(50),
        "WAV": b"RIFF\x24\0\0\0WAVEfmt " + bytes(50),
        "AVI": b"RIFF\x24\0\0\0AVI LIST" + bytes(50),
        "Matroska": b"\x1a\x45\xdf\xa3" + bytes(50),
        "Ogg": b"OggS\0" + bytes(50),
        "Flash": b"FWS\x05" + bytes(50),
        "JPEG XL": b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(50),
        "Photoshop": b"8BPS\0\x01" + bytes(50),
        "a QuickTime film": mp4(brand=b"qt  "),
        "a film for old phones": mp4(brand=b"3gp4"),
        "an AVIF by its boxes": box(b"ftyp", b"avif" + bytes(4) + b"mif1"),
        "a database": b"SQLite format 3\0" + bytes(100),
        "half a signature": PNG_SIGNATURE[:4],
        "a signature spoilt by text mode": PNG_SIGNATURE.replace(b"\r\n", b"\n") + bytes(50),
    }.items():
        yield bad(name, content, TYPE)


# Cut off, damaged, and put together wrongly


def originals() -> dict[str, bytes]:
    size = (320, 240)
    return {
        "jpeg": jpeg(size=size),
        "progressive": jpeg(size=size, progressive=True),
        "png": png(size=size),
        "webp": webp(size=size),
        "lossless webp": webp(size=size, lossless=True),
        "heic": heic(size=size),
        "pdf": pdf(3),
        "mp4": mp4(),
    }


def cut_off() -> Iterator[BadFile]:
    for name, content in originals().items():
        for percent in (10, 20, 40, 60, 80, 95):
            yield bad(f"{name} cut off at {percent} %", content[: len(content) * percent // 100], BROKEN)


def damaged() -> Iterator[BadFile]:
    """Some of these still open."""
    for name, content in originals().items():
        for seed in range(3):
            yield bad(f"{name} with bytes damaged, {seed}", partial(_damage, content, seed), *EITHER)


def _damage(content: bytes, seed: int) -> bytes:
    chance, damaged_ = Random(seed), bytearray(content)
    for _ in range(10 * (seed + 1)):
        damaged_[chance.randrange(12, len(content))] = chance.randrange(256)
    return bytes(damaged_)


def torn() -> Iterator[BadFile]:
    header, data, end = _header(64, 48), _chunk(b"IDAT", zlib.compress(bytes(64 * 48 * 3 + 48))), _chunk(b"IEND")
    wrong_sum = header[:-1] + bytes([header[-1] ^ 1])
    for name, parts in {
        "PNG without data": (header, end),
        "PNG without a header": (data, end),
        "PNG without an end": (header, data),
        "PNG whose data come first": (data, header, end),
        "PNG whose header's sum is wrong": (wrong_sum, data, end),
        "PNG with too little data": (header, _chunk(b"IDAT", zlib.compress(bytes(100))), end),
        "PNG whose data are not compressed": (header, _chunk(b"IDAT", bytes(5_000)), end),
        "PNG with an unknown filter": (header, _chunk(b"IDAT", zlib.compress(b"\x63" * 20_000)), end),
        "PNG of an unknown colour type": (_header(64, 48, colours=5), data, end),
        "PNG of no width": (_header(0, 48), data, end),
        "PNG of no height": (_header(64, 0), data, end),
        "PNG whose chunk is larger than the file": (header, b"\x7f\xff\xff\xffIDAT", data, end),
    }.items():
        yield bad(name, PNG_SIGNATURE + b"".join(parts), BROKEN)
    yield bad("PNG without its palette", _png(_header(64, 48, colours=3), zlib.compress(bytes(65 * 48))), *EITHER)
    yield bad("JPEG signature, PNG inside", b"\xff\xd8\xff" + png(), BROKEN)
    yield bad("PNG signature, JPEG inside", PNG_SIGNATURE + jpeg(), BROKEN)
    yield bad("WebP signature, PNG inside", b"RIFF\xff\0\0\0WEBP" + png(), BROKEN)
    yield bad("HEIC signature, JPEG inside", box(b"ftyp", b"heic\0\0\0\0mif1") + jpeg(), BROKEN)
    yield bad("HEIC that is a film", box(b"ftyp", b"heic\0\0\0\0isom") + mp4()[20:], BROKEN)
    yield bad("JPEG without tables", jpeg().replace(b"\xff\xdb", b"\xff\xfe"), BROKEN)
    yield bad(
        "JPEG with another number of colours",
        jpeg().replace(b"\x08\x00\x30\x00\x40\x03", b"\x08\x00\x30\x00\x40\x09"),
        BROKEN,
    )
    yield bad("JPEG of no width", _jpeg_of(0, 48), BROKEN)


# Bombs


def bombs() -> Iterator[BadFile]:
    for width, height in ((30_000, 30_000), (2**31 - 1, 2**31 - 1), (2**31 - 1, 1), (1, 60_000_000), (7_100, 7_100)):
        yield bad(f"PNG of {width} by {height}", partial(_png, _header(width, height), zlib.compress(b"x")), PIXELS)
    yield bad("PNG full size of zeros", _vast_png, PIXELS)
    yield bad("PNG with more data than pixels", lambda: _png(_header(64, 48), zlib.compress(bytes(100 * MIB))), *EITHER)
    yield bad(
        "PNG with a text that unfolds", partial(_png_with, b"zTXt", b"a\0\0" + zlib.compress(bytes(50 * MIB))), *EITHER
    )
    yield bad(
        "PNG with a profile that unfolds",
        partial(_png_with, b"iCCP", b"a\0\0" + zlib.compress(bytes(50 * MIB))),
        *EITHER,
    )
    yield bad("PNG with many texts that unfold", _png_of_texts, *EITHER)
    yield bad("PNG of a million chunks", lambda: png()[:33] + _chunk(b"abCd") * MIB + png()[33:], BROKEN)
    yield bad("PNG whose EXIF is a bomb", lambda: _png_with(b"eXIf", _exif_bomb(10 * MIB)), *EITHER)
    for width, height in ((65_500, 65_500), (65_535, 65_535), (65_500, 800)):
        yield bad(f"JPEG of {width} by {height}", partial(_jpeg_of, width, height), PIXELS)
    yield bad("JPEG of a million comments", lambda: b"\xff\xd8" + b"\xff\xfe\0\x02" * MIB + jpeg()[2:], BROKEN)
    yield bad("JPEG of a million fillings", lambda: b"\xff\xd8" + b"\xff" * MIB + jpeg()[2:], BROKEN)
    yield bad("JPEG of a million empty markers", lambda: b"\xff\xd8" + b"\xff\0" * MIB + jpeg()[2:], BROKEN)
    yield bad("JPEG with a million fillings inside", lambda: jpeg()[:-2] + b"\xff" * MIB + b"\0", *EITHER)
    yield bad("JPEG of five thousand scans", _jpeg_of_scans, BROKEN)
    yield bad("JPEG whose EXIF is a bomb", lambda: _jpeg_with_exif(_exif_bomb(5 * MIB)), BROKEN)
    yield bad("WebP of 16 million by 16 million", _webp_of(b"VP8X", b"\0" * 4 + b"\xff" * 6), PIXELS)
    yield bad("WebP of 16383 by 16383", _webp_of(b"VP8X", b"\0" * 4 + b"\xfe\x3f\0" * 2), PIXELS)
    yield bad("lossless WebP of 16384 by 16384", _webp_of(b"VP8L", b"\x2f\xff\xff\xff\x0f"), PIXELS)
    yield bad("lossy WebP of 16383 by 16383", _webp_of(b"VP8 ", b"\0\0\0\x9d\x01\x2a\xff\x3f\xff\x3f"), PIXELS)
    yield bad("WebP that begins with no picture", _webp_of(b"EXIF", bytes(20)), BROKEN)
    yield bad("WebP whose size is a lie", webp()[:4] + b"\xff\xff\xff\x7f" + webp()[8:], BROKEN)
    yield bad("HEIC of 60000 by 60000", _heic_of(60_000, 60_000), PIXELS, BROKEN)
    yield bad("HEIC of 8000 by 8000", _heic_of(8_000, 8_000), PIXELS, BROKEN)
    yield bad("HEIC of no width", _heic_of(0, 48), BROKEN)


def _chunk(kind: bytes, body: bytes = b"") -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def _header(width: int, height: int, colours: int = 2) -> bytes:
    return _chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, colours, 0, 0, 0]))


def _png(header: bytes, data: bytes) -> bytes:
    return PNG_SIGNATURE + header + _chunk(b"IDAT", data) + _chunk(b"IEND")


def _png_with(kind: bytes, body: bytes) -> bytes:
    return png()[:33] + _chunk(kind, body) + png()[33:]


def _png_of_texts() -> bytes:
    return png()[:33] + _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000))) * 200 + png()[33:]


def _vast_png() -> bytes:
    """900 megapixels in a few kilobytes, of one bit each."""
    header = _chunk(b"IHDR", (30_000).to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0]))
    return _png(header, zlib.compress(bytes(30_000 * (30_000 // 8 + 1))))


def _exif_bomb(size: int) -> bytes:
    """Thirty thousand tags, and each says that it is all the rest of the block."""
    count = 30_000
    start = 8 + 2 + 12 * count
    tags = (
        tag.to_bytes(2, "little") + b"\x07\0" + (size - start).to_bytes(4, "little") + start.to_bytes(4, "little")
        for tag in range(1, count + 1)
    )
    return (b"II*\0\x08\0\0\0" + count.to_bytes(2, "little") + b"".join(tags)).ljust(size, b"x")


def _jpeg_with_exif(exif: bytes) -> bytes:
    parts = (b"Exif\0\0" + exif[at : at + 60_000] for at in range(0, len(exif), 60_000))
    segments = (b"\xff\xe1" + (2 + len(part)).to_bytes(2, "big") + part for part in parts)
    return b"\xff\xd8" + b"".join(segments) + jpeg()[2:].replace(b"\xff\xe0", b"\xff\xfe", 1)


def _jpeg_of(width: int, height: int) -> bytes:
    return jpeg().replace(
        b"\x08\x00\x30\x00\x40\x03", b"\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x03"
    )


def _jpeg_of_scans() -> bytes:
    whole = jpeg(size=(1600, 1600), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * 5_000 + whole[-2:]


def _webp_of(kind: bytes, body: bytes) -> bytes:
    chunk = kind + len(body).to_bytes(4, "little") + body
    return b"RIFF" + (4 + len(chunk)).to_bytes(4, "little") + b"WEBP" + chunk


def _heic_of(width: int, height: int) -> bytes:
    made, sides = heic(), b"ispe\0\0\0\0"
    at = made.index(sides) + len(sides)
    return made[:at] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + made[at + 8 :]


# Two things at once


def polyglots() -> Iterator[BadFile]:
    archive, junk = _zip("a.txt"), Random(3).randbytes(2 * MIB)
    for name, content in {"jpeg": jpeg(), "png": png(), "webp": webp()}.items():
        for what, tail in {
            "a page": SCRIPT,
            "a zip": archive,
            "a program": b"MZ\x90\0",
            "PHP": b"<?php x(); ?>",
        }.items():
            yield bad(f"{name} and {what}", content + tail, ACCEPTED)
        yield bad(f"{name} and two megabytes", content + junk, BROKEN)
        yield bad(f"{name} and two megabytes of zip", content + b"PK\x03\x04" + junk, BROKEN)
    yield bad("jpeg with a page in its comment", jpeg(comment=SCRIPT), ACCEPTED)
    yield bad("png with a page in its text", _png_with(b"tEXt", b"a\0" + SCRIPT), ACCEPTED)
    yield bad("png with a page in its EXIF", _png_with(b"eXIf", SCRIPT), ACCEPTED)
    yield bad("png with a broken profile", _png_with(b"iCCP", b"a\0\0x"), *EITHER)
    yield bad("jpeg with EXIF that leads nowhere", _jpeg_with_exif(b"II*\0\xff\xff\xff\xff"), ACCEPTED)
    yield bad(
        "jpeg with EXIF that leads in circles",
        _jpeg_with_exif(b"MM\0*\0\0\0\x08\0\x01" + b"\x87\x69\0\x04\0\0\0\x01\0\0\0\x08"),
        ACCEPTED,
    )
    yield bad("a photo that moves", jpeg() + mp4() + bytes(2 * MIB), ACCEPTED)
    yield bad("heic and a page", heic() + SCRIPT, *EITHER)
    yield bad("mp4 and a page", mp4() + SCRIPT, BROKEN)
    yield bad("mp4 and zeros", mp4() + bytes(100), ACCEPTED)
    yield bad("pdf and a zip", pdf() + archive, ACCEPTED)
    yield bad("pdf and two megabytes", pdf() + junk, BROKEN)


def moving() -> Iterator[BadFile]:
    yield bad("an animated PNG", partial(_animated, "PNG"), ACCEPTED)
    yield bad("an animated WebP", partial(_animated, "WEBP"), ACCEPTED)
    yield bad(
        "an animated PNG of two thousand million frames", _png_with(b"acTL", b"\x7f\xff\xff\xff\0\0\0\0"), *EITHER
    )
    yield bad("an animated PNG of no frames", _png_with(b"acTL", bytes(8)), *EITHER)
    yield bad("a PNG in 16 bits", lambda: pictures.saved(Image.new("I;16", (64, 48), 40_000), "PNG"), ACCEPTED)
    yield bad("a JPEG for printing", lambda: pictures.saved(pictures.image(mode="CMYK"), "JPEG"), ACCEPTED)
    yield bad("one pixel", lambda: png(size=(1, 1)), ACCEPTED)
    yield bad("a line", lambda: png(size=(1, 200_000)), ACCEPTED)
    yield bad("24 megapixels of white", lambda: pictures.saved(Image.new("L", (6_000, 4_000), 255), "PNG"), ACCEPTED)


def _animated(form: str) -> bytes:
    frames = [pictures.image(seed) for seed in range(20)]
    return pictures.saved(frames[0], form, save_all=True, append_images=frames[1:], duration=10)


def _zip(name: str, content: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../etc/passwd"))
    return out.getvalue()


# PDF and MP4


def papers() -> Iterator[BadFile]:
    yield bad("a PDF of 51 pages", lambda: pdf(51), PAGES)
    yield bad("a PDF of 100 pages", lambda: pdf(100), PAGES)
    yield bad("a PDF with a password", lambda: pdf(owner_password="a", user_password="b"), LOCKED)
    yield bad("a PDF that is only protected", lambda: pdf(owner_password="a", user_password=""), ACCEPTED)
    yield bad("a PDF with JavaScript", _pdf_of("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"), ACCEPTED)
    yield bad("a PDF that starts a program", _pdf_of("/OpenAction<</S/Launch/F(calc.exe)>>"), ACCEPTED)
    yield bad("a PDF that calls home", _pdf_of("/OpenAction<</S/URI/URI(http://example.invalid)>>"), ACCEPTED)
    yield bad("a PDF that knows no page", _pdf_of(kids=""), BROKEN)
    yield bad("a PDF whose pages go in circles", _pdf_of(kids="2 0 R"), BROKEN)
    yield bad("a PDF with a page that is not there", _pdf_of(kids="9 0 R"), *EITHER)
    yield bad("a PDF with a vast page", _pdf_of(page="/MediaBox[0 0 9000000 9000000]"), *EITHER)
    yield bad("a PDF with a page without size", _pdf_of(page="/MediaBox[0 0 0 0]"), *EITHER)
    yield bad("a PDF with a page like a hair", _pdf_of(page="/MediaBox[0 0 0.001 9000000]"), *EITHER)
    yield bad("a PDF whose text unfolds", lambda: _pdf_of(stream=bytes(20 * MIB)), *EITHER)
    yield bad("a PDF with a vast picture", lambda: _pdf_of(stream=bytes(50 * MIB), image=(30_000, 30_000)), PIXELS)
    yield bad("a PDF whose table lies", pdf().replace(b"startxref\n", b"startxref\n9"), *EITHER)
    yield bad("a PDF whose table is spoilt", pdf().replace(b" 00000 n", b" 9999x n"), *EITHER)
    yield bad("a PDF whose trailer is gone", pdf().replace(b"trailer", b"tr"), BROKEN)
    yield bad(
        "a PDF whose catalogue is gone", pdf().replace(b"/Catalog", b"/Catfood").replace(b"/Root", b"/Toor"), BROKEN
    )
    yield bad(
        "a PDF whose end refers to itself", b"%PDF-1.7\nxref\n0 0\ntrailer<</Prev 9>>\nstartxref\n9\n%%EOF", BROKEN
    )
    yield bad("a PDF of brackets", b"%PDF-1.7\n1 0 obj\n" + b"[" * MIB, BROKEN)
    yield bad("a PDF of other people's commands", b"%PDF-1.7\n" + SCRIPT, BROKEN)


def _pdf_of(
    catalog: str = "",
    kids: str = "3 0 R",
    page: str = "/MediaBox[0 0 400 400]",
    stream: bytes = b"",
    image: tuple[int, int] = (0, 0),
) -> bytes:
    """Written by hand; its table is left out, so that it has to be made up by the reader."""
    packed = zlib.compress(stream)
    size = f"/Subtype/Image/Width {image[0]}/Height {image[1]}/ColorSpace/DeviceRGB/BitsPerComponent 8"
    draws = b"400 0 0 400 0 0 cm /I Do" if image[0] else packed
    objects = (
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count 1>>".encode(),
        f"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>{page}>>".encode(),
        f"<</Length {len(draws)}{'' if image[0] else '/Filter/FlateDecode'}>>stream\n".encode()
        + draws
        + b"\nendstream",
        f"<</Type/XObject{size}/Length {len(packed)}/Filter/FlateDecode>>stream\n".encode() + packed + b"\nendstream",
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


def films() -> Iterator[BadFile]:
    kind, head = box(b"ftyp", b"isom\0\0\0\0isom"), box(b"mvhd", bytes(100))
    for name, rest in {
        "MP4 that says its type and no more": b"",
        "MP4 without a table": box(b"mdat", bytes(1_000)),
        "MP4 whose table is empty": box(b"moov"),
        "MP4 whose table has no track": box(b"moov", head),
        "MP4 whose table is cut off": box(b"moov", head)[:-20],
        "MP4 whose table is noise": box(b"moov", Random(4).randbytes(500)),
        "MP4 whose box is larger than the file": b"\x7f\xff\xff\xffmdat",
        "MP4 whose box is larger than any file": b"\0\0\0\x01mdat" + b"\xff" * 8,
        "MP4 whose box is smaller than its head": b"\0\0\0\x03mdat" + bytes(100),
        "MP4 of a million boxes": box(b"free") * MIB,
        "MP4 that ends in the middle of a box": box(b"free") + b"\0\0",
    }.items():
        yield bad(name, kind + rest, BROKEN)
