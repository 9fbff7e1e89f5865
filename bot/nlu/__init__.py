"""Understanding of one sentence: our graph components and the plain Python under them."""

import logging
import os
from pathlib import Path

import jieba

from bot import lazy_imports

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

# jieba lists 349,000 words, most of them seen three times in its corpus; without those it takes half the memory.
_MIN_FREQUENCY = 5


def _use_private_dictionary(folder: Path) -> None:
    """Make jieba read its common words alone, keep its cache in `folder`, and stop its log lines.

    Its default cache is a marshalled file in the shared temp folder, which any other user could have planted.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    words = folder / f"words-{jieba.__version__}-{_MIN_FREQUENCY}.txt"
    if not words.is_file():
        _write_common_words(words)
    jieba.dt.tmp_dir = str(folder)
    jieba.set_dictionary(str(words))
    jieba.setLogLevel(logging.WARNING)


def _write_common_words(path: Path) -> None:
    with jieba.get_dict_file() as dictionary:
        lines = dictionary.read().decode("utf-8").splitlines(keepends=True)
    unfinished = path.with_suffix(f".{os.getpid()}.part")  # another process may be at it
    unfinished.write_text("".join(line for line in lines if int(line.split(" ")[1]) >= _MIN_FREQUENCY), "utf-8")
    unfinished.replace(path)


_use_private_dictionary(ROOT / ".cache" / "jieba")
lazy_imports.install()
