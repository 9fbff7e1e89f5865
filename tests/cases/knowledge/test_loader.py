"""A knowledge folder that is wrong stops the start, and says where. What may be wrong between files: test_checks.py."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.errors import KnowledgeError
from cases.knowledge import KNOWLEDGE_DIR, knowledge, load

Entries = list[dict[str, Any]]
Edit = Callable[[str, Callable[[Entries], object]], None]

FILES = sorted(path.name for path in KNOWLEDGE_DIR.glob("*.yml"))
# The assistant's sentences are found by their keys, not by ids.
LISTS = [name for name in FILES if not name.startswith("wording")]


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Change the entries of one file of the copy."""

    def change(name: str, how: Callable[[Entries], object]) -> None:
        path = folder / name
        entries: Entries = yaml.safe_load(path.read_text("utf-8"))
        how(entries)
        path.write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")

    return change


def test_an_untouched_copy_loads(folder: Path) -> None:
    loaded = load(folder)
    assert loaded.kinds.keys() == {"not_delivered", "not_as_described", "merchant_gone"}
    assert loaded == knowledge()


def test_the_projects_own_knowledge_is_read_once() -> None:
    assert knowledge() is knowledge()


@pytest.mark.parametrize("name", LISTS)
class TestAnyList:
    def test_an_unknown_key_is_refused(self, folder: Path, edit: Edit, name: str) -> None:
        edit(name, lambda entries: entries[0].update(colour="red"))
        with pytest.raises(KnowledgeError, match=rf"^{name}:\d+: 0\.colour: "):
            load(folder)

    def test_an_id_given_twice_is_refused(self, folder: Path, edit: Edit, name: str) -> None:
        edit(name, lambda entries: entries.append(entries[0]))
        with pytest.raises(KnowledgeError, match=rf"^{name}:\d+: id \w+ appears twice$"):
            load(folder)

    def test_an_entry_without_an_id_is_refused(self, folder: Path, edit: Edit, name: str) -> None:
        edit(name, lambda entries: entries[0].pop("id"))
        with pytest.raises(KnowledgeError, match=rf"^{name}:\d+: 0\.id: Field required$"):
            load(folder)

    def test_an_entry_that_is_a_mere_word_is_refused(self, folder: Path, edit: Edit, name: str) -> None:
        edit(name, lambda entries: entries.insert(0, "nothing"))  # type: ignore[arg-type]  # that is the fault
        with pytest.raises(KnowledgeError, match=rf"^{name}:\d+: 0: "):
            load(folder)


@pytest.mark.parametrize("name", FILES)
class TestAnyFile:
    def test_that_is_missing_is_refused(self, folder: Path, name: str) -> None:
        (folder / name).unlink()
        with pytest.raises(KnowledgeError, match=rf"^{name}:1: .*No such file"):
            load(folder)

    def test_that_is_empty_is_refused(self, folder: Path, name: str) -> None:
        (folder / name).write_text("# later\n", "utf-8")
        with pytest.raises(KnowledgeError, match=rf"^{name}:1: "):
            load(folder)

    def test_that_is_no_yaml_is_refused(self, folder: Path, name: str) -> None:
        (folder / name).write_text("- id: [", "utf-8")
        with pytest.raises(KnowledgeError, match=rf"^{name}:\d: did not find"):
            load(folder)


def test_a_sentence_that_is_no_text_is_refused(folder: Path) -> None:
    with (folder / "wording.yml").open("a", encoding="utf-8") as wording:
        wording.write("seven: 7\n")
    with pytest.raises(KnowledgeError, match=r"^wording\.yml:\d+: seven: Input should be a valid string$"):
        load(folder)
