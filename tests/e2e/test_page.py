"""The page itself: keyboard, widths, its policy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

if TYPE_CHECKING:
    from tests.e2e.conftest import Chat, Visit

pytestmark = pytest.mark.e2e

STORY = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"
SIZES: list[tuple[ViewportSize, bool]] = [
    ({"width": 320, "height": 640}, True),
    ({"width": 390, "height": 844}, True),
    ({"width": 1280, "height": 800}, False),
]
# Whatever reaches over the edge of the screen, or is wider than the box that holds it.
TOO_WIDE = """() => {
  const shown = (e) => e.checkVisibility() && !e.closest(".hidden, .skip");
  const root = document.querySelector("tuikuan-chat").shadowRoot;
  return [...root.querySelectorAll("*")].filter(shown).filter((e) => {
    const box = e.getBoundingClientRect();
    const holds = e.clientWidth > 0 && getComputedStyle(e).textOverflow !== "ellipsis";
    return box.left < -0.5 || box.right > innerWidth + 0.5 || (holds && e.scrollWidth > e.clientWidth + 1);
  }).map((e) => `${e.tagName} ${e.className}`).concat(
    document.documentElement.scrollWidth > innerWidth ? ["the document"] : []);
}"""


@pytest.mark.parametrize(("size", "touch"), SIZES, ids=["320", "390", "1280"])
def test_nothing_is_wider_than_the_screen(visit: Visit, picture: bytes, size: ViewportSize, touch: bool) -> None:
    chat = visit(size, touch=touch)
    chat.open()
    _fits(chat)
    chat.say("https://example.com/" + "order" * 40)
    chat.say(STORY)
    _fits(chat)
    chat.until_evidence()
    chat.show(picture, "一个名字很长很长很长很长很长很长很长很长的截图-20261118-093344-screenshot.png")
    _fits(chat)
    chat.until_letter()
    _fits(chat)
    if touch:
        chat.open_case()
    chat.case.get_by_text("查看", exact=True).click()
    expect(chat.case.get_by_role("region")).to_contain_text("极速卡盟")
    _fits(chat)


def test_the_page_says_what_it_is_and_what_it_is_not_and_starts_with_one_tap(phone: Chat) -> None:
    intro = phone.page.locator("tuikuan-chat > .intro")
    expect(intro.get_by_role("heading")).to_be_in_viewport()
    for word in ("理清证据", "写好材料", "记住期限", "不是律师", "不保证"):
        expect(intro.get_by_text(word)).to_be_in_viewport()
    for reply in phone.replies.all():
        expect(reply).to_be_in_viewport(ratio=1)
    phone.tap_first()
    expect(phone.own).to_have_count(1)


def test_a_refusal_and_a_waiting_message_fit_the_narrowest_screen(visit: Visit) -> None:
    chat = visit(SIZES[0][0], touch=True)
    chat.network_may_fail = True
    chat.open()
    chat.write("w" * 5001)
    expect(chat.page.locator(".problem")).to_be_visible()
    chat.context.set_offline(True)
    chat.write(STORY)
    expect(chat.status).not_to_be_empty()
    _fits(chat)


def test_a_case_by_keyboard_alone(desktop: Chat) -> None:
    page = desktop.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="跳到输入框")).to_be_focused()
    page.keyboard.press("Enter")
    expect(desktop.box).to_be_focused()

    page.keyboard.insert_text("在极速卡盟充话费")
    page.keyboard.press("Shift+Enter")
    page.keyboard.insert_text("一直没到账")
    page.keyboard.press("Enter")
    desktop.settled()
    assert desktop.own_stored() == ["在极速卡盟充话费\n一直没到账"]
    expect(desktop.box).to_be_focused()
    expect(desktop.box).to_have_value("")

    for _ in range(20):
        if desktop.letter.count():
            break
        later = desktop.replies.filter(has_text=re.compile("^晚点"))
        _walk_to(desktop, later if later.count() else desktop.replies.first, "Shift+Tab")
        page.keyboard.press("Enter")
        desktop.settled()
        expect(desktop.box).to_be_focused()
    copy = desktop.letter.get_by_role("button", name="复制")
    _walk_to(desktop, copy, "Shift+Tab")
    page.keyboard.press("Space")
    expect(desktop.letter.get_by_role("button", name="已复制")).to_be_focused()
    assert desktop.clipboard() == desktop.document("demand")


def test_the_case_sheet_by_keyboard_alone(phone: Chat) -> None:
    phone.say(STORY)
    sheet = phone.page.get_by_role("dialog")
    expect(phone.case_bar).to_have_attribute("aria-expanded", "false")
    _walk_to(phone, phone.case_bar, "Shift+Tab")
    phone.page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    _walk_to(phone, phone.page.get_by_role("button", name="关闭"), "Tab")
    for _ in range(6):
        phone.page.keyboard.press("Tab")
        assert not phone.page.locator("main").evaluate("e => e.contains(e.getRootNode().activeElement)")
    phone.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(phone.case_bar).to_be_focused()
    expect(phone.case_bar).to_have_attribute("aria-expanded", "false")


def test_an_open_input_method_keeps_its_enter(desktop: Chat) -> None:
    desktop.box.fill("没到账")
    desktop.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(desktop.box).to_have_value("没到账")
    expect(desktop.own).to_have_count(0)


def test_the_page_has_a_strict_policy_and_keeps_it(desktop: Chat, picture: bytes) -> None:
    answer = desktop.page.reload()
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    expect(desktop.replies.first).to_be_enabled()
    desktop.say(STORY)
    desktop.show(picture)
    desktop.page.reload()
    expect(desktop.case).to_contain_text("极速卡盟")
    desktop.check()  # no complaint, no failed request, nobody else asked


def test_the_watch_would_see_a_broken_policy(desktop: Chat) -> None:
    inline = "document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))"
    with desktop.page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        desktop.page.evaluate(inline)
    assert desktop.watch.problems != []
    desktop.watch.problems.clear()


def _fits(chat: Chat) -> None:
    found: Any = chat.page.evaluate(TOO_WIDE)
    assert found == []


def _walk_to(chat: Chat, target: Locator, key: str) -> None:
    """Press `key` until `target` has the focus, and see that the focus shows."""
    for _ in range(40):
        if chat.focused(target):
            assert target.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
            return
        chat.page.keyboard.press(key)
    raise AssertionError(f"{key} does not reach {target}")
