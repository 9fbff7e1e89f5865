"""Whatever one thing is wrong in the knowledge, the start stops, and says in which file and on which line."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.errors import KnowledgeError
from cases.knowledge import KNOWLEDGE_DIR, load

MUTATIONS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "mutations.yml").read_text("utf-8"))
FAULT = re.compile(r"[\w./]+\.(yml|txt|j2):\d+: .+")
LONG = "一二三四五六七八九十" * 41


def faults(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as raised:
        load(folder)
    return raised.value.message.splitlines()


def broken(path: Path, entry: str, old: str, new: str) -> tuple[str, str]:
    """The text of the file before and after one edit."""
    text, new = path.read_text("utf-8"), new.replace("LONG", LONG)
    start = re.search(rf"id: {entry}\b", text) if entry else re.match("", text)
    assert start, f"{path.name} has no {entry}"
    at = text.find(old, start.start())
    assert at >= 0, f"{path.name}, {entry} has no {old}"
    return text, text[:at] + new + text[at + len(old) :]


def line_of_edit(before: str, after: str) -> int:
    """The line on which the two texts first differ."""
    same = next(at for at, (was, now) in enumerate(zip(before, after, strict=False)) if was != now)
    return 1 + before[:same].count("\n")


def line_of(folder: Path, file: str, text: str) -> int:
    before, found, _ = (folder / file).read_text("utf-8").partition(text.replace("LONG", LONG))
    assert found, f"{file} has no {text}"
    return 1 + before.count("\n")


@pytest.mark.parametrize("mutation", [pytest.param(row, id=row["what"]) for row in MUTATIONS])
def test_one_broken_thing_is_told_with_its_file_and_line(folder: Path, mutation: dict[str, Any]) -> None:
    file, *edit = mutation["edit"]
    before, after = broken(folder / file, *edit)
    (folder / file).write_text(after, "utf-8")
    told, text = mutation.get("told", (file, None))
    line = line_of(folder, told, text) if text else line_of_edit(before, after)
    found = faults(folder)
    assert [fault for fault in found if not FAULT.fullmatch(fault)] == []
    assert [fault for fault in found if fault.startswith(f"{told}:{line}: ") and mutation["says"] in fault], found


def test_the_table_breaks_every_file() -> None:
    broken_files = {mutation["edit"][0].partition("/")[0] for mutation in MUTATIONS} | {"unverified.yml"}
    assert broken_files == {path.name for path in KNOWLEDGE_DIR.iterdir()}


def test_a_fact_that_nothing_describes_is_told(folder: Path) -> None:
    path = folder / "facts.yml"
    path.write_text(re.sub(r"- id: purpose\n.*?\n(?=- id:)", "", path.read_text("utf-8"), flags=re.DOTALL), "utf-8")
    assert "facts.yml:1: purpose is missing" in faults(folder)


def test_no_route_at_all_is_told(folder: Path) -> None:
    (folder / "routes.yml").write_text("# later\n[]\n", "utf-8")
    assert "routes.yml:1: there is no route" in faults(folder)


class TestPatterns:
    @pytest.mark.parametrize(
        ("file", "entry", "key"),
        [
            pytest.param("outcomes.yml", "gone", "cues: [", id="how people say an outcome"),
            pytest.param("guards.yml", "p_slow_topup", "notices:\n    - ", id="what a guard notices"),
            pytest.param("unverified.yml", "u_jutousu", "pattern: ", id="what must not be said"),
        ],
    )
    def test_that_are_none_are_told(self, folder: Path, file: str, entry: str, key: str) -> None:
        before, after = broken(folder / file, entry, key, f'{key}"(", ' if key.endswith("[") else f"{key}'(' # ")
        (folder / file).write_text(after, "utf-8")
        assert re.match(rf"{file}:{line_of_edit(before, after)}: .*unterminated", faults(folder)[0])


class TestLetters:
    def test_that_a_document_needs_must_be_there(self, folder: Path) -> None:
        (folder / "letters" / "demand.txt").unlink()
        line = line_of(folder, "documents.yml", "{id: demand,")
        assert faults(folder) == [f"documents.yml:{line}: demand: letters/demand.txt is missing"]

    def test_that_no_document_needs_must_not_be_there(self, folder: Path) -> None:
        (folder / "letters" / "threat.txt").write_text("您好。\n", "utf-8")
        assert faults(folder) == ["letters/threat.txt:1: documents.yml does not have it"]


def test_several_broken_things_are_all_told(folder: Path) -> None:
    for file, entry, old, new in (
        ("routes.yml", "r_usual", "L2_demand", "L2_demands"),
        ("answers.yml", "a_triple", "amount: triple", "amount: tripled"),
        ("letters/demand.txt", "", "您好。", "聚投诉见。"),
    ):
        (folder / file).write_text(broken(folder / file, entry, old, new)[1], "utf-8")
    assert {fault.partition(":")[0] for fault in faults(folder)} == {"answers.yml", "routes.yml", "letters/demand.txt"}
