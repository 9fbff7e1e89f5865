"""One reading process for all tests that need no other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path

import pytest

from cases.evidence.reading.lines import Line
from cases.evidence.reading.worker import Reader

ROW = 0.03
LETTER = 0.028


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with closing(Reader()) as opened:
        yield opened


@pytest.fixture(scope="session")
def written() -> Callable[..., list[Line]]:
    """Lines as they stand on a page: a row each, the parts between `|` in columns.

    `#` makes a row large; `+` brings it near to the one above, as what goes on there.
    """

    def lines(rows: Sequence[str]) -> list[Line]:
        steps = accumulate(ROW * (1.1 if row.startswith("+") else 1.5) for row in rows)
        return [line for row, y in zip(rows, steps, strict=True) for line in _row(row, y)]

    return lines


def _row(row: str, y: float) -> Iterator[Line]:
    height = ROW if row.startswith("#") else ROW * 0.7
    for place, part in enumerate(row.lstrip("#+").split("|")):
        text = part.strip()
        if text:
            yield Line(text, 0.05 + place * 0.3, y, min(0.6, len(text) * LETTER), height, 0.99)


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[bytes], Path]:
    """Where a file with this content lies."""

    def write(content: bytes) -> Path:
        path = tmp_path / "picture"
        path.write_bytes(content)
        return path

    return write
