"""A whole case on the page, from the first words to the letter, and coming back to it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from cases.knowledge import knowledge

if TYPE_CHECKING:
    from tests.e2e.conftest import Chat

pytestmark = pytest.mark.e2e

STORY = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"
FACTS = {
    "平台": "极速卡盟",
    "买的东西": "话费",
    "付款金额": "200 元",
    "付款日期": "11月18日",
    "付款渠道": "微信",
    "订单号": "20261118093344",
}


def test_a_case_on_the_phone_from_the_greeting_to_the_letter(phone: Chat, picture: bytes) -> None:
    expect(phone.replies).to_have_text([choice.title for choice in knowledge().facts["dispute_kind"].choices])
    expect(phone.messages.first).to_contain_text("退款助手")
    expect(phone.case_bar).to_be_hidden()

    phone.say(STORY)
    expect(phone.case_bar).to_contain_text(re.compile(r"证据 0/\d"))
    phone.open_case()
    assert phone.facts().items() >= FACTS.items()
    given, needed = phone.proof()
    assert given == 0
    assert needed >= 3
    phone.close_case()

    phone.until_evidence()
    phone.show(picture, "订单.png")
    expect(phone.pictures).to_have_accessible_name("查看 订单.png")
    expect(phone.case_bar).to_contain_text(f"证据 1/{needed}")
    phone.tap("没有")
    phone.until_letter()
    expect(phone.case_bar).to_contain_text(f"证据 1/{needed}")

    letter = phone.document("demand")
    for word in ("极速卡盟", "话费", "200.00元", "20261118093344", "2026年11月18日", "2026年11月22日"):
        assert word in letter
    expect(phone.letter).to_contain_text("20261118093344")
    phone.letter.get_by_role("button", name="复制").tap()
    expect(phone.letter.get_by_role("button")).to_contain_text("已复制")
    assert phone.clipboard() == letter


def test_the_case_sheet_shows_the_evidence_and_the_documents(phone: Chat, picture: bytes) -> None:
    phone.say(STORY)
    phone.until_evidence()
    phone.show(picture)
    phone.tap("没有")
    phone.until_letter()

    phone.open_case()
    assert phone.proof()[0] == 1
    states = phone.case.locator("li.row:not(.step) .row-state")
    expect(states.filter(has_text="已收到")).to_have_count(1)
    expect(states.filter(has_text="没有")).to_have_count(1)
    expect(states.filter(has_text="稍后补")).not_to_have_count(0)
    expect(phone.case).to_contain_text(f"校验码 {hashlib.sha256(picture).hexdigest()[:8]}")

    documents = phone.case.locator(".paper")
    expect(documents).to_have_count(1)
    documents.get_by_text("查看", exact=True).tap()
    expect(documents.get_by_role("region")).to_have_text(phone.document("demand"))
    documents.get_by_role("button", name="复制").tap()
    expect(documents.get_by_role("button", name="已复制")).to_be_visible()
    assert phone.clipboard() == phone.document("demand")


def test_the_desktop_shows_the_case_beside_the_chat(desktop: Chat, picture: bytes) -> None:
    expect(desktop.case).to_contain_text("还没有案子")
    desktop.say(STORY)
    expect(desktop.case_bar).to_be_hidden()
    expect(desktop.case).to_be_visible()
    assert desktop.facts().items() >= FACTS.items()
    desktop.until_evidence()
    desktop.show(picture)
    assert desktop.proof()[0] == 1
    desktop.until_letter()
    expect(desktop.case.locator(".paper")).to_be_visible()


def test_a_reload_keeps_the_conversation_the_case_and_the_question(phone: Chat, picture: bytes) -> None:
    phone.say(STORY)
    phone.until_evidence()
    phone.show(picture, "订单.png")
    said, offered, bar = phone.said(), phone.replies.all_inner_texts(), phone.case_bar.inner_text()

    phone.page.reload()
    expect(phone.replies).to_have_text(offered)
    assert phone.said() == said
    expect(phone.own.last).to_contain_text("订单.png")
    expect(phone.case_bar).to_have_text(re.compile(re.sub(r"\s+", r"\\s*", bar)))
    phone.open_case()
    assert phone.facts().items() >= FACTS.items()
    phone.close_case()

    phone.tap("没有")
    assert phone.said()[: len(said)] == said
    assert phone.own_stored()[-1] == "没有"


def test_a_question_put_off_is_asked_again_in_the_same_case(phone: Chat) -> None:
    phone.say(STORY)
    number = phone.case_bar.inner_text()
    phone.until_evidence()
    phone.until_letter()
    assert re.findall(r"案子 \w+", phone.case_bar.inner_text()) == re.findall(r"案子 \w+", number)
    assert sum(text.startswith("案子 ") for _, text in phone.said()) == 1
