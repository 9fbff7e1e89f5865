"""How a message of the transcript reads in WeChat."""

from datetime import UTC, datetime

import pytest

from api.wechat import rendering
from cases.dialogue import Button
from cases.models import Author, Conversation, Message, Person, StaffUser
from cases.settings import settings

BUTTONS = [Button("没到账", "a", "c_23456789"), Button("到账但<不>对", "b", "c_ABCDEFGH")]
PERSON = Person(id=1, public_id="ABCDEFGH")


def message(text: str, *, asked: str | None = None, offered: list[Button] = BUTTONS, author: str = Author.BOT) -> str:
    """What is sent of a text with the two buttons, while these are on offer."""
    talk = Conversation(id=1, person_id=1, asked=asked, offered=[button.offered() for button in offered])
    buttons = [{"title": button.title, "payload": button.token} for button in BUTTONS]
    said = Message(text=text, author=author, buttons=buttons, sent_at=datetime.now(UTC))
    if author == Author.STAFF:
        said.staff = StaffUser(display_name="小林")
    return "|".join(rendering.parts(said, PERSON, talk))


class TestChoices:
    def test_can_be_tapped_and_numbered(self) -> None:
        assert message("是哪一种？").splitlines() == [
            "是哪一种？",
            "",
            '<a href="weixin://bizmsgmenu?msgmenucontent=没到账&msgmenuid=c_23456789">1. 没到账</a>',
            '<a href="weixin://bizmsgmenu?msgmenucontent=到账但不对&msgmenuid=c_ABCDEFGH">2. 到账但不对</a>',
            "点一下，或者回复前面的数字。",
        ]

    @pytest.mark.parametrize("asked", ["fact.amount", "fact.order_no", "fact.recovered_amount"])
    def test_have_no_numbers_where_a_number_is_asked_for(self, asked: str) -> None:
        assert "1. " not in message("多少钱？", asked=asked)

    def test_that_are_not_on_offer_any_more_are_left_out(self) -> None:
        assert message("是哪一种？", offered=BUTTONS[1:]).count("<a ") == 1
        assert message("是哪一种？", offered=[]) == "是哪一种？"


class TestALongOne:
    LONG = "第一行\n" + "很长的信。" * 300

    def test_is_shown_in_part_with_a_link_to_the_page(self, monkeypatch: pytest.MonkeyPatch, sqlite: None) -> None:
        monkeypatch.setenv("TUIKUAN_PUBLIC_URL", "https://help.example.org")
        settings.cache_clear()
        shown = message(self.LONG, offered=[])
        assert shown.startswith('第一行\n……\n<a href="https://help.example.org/door/ABCDEFGH.')
        assert len(shown.encode()) < 600

    def test_is_sent_in_parts_where_there_is_no_page(self, sqlite: None) -> None:
        parts = message(self.LONG, offered=[]).split("|")
        assert len(parts) == 3
        assert all(len(part.encode()) <= rendering.MAX_BYTES for part in parts)


def test_nobody_can_make_the_assistant_print_a_link(sqlite: None) -> None:
    assert "<a" not in message('<a href="https://evil.example">点</a>', offered=[])


def test_a_human_is_named(sqlite: None) -> None:
    assert message("您好。", author=Author.STAFF, offered=[]) == "【人工·小林】您好。"


class TestPacking:
    @pytest.mark.parametrize(
        ("texts", "taken"),
        [
            pytest.param(["一"], 1, id="one"),
            pytest.param(["一", "二"], 2, id="two that fit"),
            pytest.param(["一" * 660, "二" * 10], 1, id="two that do not"),
            pytest.param(["一" * 700, "二"], 1, id="one that is too long by itself"),
        ],
    )
    def test_takes_as_many_as_fit_and_at_least_one(self, texts: list[str], taken: int) -> None:
        assert rendering.packed(texts)[1] == taken
