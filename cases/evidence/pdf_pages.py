"""Pages of a PDF as pictures, drawn by `pdf_worker`: what a PDF does to it, it does not do to the server."""

import os
import subprocess
import sys
from dataclasses import dataclass
from threading import Lock

from PIL import Image

from cases.errors import BadInput
from cases.evidence import pdf_worker
from cases.evidence.pictures import MAX_PIXELS, Fit
from cases.evidence.refusals import refused

TIMEOUT_S = 20
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Page:
    """One page, in RGB, and how many pages its PDF has."""

    image: Image.Image
    pages: int


def drawn(content: bytes, number: int, fit: Fit) -> Page:
    """The page with this number, from 1. Raises `BadInput` (`file_locked`, `file_broken`, `file_pixels`)."""
    command = [sys.executable, "-m", pdf_worker.__name__, *map(str, (number, fit.longest, fit.narrowest))]
    try:
        with _one_at_a_time:
            done = subprocess.run(  # noqa: S603  # our own module, and three numbers
                command, input=content, capture_output=True, timeout=TIMEOUT_S, check=True, env=_environment()
            )
    except subprocess.CalledProcessError as error:
        raise _why(error.returncode) from error
    except subprocess.TimeoutExpired as error:
        raise refused("file_broken") from error
    line, _, pixels = done.stdout.partition(b"\n")
    pages, width, height = map(int, line.split())
    return Page(Image.frombytes("RGB", (width, height), pixels), pages)


def _why(returncode: int) -> BadInput:
    if returncode == pdf_worker.TOO_MANY_PIXELS:
        return refused("file_pixels", MAX_PIXELS // 10_000)
    return refused("file_locked" if returncode == pdf_worker.LOCKED else "file_broken")


def _environment() -> dict[str, str]:
    """Where our modules are, and none of our secrets."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
