"""A table that stays on disk."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.nlu.rows_on_disk import RowsOnDisk

TABLE = np.random.default_rng(0).integers(0, 256, size=(100, 7), dtype=np.uint8)


@pytest.fixture
def rows(tmp_path: Path) -> RowsOnDisk:
    TABLE.tofile(tmp_path / "rows.bin")
    return RowsOnDisk(tmp_path / "rows.bin", TABLE.shape[1])


@pytest.mark.parametrize(
    "places",
    [
        pytest.param([0], id="the first"),
        pytest.param([99], id="the last"),
        pytest.param([5, 3, 5, 98], id="some, in any order, one twice"),
        pytest.param([], id="none"),
    ],
)
def test_rows_are_those_of_the_table(rows: RowsOnDisk, places: list[int]) -> None:
    wanted = np.array(places, np.int64)
    assert np.array_equal(rows[wanted], TABLE[wanted])


def test_threads_do_not_disturb_each_other(rows: RowsOnDisk) -> None:
    def read(seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        places = np.random.default_rng(seed).integers(0, len(TABLE), size=500)
        return rows[places], TABLE[places]

    with ThreadPoolExecutor(8) as threads:
        assert all(np.array_equal(*pair) for pair in threads.map(read, range(50)))


def test_no_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        RowsOnDisk(tmp_path / "rows.bin", 7)
