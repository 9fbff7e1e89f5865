"""Understanding of one sentence: our graph components and the plain Python under them."""

import logging
from pathlib import Path

import jieba

from bot import lazy_tensorflow

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""


def _use_private_cache(folder: Path) -> None:
    """Make jieba keep its cache in `folder`, readable by us alone, and stop its log lines.

    Its default is a marshalled file in the shared temp folder, which any other user could have planted.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    jieba.dt.tmp_dir = str(folder)
    jieba.setLogLevel(logging.WARNING)


_use_private_cache(ROOT / ".cache" / "jieba")
lazy_tensorflow.install()
