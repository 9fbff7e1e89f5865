"""The account's menu: what may stand in it, what a tap says, and what the platform gets."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.wechat import menu
from cases.errors import KnowledgeError
from cases.knowledge import knowledge
from cases.knowledge.sentences import Proofreader

Write = Callable[[str], Path]

SAYS = "{name: 转人工, key: human, says: 转人工}"
PAGE = "{name: 在网页打开, key: page, says: 网页, needs_page: true}"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a menu; returns its file."""

    def to_file(text: str) -> Path:
        file = tmp_path / "wechat_menu.yml"
        file.write_text(text, "utf-8")
        return file

    return to_file


def button(*below: str, name: str = "更多") -> str:
    return "\n".join([f"- name: {name}", "  below:", *(f"    - {item}" for item in below)]) + "\n"


def items(made: dict[str, Any]) -> list[dict[str, str]]:
    return [item for one in made["button"] for item in one["sub_button"]]


class TestOurs:
    def test_has_the_three_disputes_the_case_and_a_human(self) -> None:
        disputes = [item.name for item in menu.buttons()[0].below]
        assert len(disputes) == len(knowledge().kinds)
        assert menu.said("progress") == "现在到哪一步了"
        assert menu.said("human") == "转人工"
        assert menu.said("join") == "绑定"

    def test_says_nothing_that_may_not_be_said(self) -> None:
        proofreader = Proofreader(knowledge())
        spoken = [item["name"] for item in items(menu.as_platform_json("https://example.org"))]
        assert [fault for name in spoken for fault in proofreader.faults(name)] == []

    @pytest.mark.parametrize("key", ["", "unknown", "HUMAN", "转人工"])
    def test_says_nothing_by_a_key_it_does_not_have(self, key: str) -> None:
        assert menu.said(key) is None

    @pytest.mark.parametrize("public_url", ["", "https://example.org"])
    def test_is_within_the_limits_of_the_platform(self, public_url: str) -> None:
        made = menu.as_platform_json(public_url)
        assert 1 <= len(made["button"]) <= 3
        assert all(len(one["name"].encode()) <= 16 and 1 <= len(one["sub_button"]) <= 5 for one in made["button"])
        assert all(len(item["name"].encode()) <= 60 for item in items(made))
        assert all(len(item["key"].encode()) <= 128 for item in items(made))


class TestForThePlatform:
    def test_an_entry_is_a_click_with_its_key(self) -> None:
        assert {"type": "click", "name": "转人工", "key": "human"} in items(menu.as_platform_json(""))

    def test_one_that_needs_a_page_is_there_if_there_is_one(self) -> None:
        page = {"type": "click", "name": "在网页打开", "key": "page"}
        assert page in items(menu.as_platform_json("https://example.org"))
        assert page not in items(menu.as_platform_json(""))

    def test_a_button_with_nothing_below_is_left_out(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        loaded = menu.load(write(button(PAGE, name="网页") + button(SAYS)))
        monkeypatch.setattr(menu, "buttons", lambda: loaded)
        assert [one["name"] for one in menu.as_platform_json("")["button"]] == ["更多"]
        assert [one["name"] for one in menu.as_platform_json("https://example.org")["button"]] == ["网页", "更多"]


class TestWhetherItIsThere:
    OURS = menu.as_platform_json("https://example.org")

    def test_as_the_platform_keeps_it(self) -> None:
        kept = [
            {**one, "sub_button": [{**item, "sub_button": []} for item in one["sub_button"]]}
            for one in self.OURS["button"]
        ]
        assert menu.is_same(self.OURS, {"button": kept})

    @pytest.mark.parametrize(
        "theirs",
        [None, {}, {"button": []}, menu.as_platform_json(""), {"button": OURS["button"][:2]}],
        ids=["none", "empty", "no buttons", "without the page", "one less"],
    )
    def test_or_not(self, theirs: dict[str, Any] | None) -> None:
        assert not menu.is_same(self.OURS, theirs)


WRONG = {
    "nothing": ("[]", "at least 1"),
    "four buttons": ("".join(button(SAYS.replace("human", f"human_{n}")) for n in "abcd"), "at most 3"),
    "a button with nothing below": ("- {name: 更多, below: []}", "at least 1"),
    "six below one": (button(*(SAYS.replace("human", f"human_{n}") for n in "abcdef")), "at most 5"),
    "a button's name that is cut off": (button(SAYS, name="出了大问题"), "at most 4"),
    "an entry's name that is cut off": (button("{name: 转给人工客服处理, key: human, says: 转人工}"), "at most 7"),
    "an entry without a name": (button("{key: human, says: 转人工}"), "required"),
    "an entry that does nothing": (button("{name: 转人工}"), "required"),
    "an entry that says without a key": (button("{name: 转人工, says: 转人工}"), "required"),
    "an entry that says nothing": (button("{name: 转人工, key: human, says: ''}"), "at least 1"),
    "a key that is no word": (button("{name: 转人工, key: 人工, says: 转人工}"), "match pattern"),
    "a field nobody knows": (button("{name: 转人工, key: human, says: 转人工, colour: red}"), "not permitted"),
    "one key for two": (button(SAYS, SAYS), "human appears twice"),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG)
def test_a_menu_that_is_wrong_is_refused_with_its_file(write: Write, text: str, says: str) -> None:
    with pytest.raises(KnowledgeError, match=r"^wechat_menu\.yml:") as raised:
        menu.load(write(text))
    assert says in raised.value.message


def test_a_fault_has_its_line(write: Write) -> None:
    with pytest.raises(KnowledgeError, match=r"^wechat_menu\.yml:4: "):
        menu.load(write(button(SAYS, "{name: 转给人工客服处理, key: other, says: 转人工}")))
