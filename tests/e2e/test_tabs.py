"""Several tabs, another browser, staff: everybody sees the same, by push or by asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.e2e.conftest import Chat

pytestmark = pytest.mark.e2e

STORY = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"


def test_two_tabs_are_in_step(phone: Chat, picture: bytes) -> None:
    other = phone.second_tab()
    phone.say(STORY)
    expect(other.own).to_have_count(1)
    expect(other.replies).to_have_text(phone.replies.all_inner_texts())
    expect(other.case_bar).to_be_visible()
    other.until_evidence()
    other.show(picture, "订单.png")
    expect(phone.pictures).to_have_accessible_name("查看 订单.png")
    assert phone.said() == other.said()
    assert [author for author, _ in phone.said()] == [line["author"] for line in phone.stored()]


def test_what_happens_in_another_browser_is_pushed(phone: Chat) -> None:
    asked: list[str] = []
    other = phone.elsewhere()
    phone.page.on("request", lambda request: asked.append(request.url))
    other.say(STORY)
    expect(phone.own).to_have_count(1)
    expect(phone.replies).to_have_text(other.replies.all_inner_texts())
    assert sum("/api/chat/messages" in url for url in asked) < 6


def test_without_a_stream_the_page_asks_now_and_then(phone: Chat) -> None:
    phone.network_may_fail = True
    phone.page.clock.install()
    phone.page.route("**/api/chat/events", lambda route: route.fulfill(status=502, body="Bad Gateway"))
    phone.page.reload()
    expect(phone.replies.first).to_be_enabled()
    other = phone.elsewhere()
    other.say(STORY)
    expect(phone.own).to_have_count(0)
    phone.page.clock.run_for(11_000)
    expect(phone.own).to_have_count(1)
    assert phone.said() == other.said()


def test_my_own_messages_are_not_shown_twice_by_the_push(desktop: Chat) -> None:
    desktop.say(STORY)
    desktop.tap_first()
    with desktop.page.expect_response("**/api/chat/messages?after=*"):
        desktop.say("在淘宝买的")
    desktop.second_tab()
    assert [author for author, _ in desktop.said()] == [line["author"] for line in desktop.stored()]


def test_data_erased_in_one_tab_are_gone_from_the_other(phone: Chat) -> None:
    phone.say(STORY)
    other = phone.second_tab()
    expect(other.own).to_have_count(1)
    phone.choose_in_menu("删除我的资料")
    phone.page.get_by_role("button", name="删除", exact=True).tap()
    phone.page.get_by_role("button", name="真的删除，不留了").tap()
    expect(phone.own).to_have_count(0)
    expect(other.own).to_have_count(0)
    expect(other.case_bar).to_be_hidden()
    assert other.token == phone.token
