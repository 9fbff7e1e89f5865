"""A day at the console: sign in, find, read, take over, speak, hand back, teach, review, sign out."""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.api.wechat.follower import Follower
from tests.e2e.conftest import DESKTOP, PHONE, WAIT_MS, png

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import ViewportSize

    from tests.api.wechat.fake_platform import FakePlatform
    from tests.e2e.conftest import Chat, Employ, Visit
    from tests.e2e.running import Service

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def service(house: Service) -> str:
    """People write to the service that staff work at."""
    return house.url


def story(order: str) -> str:
    return f"我11月18号在极速卡盟用微信付了200块充话费，订单号{order}，到现在还没到账"


def waiting_person(visit: Visit, order: str) -> Chat:
    """Somebody who has told their case, given a picture, and wants a human."""
    person = visit(PHONE, touch=True)
    person.open()
    person.say(story(order))
    person.until_evidence()
    person.show(png(300, 500), "订单.png")
    person.choose_in_menu("转人工")
    person.settled()
    return person


@pytest.mark.parametrize(
    ("size", "order"),
    [
        pytest.param(DESKTOP, "20261118093344", id="desktop", marks=pytest.mark.long),
        pytest.param(PHONE, "20261118095566", id="phone"),
    ],
)
def test_a_day(visit: Visit, employ: Employ, size: ViewportSize, order: str) -> None:
    person = waiting_person(visit, order)
    desk = employ(size)

    desk.join(f"lin{order[-4:]}", "小林", "agent")
    desk.sign_out()
    desk.sign_in()

    expect(desk.page.get_by_role("link", name="需要人工")).to_have_attribute("aria-current", "page")
    expect(desk.rows.filter(has_text="极速卡盟").first).to_contain_text("等人工")
    desk.find(order)
    expect(desk.rows).to_have_count(1)
    desk.rows.click()

    told = desk.talk.filter(has_text="到现在还没到账")
    expect(told).to_contain_text(f"****{order[-4:]}")
    expect(told).not_to_contain_text(order)
    expect(told).to_contain_text(re.compile(r"没到账 \d+%"))
    expect(told).to_contain_text("付款金额 200 元")
    desk.press("显示号码和姓名")
    expect(told).to_contain_text(order)

    desk.press("接管")
    expect(desk.notice).to_contain_text("已接管")
    expect(person.messages.last).to_contain_text("客服小林接手了")
    person.say("好的，麻烦你了")
    expect(desk.talk.last).to_contain_text("好的，麻烦你了")
    desk.press("常用语")
    desk.page.get_by_role("link", name="正在看").click()
    expect(desk.page.get_by_label("回复对方")).to_have_value(re.compile("收到，我正在看"))
    desk.press("发送")
    expect(desk.page.get_by_label("回复对方")).to_have_value("")
    expect(person.messages.last).to_have_class(re.compile("staff"))
    expect(person.messages.last).to_contain_text("人工客服")
    expect(person.messages.last).to_contain_text("收到，我正在看")
    assert [author for author, _ in person.said()[-3:]] == ["bot", "person", "staff"]

    desk.press("交回")
    dialog = desk.page.get_by_role("dialog", name="交回给助手")
    dialog.get_by_label("交代一句").fill("账单要能看清商户单号。")
    dialog.get_by_role("button", name="交回").click()
    expect(desk.notice).to_contain_text("已交回")
    expect(person.messages.filter(has_text="小林先离开了")).to_be_visible()
    expect(person.messages.filter(has_text="账单要能看清商户单号")).to_be_visible()
    expect(person.replies.first).to_be_enabled()

    told.get_by_role("link", name="纠正").click()
    desk.page.get_by_label("其实是").select_option("merchant_gone")
    desk.press("记下纠正")
    expect(desk.notice).to_contain_text("纠正记下了")
    expect(told).to_contain_text("纠正为")

    desk.press("接受订单详情")
    expect(desk.notice).to_contain_text("已接受")
    expect(desk.side.locator("#e-ev_order")).to_contain_text("已接受")

    desk.press("导出")
    with desk.page.expect_download() as saved:
        desk.press("对话 Markdown")
    exported = saved.value.path().read_text()
    assert "好的，麻烦你了" in exported
    assert order not in exported
    desk.page.keyboard.press("Escape")

    desk.go("教学")
    expect(desk.page.get_by_role("table", name="最近的纠正")).to_contain_text("到现在还没到账")

    desk.sign_out()
    desk.open("/staff/")
    expect(desk.page.get_by_label("登录名")).to_be_visible()


def test_evidence_that_is_sent_back_is_asked_for_again_with_the_reason(visit: Visit, employ: Employ) -> None:
    person = waiting_person(visit, "20261118091122")
    desk = employ()
    desk.join("zhou", "小周", "agent")
    desk.open("/staff/")
    desk.find("20261118091122")
    desk.rows.click()
    desk.press("退回订单详情")
    dialog = desk.page.get_by_role("dialog", name="退回「订单详情」")
    dialog.get_by_label("原因").fill("看不清订单号，请截完整一页。")
    dialog.get_by_role("button", name="退回", exact=True).click()
    expect(desk.side.locator("#e-ev_order")).to_contain_text("已退回")
    expect(person.messages.filter(has_text="看不清订单号，请截完整一页。")).to_be_visible()


def test_somebody_on_wechat_hears_the_human_too(house: Service, platform: FakePlatform, employ: Employ) -> None:
    with httpx.Client(base_url=house.url) as client:
        person = Follower(client, platform)  # type: ignore[arg-type]  # it posts as a test client does
        person.write("我在星河卡盟买的会员一直没到，付了66块")
        person.write("转人工")
        desk = employ()
        desk.join("wu", "小吴", "agent")
        desk.open("/staff/?tab=all")
        desk.find("星河卡盟")
        desk.rows.first.click()
        desk.press("接管")
        expect(desk.notice).to_contain_text("已接管")
        until(lambda: "客服小吴接手了" in "".join(person.pushed))
        assert person.write("在吗") is None
        expect(desk.talk.last).to_contain_text("在吗")
        desk.page.get_by_label("回复对方").fill("在的，我看一下你的订单。")
        desk.press("发送")
        until(lambda: person.pushed[-1] == "【人工·小吴】在的，我看一下你的订单。")


def until(is_so: Callable[[], bool]) -> None:
    """What no page shows comes about all the same."""
    deadline = time.monotonic() + WAIT_MS / 1000
    while not is_so():
        assert time.monotonic() < deadline, "it did not"
        threading.Event().wait(0.05)


@pytest.mark.long
def test_a_lead_reads_who_read_what(visit: Visit, employ: Employ) -> None:
    waiting_person(visit, "20261118097788")
    desk = employ()
    desk.join("chen", "老陈", "lead")
    desk.open("/staff/")
    desk.find("20261118097788")
    desk.rows.click()
    desk.press("显示号码和姓名")
    desk.go("审计")
    lines = desk.page.get_by_role("table", name="审计")
    expect(lines).to_contain_text("看案子")
    expect(lines).to_contain_text("显示隐去的内容")
