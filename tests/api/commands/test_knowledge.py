"""`tuikuan knowledge check`: how much there is, or what is wrong, line by line."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from cases.knowledge import KNOWLEDGE_DIR, knowledge, load

Run = Callable[..., tuple[int, str, str]]
Check = Callable[..., None]

COUNTED = ("kinds", "sub-kinds", "tracks", "guards", "requirements", "channels", "rungs", "laws", "answers")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the knowledge, to be broken, that the command reads in place of ours."""
    copy = Path(shutil.copytree(KNOWLEDGE_DIR, tmp_path / "knowledge"))
    monkeypatch.setattr("api.commands.knowledge.knowledge", partial(load, copy))
    return copy


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def counts(output: str) -> dict[str, int]:
    return {name: int(number) for number, name in (line.split() for line in output.splitlines())}


def test_prints_how_much_of_everything_there_is(run: Run) -> None:
    code, output, errors = run("knowledge", "check")
    assert (code, errors) == (0, "")
    assert [name for name in COUNTED if not counts(output).get(name)] == []
    assert counts(output)["answers"] == len(knowledge().answers)


def test_counts_what_is_there_now(run: Run, folder: Path) -> None:
    before = counts(run("knowledge", "check")[1])["pitfalls"]
    with (folder / "pitfalls.yml").open("a", encoding="utf-8") as file:
        file.write("\n- {id: t_more, say: 别急。, rungs: [L2_demand]}\n")
    assert counts(run("knowledge", "check")[1])["pitfalls"] == before + 1


def test_a_fault_is_one_line_with_file_and_line(run: Run, folder: Path, assert_one_line: Check) -> None:
    replace(folder / "ladder.yml", "channel: ch_police", "channel: ch_cops")
    line = (folder / "ladder.yml").read_text("utf-8").partition("ch_cops")[0].count("\n") + 1
    assert_one_line(run("knowledge", "check"), f"ladder.yml:{line}: L9_police: channel: unknown id ch_cops")


def test_every_fault_has_a_line_of_its_own(run: Run, folder: Path) -> None:
    replace(folder / "ladder.yml", "channel: ch_police", "channel: ch_cops")
    replace(folder / "wording.yml", "kind_noted: ", "kind_noted: 必须公证。")
    replace(folder / "letters" / "demand.txt", "您好。", "聚投诉见。")
    code, output, errors = run("knowledge", "check")
    assert (code, output) == (1, "")
    assert [line.removeprefix("tuikuan: ").partition(":")[0] for line in errors.splitlines()] == [
        "ladder.yml",
        "wording.yml",
        "letters/demand.txt",
    ]


@pytest.mark.parametrize("name", ["ladder.yml", "letters/demand.txt"])
def test_a_file_that_is_gone_is_one_line(run: Run, folder: Path, assert_one_line: Check, name: str) -> None:
    (folder / name).unlink()
    assert_one_line(run("knowledge", "check"), name)


def test_a_file_that_is_no_yaml_is_one_line(run: Run, folder: Path, assert_one_line: Check) -> None:
    (folder / "routes.yml").write_text("- id: [", "utf-8")
    assert_one_line(run("knowledge", "check"), "routes.yml:", "did not find")


def test_help_tells_the_word(run: Run) -> None:
    assert "check" in run("knowledge", "--help")[1]
