"""A table of which few rows are used at a time: it stays on disk, and in the memory that the system has to spare."""

from __future__ import annotations

import os
from pathlib import Path
from weakref import finalize

import numpy as np
from numpy.typing import NDArray


class RowsOnDisk:
    """Reads rows of bytes, `width` each, from a file that holds nothing else.

    A mapped file would not do: with a row the system maps its neighbours, and soon all of them.
    """

    def __init__(self, path: Path, width: int) -> None:
        self._width = width
        self._file = os.open(path, os.O_RDONLY)
        finalize(self, os.close, self._file)

    def __getitem__(self, places: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The rows in these places, (places, width)."""
        width = self._width
        rows = b"".join([os.pread(self._file, width, width * place) for place in places.tolist()])
        return np.frombuffer(rows, np.uint8).reshape(-1, width)
