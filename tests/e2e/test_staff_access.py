"""The console for everybody: axe finds nothing on any page, it fits, the keyboard does it all, script is not needed."""

from __future__ import annotations

import os
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE, png

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import ViewportSize

    from tests.e2e.conftest import Chat, Employ, Visit
    from tests.e2e.desk import Desk
    from tests.e2e.running import Service

pytestmark = pytest.mark.e2e

STORY = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118090011，到现在还没到账"
FOCUSED_ROW = "document.activeElement.closest('[data-row]')?.getAttribute('href')"


@pytest.fixture(scope="module")
def service(house: Service) -> str:
    """People write to the service that staff work at."""
    return house.url


@pytest.fixture
def person(visit: Visit) -> Chat:
    """Somebody with a case and a picture, who wants a human."""
    chat = visit(PHONE, touch=True)
    chat.open()
    chat.say(STORY)
    chat.until_evidence()
    chat.show(png(300, 500), "订单.png")
    chat.choose_in_menu("转人工")
    chat.settled()
    return chat


def states(desk: Desk) -> Iterator[str]:
    """Everything the console can look like, one after another."""
    desk.open("/staff/?tab=all")
    yield "inbox"
    desk.page.get_by_text("筛选", exact=True).first.click()
    yield "filter"
    desk.open("/staff/?tab=all&q=没有人这么说")
    yield "nothing found"
    desk.open("/staff/?tab=human")
    desk.rows.first.click()
    yield "conversation"
    desk.press("接管")
    expect(desk.page.get_by_label("回复对方")).to_be_visible()
    yield "taken"
    desk.press("常用语")
    yield "replies"
    desk.page.keyboard.press("Escape")
    desk.side.get_by_role("button", name="退回订单详情").click()
    yield "refusing"
    desk.page.keyboard.press("Escape")
    desk.side.get_by_role("button", name="改付款金额").click()
    yield "a fact"
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("link", name=re.compile("^纠正")).first.click()
    expect(desk.page.get_by_label("其实是")).to_be_visible()
    yield "correcting"
    for page in ("teaching", "numbers", "team", f"team/{desk.name}", "audit", "account", "c/NOSUCH"):
        desk.open(f"/staff/{page}")
        yield page


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "scheme"), [pytest.param(PHONE, "light", id="phone"), pytest.param(DESKTOP, "dark", id="desktop by night")]
)
def test_axe_finds_nothing_on_any_page(
    person: Chat, employ: Employ, tmp_path: Path, size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    desk = employ(size)
    desk.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    name = f"chen{size['width']}{scheme}"
    pictures = Path(os.environ.get("E2E_PICTURES", tmp_path))
    found: dict[str, list[str]] = {}
    for state in chain(desk.joining(name, "老陈", "lead"), states(desk)):
        found[state] = desk.violations()
        desk.page.screenshot(path=pictures / f"{state.replace('/', '-')}-{size['width']}-{scheme}.png")
    assert {state: lines for state, lines in found.items() if lines} == {}


@pytest.mark.long
def test_the_list_by_keyboard_alone(person: Chat, employ: Employ) -> None:
    desk = employ()
    desk.join("keys", "小林", "agent")
    desk.open("/staff/?tab=all")
    keys = desk.page.keyboard
    keys.press("/")
    expect(desk.page.get_by_role("search").get_by_label("搜索")).to_be_focused()
    keys.press("Escape")
    keys.press("j")
    first = desk.page.evaluate(FOCUSED_ROW)
    keys.press("j")
    keys.press("k")
    assert desk.page.evaluate(FOCUSED_ROW) == first
    keys.press("Enter")
    desk.page.wait_for_url(f"**{first}")
    keys.press("t")
    expect(desk.notice).to_contain_text("已接管")
    keys.press("r")
    keys.type("在的。")
    keys.press("Control+Enter")
    expect(desk.talk.last).to_contain_text("在的。")
    keys.press("Escape")
    keys.press("n")
    keys.type("老客户")
    keys.press("Control+Enter")
    expect(desk.side.locator(".note")).to_contain_text("老客户")
    keys.press("Escape")
    keys.press("e")
    expect(desk.page.get_by_role("dialog", name="交回给助手")).to_be_visible()
    keys.press("Escape")
    keys.press("g")
    keys.press("i")
    expect(desk.heading).to_have_text("会话")
    keys.press("?")
    expect(desk.page.get_by_role("dialog", name="快捷键")).to_be_visible()


@pytest.mark.long
def test_single_keys_can_be_turned_off(employ: Employ) -> None:
    desk = employ()
    desk.join("nokeys", "小林", "agent")
    desk.press("快捷键")
    desk.page.get_by_label("使用快捷键").uncheck()
    desk.page.keyboard.press("Escape")
    desk.page.reload()
    desk.page.keyboard.press("/")
    expect(desk.page.get_by_role("search").get_by_label("搜索")).not_to_be_focused()


def test_what_comes_in_is_shown_and_what_is_being_typed_stays(person: Chat, employ: Employ) -> None:
    desk = employ()
    desk.join("live", "小林", "agent")
    desk.open("/staff/?tab=human")
    expect(desk.page.locator("#waiting")).to_be_visible()
    desk.rows.first.click()
    note = desk.page.get_by_label("写备注，对方看不到")
    note.fill("写到一半")
    desk.press("退回订单详情")
    reason = desk.page.get_by_role("dialog", name="退回「订单详情」").get_by_label("原因")
    reason.fill("看不清")
    person.write("还有一件事")
    expect(desk.talk.filter(has_text="还有一件事")).to_be_visible()
    person.settled()
    expect(reason).to_be_focused()
    expect(reason).to_have_value("看不清")
    expect(note).to_have_value("写到一半")
    expect(desk.talk.last).to_be_in_viewport()


def test_the_list_is_new_by_itself_and_the_focus_stays(person: Chat, visit: Visit, employ: Employ) -> None:
    desk = employ()
    desk.join("list", "小林", "agent")
    desk.open("/staff/?tab=all")
    desk.page.keyboard.press("j")
    focused = desk.page.evaluate(FOCUSED_ROW)
    before = desk.rows.count()
    other = visit(PHONE, touch=True)
    other.open()
    other.say("在闪电发卡买的会员打不开")
    expect(desk.rows).to_have_count(before + 1)
    expect(desk.rows.first).to_contain_text("闪电发卡")
    assert desk.page.evaluate(FOCUSED_ROW) == focused


@pytest.mark.long
def test_it_works_without_script(person: Chat, employ: Employ) -> None:
    desk = employ(java_script_enabled=False)
    desk.join("plain", "小林", "agent")
    desk.open("/staff/?tab=human")
    desk.rows.first.click()
    desk.press("接管")
    expect(desk.notice).to_contain_text("已接管")
    desk.page.get_by_label("回复对方").fill("在的，我来看。")
    desk.press("发送")
    expect(desk.talk.last).to_contain_text("在的，我来看。")
    desk.press("交回")
    desk.page.get_by_role("dialog", name="交回给助手").get_by_role("button", name="交回").click()
    expect(desk.notice).to_contain_text("已交回")
