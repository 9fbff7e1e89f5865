"""A file that knows on which line everything in it stands."""

from pathlib import Path

import pytest

from cases.errors import KnowledgeError
from cases.knowledge.source import Place, Source

TEXT = """\
# a comment, and an empty line

- id: first
  name: 头一个
  rungs: [L1, L2]
  say: |-
    一行
    两行
- id: second
  outcomes:
    paid: {next: [L3]}
    gone:
      next:
        - L4
        - L5
- {id: third, name: 第三个}
"""


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """The text above as a file."""
    (tmp_path / "things.yml").write_text(TEXT, "utf-8")
    return Source(tmp_path / "things.yml")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        pytest.param((), 1, id="the file"),
        pytest.param((0,), 3, id="an entry"),
        pytest.param((0, "name"), 4, id="a value beside its key"),
        pytest.param((0, "rungs", 1), 5, id="an item beside others"),
        pytest.param((0, "say"), 6, id="a text of several lines"),
        pytest.param((1, "outcomes"), 10, id="a key, not the value that begins below it"),
        pytest.param((1, "outcomes", "paid", "next", 0), 11, id="far inside"),
        pytest.param((1, "outcomes", "gone", "next", 1), 15, id="an item on a line of its own"),
        pytest.param((2, "name"), 16, id="an entry on one line"),
        pytest.param((1, "colour"), 9, id="a missing key: the entry that lacks it"),
        pytest.param((1, "outcomes", "paid", "runs"), 11, id="a missing key inside"),
        pytest.param((7,), 1, id="a missing entry: the file"),
        pytest.param((0, "name", 0), 4, id="inside a text there is nothing"),
    ],
)
def test_knows_the_line_of(source: Source, place: Place, line: int) -> None:
    assert source.line(place) == line
    assert source.at(place) == f"things.yml:{line}"


def test_knows_where_an_entry_stands(source: Source) -> None:
    assert [source.index(id_) for id_ in ("first", "second", "third")] == [0, 1, 2]


def test_holds_what_yaml_says(source: Source) -> None:
    assert source.content[0]["say"] == "一行\n两行"
    assert source.content[1]["outcomes"]["gone"] == {"next": ["L4", "L5"]}


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.yml").write_text("# nothing yet\n", "utf-8")
    assert (Source(tmp_path / "empty.yml").content, Source(tmp_path / "empty.yml").line((0, "id"))) == (None, 1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"- id: a\n- id: [b\n- id: c\n", r"bad\.yml:3: did not find", id="a bracket left open"),
        pytest.param(b"- id: a\n\tname: b\n", r"bad\.yml:2: .*tab", id="a tab"),
        pytest.param(b"- id: a\n- name: 'b\n", r"bad\.yml:\d: .*end of stream", id="a quote left open"),
        pytest.param("- id: 甲\n".encode("gbk"), r"bad\.yml:1: .*utf-8", id="another encoding"),
        pytest.param(b"- id: \x07\n", r"bad\.yml:1: .*control characters", id="a control character"),
        pytest.param(b"- id: a\n  name: b\n  id: c\n", r"bad\.yml:3: id is given twice", id="a key given twice"),
        pytest.param(b"- id: a\n  in: [{x: 1,\n    x: 2}]\n", r"bad\.yml:3: x is given twice", id="twice far inside"),
        pytest.param(b"a: !!python/name:os.system\n", r"bad\.yml:1: .*constructor", id="code"),
    ],
)
def test_what_it_cannot_read_is_one_line_that_says_where(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "bad.yml").write_bytes(content)
    with pytest.raises(KnowledgeError, match=rf"^{told}.*$") as raised:
        Source(tmp_path / "bad.yml")
    assert "\n" not in raised.value.message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"^none\.yml:1: "):
        Source(tmp_path / "none.yml")
