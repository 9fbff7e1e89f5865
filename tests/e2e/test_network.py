"""A bad network: what the person wrote is never lost and never sent twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Request, Route, expect

if TYPE_CHECKING:
    from tests.e2e.conftest import Chat

pytestmark = pytest.mark.e2e

STORY = "在极速卡盟充话费没到账"
MORE = "微信付的，一共200元"


def test_what_is_sent_without_network_arrives_once_when_it_is_back(phone: Chat, picture: bytes) -> None:
    phone.network_may_fail = True
    phone.say(STORY)
    phone.context.set_offline(True)
    phone.write(MORE)
    phone.attach(picture, "订单.png")
    expect(phone.status).to_contain_text("不会丢失")
    expect(phone.own).to_have_count(3)
    expect(phone.page.locator(".person.pending")).to_have_count(2)

    phone.context.set_offline(False)
    phone.settled()
    expect(phone.status).to_be_empty()
    expect(phone.own).to_have_count(3)
    assert phone.own_stored() == [STORY, MORE, "订单.png"]
    _same_after_reload(phone)


def test_an_answer_lost_on_its_way_is_fetched_and_nothing_is_said_twice(phone: Chat) -> None:
    phone.network_may_fail = True
    lost: list[Request] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.request)
        route.fetch()
        route.abort("connectionreset")

    phone.page.route("**/api/chat/messages", lose_the_first_answer)
    phone.say(STORY)
    assert len(lost) == 1
    assert phone.own_stored() == [STORY]
    _same_after_reload(phone)


def test_a_tapped_reply_survives_the_cut_too(phone: Chat) -> None:
    phone.network_may_fail = True
    title = phone.replies.first.inner_text()
    phone.context.set_offline(True)
    phone.replies.first.tap()
    expect(phone.status).to_contain_text("不会丢失")
    expect(phone.replies.first).to_be_hidden()
    phone.context.set_offline(False)
    phone.settled()
    assert phone.own_stored() == [title]
    _same_after_reload(phone)


def test_a_reload_during_the_cut_loses_nothing(phone: Chat, picture: bytes) -> None:
    phone.network_may_fail = True
    phone.page.route("**/api/**", lambda route: route.abort())
    phone.write(STORY)
    phone.attach(picture, "订单.png")
    expect(phone.status).to_contain_text("不会丢失")

    phone.page.reload()
    expect(phone.own).to_have_count(2)
    expect(phone.own.first).to_contain_text(STORY)
    phone.page.unroute("**/api/**")
    phone.settled()
    expect(phone.replies.first).to_be_enabled()
    expect(phone.own).to_have_count(2)
    assert phone.own_stored() == [STORY, "订单.png"]


def test_a_service_that_starts_late_is_waited_for(phone: Chat) -> None:
    phone.network_may_fail = True
    turns = iter([502, 503])

    def starting(route: Route) -> None:
        status = next(turns, None)
        if status is None or route.request.method != "POST":
            route.continue_()
        else:
            route.fulfill(status=status, content_type="text/html", body="<h1>Bad Gateway</h1>")

    phone.page.route("**/api/chat/messages", starting)
    phone.say(STORY)
    expect(phone.status).to_be_empty()
    assert phone.own_stored() == [STORY]


def test_tapping_a_reply_twice_answers_once(desktop: Chat) -> None:
    title = desktop.replies.first.inner_text()
    desktop.replies.first.dblclick()
    desktop.settled()
    assert desktop.own_stored() == [title]
    expect(desktop.own).to_have_count(1)


def _same_after_reload(chat: Chat) -> None:
    said = chat.said()
    assert [author for author, _ in said] == [line["author"] for line in chat.stored()]
    chat.page.reload()
    expect(chat.messages).to_have_count(len(said))
    expect(chat.replies.first).to_be_enabled()
    assert chat.said() == said
