"""Every text as people get it, for every kind of case: compared to the character.

After a change that is meant, `TUIKUAN_WRITE_GOLDEN=1` writes the files anew; the difference is what to review.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from cases.knowledge import knowledge
from cases.models import Case

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = yaml.safe_load((GOLDEN / "cases.yml").read_text("utf-8"))


@pytest.mark.parametrize("kind", knowledge().documents)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_text_is_the_golden_one(
    example: Callable[..., Case], text_of: Callable[[Case, str], str], name: str, kind: str
) -> None:
    file = GOLDEN / name / f"{kind}.txt"
    text = text_of(example(name), kind) + "\n"
    if os.environ.get("TUIKUAN_WRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def test_no_golden_file_is_left_over() -> None:
    expected = {f"{name}/{kind}.txt" for name in EXAMPLES for kind in knowledge().documents}
    assert {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.glob("*/*")} == expected
