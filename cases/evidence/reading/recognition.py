"""Recognises the text of a picture. Runs in the reading process alone: what it imports takes 270 MB."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import rapidocr
from PIL import Image
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from cases.evidence import pdf_pages, pictures
from cases.evidence.inspection import sniff
from cases.evidence.pictures import Fit
from cases.evidence.reading.lines import Line
from cases.evidence.reading.strips import Strip, strips

FIT = Fit(longest=2_000, narrowest=720)

MODELS = Path(rapidocr.__file__).parent / "models"
# The models are named one by one: what has a path is never downloaded. One picture of 800 pixels shows where text is;
# it is read at full size, and line by line, which takes the least memory and, on a processor, time.
PARAMS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Det.model_path": str(MODELS / "PP-OCRv6_det_small.onnx"),
    "Det.limit_type": "max",
    "Det.limit_side_len": 800,
    "Rec.model_path": str(MODELS / "PP-OCRv6_rec_small.onnx"),
    "Rec.rec_batch_num": 1,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


class Recogniser:
    """The models, loaded once."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._ocr = RapidOCR(params=PARAMS)

    def read(self, path: Path, enough_s: float) -> list[Line]:
        """The lines of a picture, or of the first page of a PDF, from top to bottom.

        A long screenshot is read strip by strip, and after `enough_s` or eight of them no further: its top says most.
        Raises `BadInput` if the file does not open.
        """
        start = time.monotonic()
        image = _image(path)
        found: list[Line] = []
        for strip in strips(*image.size):
            found += self._lines(image, strip)
            if time.monotonic() - start > enough_s:
                break
        return sorted(found, key=lambda line: (line.y, line.x))

    def _lines(self, image: Image.Image, strip: Strip) -> Iterator[Line]:
        pixels = np.asarray(image.crop((0, strip.top, image.width, strip.bottom)))[:, :, ::-1]
        result = cast(RapidOCROutput, self._ocr(pixels))
        if result.boxes is None or result.txts is None or result.scores is None:
            return
        for corners, text, confidence in zip(result.boxes, result.txts, result.scores, strict=True):
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            if strip.owns(strip.top + (top + bottom) / 2):
                yield _line(image, text, (left, strip.top + top, right, strip.top + bottom), confidence)


def _image(path: Path) -> Image.Image:
    content = path.read_bytes()
    media_type = sniff(content)
    if media_type == "application/pdf":
        return pdf_pages.drawn(content, 1, FIT).image
    return pictures.opened(content, media_type or "", FIT).image


def _line(image: Image.Image, text: str, box: tuple[float, float, float, float], confidence: float) -> Line:
    sizes = (image.width, image.height) * 2
    left, top, right, bottom = (min(1.0, max(0.0, float(at) / size)) for at, size in zip(box, sizes, strict=True))
    return Line(text.strip(), left, top, right - left, bottom - top, float(confidence))
