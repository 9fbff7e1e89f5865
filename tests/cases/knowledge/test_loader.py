"""A knowledge folder that is wrong stops the start, and says where."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.errors import KnowledgeError
from cases.knowledge import KNOWLEDGE_DIR, load

Entries = list[dict[str, Any]]
Edit = Callable[[str, Callable[[Entries], object]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's knowledge, to be broken."""
    return Path(shutil.copytree(KNOWLEDGE_DIR, tmp_path / "knowledge"))


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
    assert load(folder).kinds.keys() == {"not_delivered", "not_as_described", "merchant_gone"}


@pytest.mark.parametrize(
    "name",
    [
        "dispute_kinds.yml",
        "tracks.yml",
        "evidence.yml",
        "facts.yml",
        "ladder.yml",
        "laws.yml",
        "answers.yml",
        "pitfalls.yml",
    ],
)
class TestAnyFile:
    def test_an_unknown_key_is_refused(self, folder: Path, edit: Edit, name: str) -> None:
        edit(name, lambda entries: entries[0].update(colour="red"))
        with pytest.raises(KnowledgeError, match=rf"^{name}: .*colour"):
            load(folder)

    def test_an_id_given_twice_is_refused(self, folder: Path, edit: Edit, name: str) -> None:
        edit(name, lambda entries: entries.append(entries[0]))
        with pytest.raises(KnowledgeError, match=rf"^{name}: id \w+ appears twice"):
            load(folder)

    def test_a_missing_file_is_refused(self, folder: Path, name: str) -> None:
        (folder / name).unlink()
        with pytest.raises(KnowledgeError, match=rf"^{name}: "):
            load(folder)

    def test_a_file_that_is_no_yaml_is_refused(self, folder: Path, name: str) -> None:
        (folder / name).write_text("- id: [", "utf-8")
        with pytest.raises(KnowledgeError, match=rf"^{name}: "):
            load(folder)


def test_a_route_to_an_unknown_rung_is_refused(folder: Path, edit: Edit) -> None:
    edit("dispute_kinds.yml", lambda kinds: kinds[0].update(route=["L99_nowhere"]))
    with pytest.raises(KnowledgeError, match=r"not_delivered\.route: unknown id L99_nowhere"):
        load(folder)


def test_evidence_nobody_defined_is_refused(folder: Path, edit: Edit) -> None:
    edit("tracks.yml", lambda tracks: tracks[0]["evidence"].update(required=["ev_nothing"]))
    with pytest.raises(KnowledgeError, match=r"refund_delayed\.evidence: unknown id ev_nothing"):
        load(folder)


def test_an_article_that_laws_does_not_have_is_refused(folder: Path, edit: Edit) -> None:
    cite = {"law": "consumer_law", "article": "999"}
    edit("answers.yml", lambda answers: answers[0].update(cites=[cite]))
    with pytest.raises(KnowledgeError, match=r"cites consumer_law 999, which laws\.yml does not"):
        load(folder)


def test_a_letter_without_its_template_is_refused(folder: Path) -> None:
    (folder / "letters" / "demand.txt").unlink()
    with pytest.raises(KnowledgeError, match=r"L2_demand\.letter: unknown id demand"):
        load(folder)
