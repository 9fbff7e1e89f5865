"""A copy of the project's knowledge, to be broken."""

import shutil
from pathlib import Path

import pytest

from cases.knowledge import KNOWLEDGE_DIR


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's knowledge, to be broken."""
    return Path(shutil.copytree(KNOWLEDGE_DIR, tmp_path / "knowledge"))
