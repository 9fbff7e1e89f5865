"""For everybody: axe finds nothing in any state, light or dark; the keyboard reaches everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE, png

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.conftest import Chat, Visit

pytestmark = pytest.mark.e2e

STORY = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"
SMALL_TARGETS = """() => {
  const root = document.querySelector("tuikuan-chat").shadowRoot;
  return [...root.querySelectorAll("button, a, summary, select, input:not(.hidden), textarea")]
    .filter((e) => e.checkVisibility() && !e.matches(".skip, .box"))
    .filter((e) => { const { width, height } = e.getBoundingClientRect(); return width < 24 || height < 24; })
    .map((e) => e.outerHTML);
}"""


def violations(chat: Chat) -> list[str]:
    """What axe finds, as lines; and what is too small to be hit."""
    found: list[dict[str, Any]] = Axe().run(chat.page).response["violations"]
    lines = [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
    return lines + [f"small: {element}" for element in chat.page.evaluate(SMALL_TARGETS)]


def states(chat: Chat, *, phone: bool) -> Iterator[str]:
    """Everything the page can look like, one after another."""
    yield "greeting"
    chat.press("更多")
    yield "menu"
    chat.press("删除我的资料")
    yield "erasing"
    chat.press("不删了")
    chat.say(STORY)
    yield "case begun"
    chat.until_evidence()
    chat.card.get_by_text("为什么要这个").click()
    chat.card.get_by_text("怎么截图").click()
    yield "evidence asked"
    chat.show(png(300, 500), "订单.png")
    chat.pictures.click()
    chat.press("加一块")
    yield "viewer"
    chat.press("保存打码版")
    expect(chat.page.get_by_role("button", name="下载打码版")).to_be_visible()
    chat.page.keyboard.press("Escape")
    chat.until_letter()
    yield "letter"
    if phone:
        chat.open_case()
    chat.case.get_by_text("查看", exact=True).click()
    expect(chat.case.get_by_role("region")).to_contain_text("极速卡盟")
    chat.press("修改付款日期")
    yield "case, with a fact being edited"
    chat.press("取消")
    if phone:
        chat.close_case()
    chat.network_may_fail = True
    chat.write("w" * 5001)
    expect(chat.page.locator(".problem")).to_be_visible()
    chat.context.set_offline(True)
    chat.write("还有")
    expect(chat.status).to_contain_text("离线，已保存")
    yield "refused and offline"


@pytest.mark.parametrize(
    ("phone", "scheme"),
    [
        pytest.param(True, "light", id="phone"),
        pytest.param(False, "dark", id="desktop by night"),
        pytest.param(True, "dark", id="phone by night", marks=pytest.mark.long),
        pytest.param(False, "light", id="desktop", marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing_in_any_state(visit: Visit, scheme: Literal["light", "dark"], phone: bool) -> None:
    chat = visit(PHONE if phone else DESKTOP, touch=phone)
    chat.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    chat.open()
    found = {state: violations(chat) for state in states(chat, phone=phone)}
    assert {state: lines for state, lines in found.items() if lines} == {}


def test_axe_would_find_something(desktop: Chat) -> None:
    desktop.box.evaluate("e => { e.previousElementSibling.remove(); e.removeAttribute('placeholder'); }")
    assert [line for line in violations(desktop) if line.startswith("label:")] != []


def test_the_menu_by_keyboard_alone(desktop: Chat) -> None:
    opener = desktop.page.get_by_role("button", name="更多")
    opener.focus()
    desktop.page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    assert desktop.focused(desktop.page.get_by_role("button", name="转人工"))
    desktop.page.keyboard.press("Escape")
    expect(desktop.page.get_by_role("button", name="转人工")).to_be_hidden()
    assert desktop.focused(opener)
    desktop.page.keyboard.press("Enter")
    for _ in range(4):
        desktop.page.keyboard.press("Tab")
    expect(opener).to_have_attribute("aria-expanded", "false")
