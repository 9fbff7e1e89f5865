"""What the service refuses is said in Chinese, beside what it is about, and leaves a way on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Request, Route, expect

if TYPE_CHECKING:
    from tests.e2e.conftest import Chat

pytestmark = pytest.mark.e2e

STORY = "在极速卡盟充话费没到账"
NOT_FOR_PEOPLE = re.compile(r"error|exception|fail|block|undefined|null|object", re.IGNORECASE)


@pytest.fixture(autouse=True)
def refusals(phone: Chat) -> None:
    """The browser reports every refused request in the console."""
    phone.network_may_fail = True


def test_a_message_too_long_is_refused_and_can_be_changed(phone: Chat) -> None:
    phone.write("很长" * 2600)
    problem = phone.page.locator(".problem")
    _chinese(problem)
    expect(problem).to_contain_text("太长")
    expect(phone.replies.first).to_be_enabled()

    problem.get_by_role("button", name="修改").tap()
    expect(phone.own).to_have_count(0)
    expect(phone.box).to_have_value("很长" * 2600)
    phone.say(STORY)
    assert phone.own_stored() == [STORY]


def test_a_refused_message_is_still_there_after_a_reload(phone: Chat) -> None:
    phone.write("很长" * 2600)
    expect(phone.page.locator(".problem")).to_be_visible()
    phone.page.reload()
    expect(phone.own).to_have_count(1)
    _chinese(phone.page.locator(".problem"))


def test_a_file_that_only_claims_to_be_a_picture(phone: Chat) -> None:
    phone.attach(b"not a picture", "订单.png")
    problem = phone.page.locator(".problem")
    _chinese(problem)
    expect(problem).to_contain_text("图片")
    problem.get_by_role("button", name="删除").tap()
    expect(phone.own).to_have_count(0)
    phone.page.reload()
    expect(phone.replies.first).to_be_enabled()
    expect(phone.own).to_have_count(0)


def test_a_file_of_another_kind_is_not_even_sent(phone: Chat) -> None:
    phone.attach(b"PK", "合同.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    expect(phone.notice).to_contain_text("发不了")
    expect(phone.notice).to_contain_text(re.compile("JPG.*PNG.*WebP.*HEIC.*PDF.*MP4"))
    expect(phone.own).to_have_count(0)


def test_a_button_that_has_expired_shows_what_is_on_offer_now(phone: Chat) -> None:
    phone.page.route("**/api/chat/events", lambda route: route.abort())
    phone.page.reload()
    expect(phone.replies.first).to_be_enabled()
    other = phone.elsewhere()
    other.tap_first()
    offered = other.replies.all_inner_texts()

    phone.replies.last.tap()
    _chinese(phone.notice)
    expect(phone.notice).to_contain_text("过期")
    expect(phone.replies).to_have_text(offered)
    expect(phone.replies.first).to_be_enabled()
    expect(phone.case_bar).to_be_visible()
    assert phone.said() == other.said()


def test_an_expired_session_is_replaced_while_talking(phone: Chat) -> None:
    old = phone.token

    def expire(route: Route) -> None:
        if _token(route.request) == old:
            body = '{"error": {"code": "not_allowed", "message": "会话已过期。"}}'
            route.fulfill(status=401, content_type="application/json", body=body)
        else:
            route.continue_()

    phone.page.route("**/api/chat/messages", expire)
    with phone.page.expect_request(lambda request: request.url.endswith("/events") and _token(request) != old):
        phone.say(STORY)  # what is heard of the old one from now on would be of somebody else
    expect(phone.page.locator(".stamp", has_text="已为你开始新的会话")).to_be_visible()
    assert phone.token != old
    assert phone.own_stored() == [STORY]
    expect(phone.case_bar).to_be_visible()


def test_a_session_the_service_does_not_know_starts_anew(phone: Chat) -> None:
    phone.page.evaluate("localStorage.setItem('tuikuan.session', JSON.stringify({token: 'gone'}))")
    phone.page.reload()
    expect(phone.replies.first).to_be_enabled()
    phone.say(STORY)
    assert phone.own_stored() == [STORY]


def test_an_answer_that_is_not_from_the_service_is_still_told_in_chinese(phone: Chat) -> None:
    phone.page.route("**/api/chat/messages", lambda route: route.fulfill(status=403, body="<h1>Request Blocked</h1>"))
    phone.write(STORY)
    problem = phone.page.locator(".problem")
    _chinese(problem)
    phone.page.unroute("**/api/chat/messages")
    problem.get_by_role("button", name="重新发送").tap()
    phone.settled()
    assert phone.own_stored() == [STORY]


def _chinese(shown: Locator) -> None:
    expect(shown).to_have_text(re.compile(r"[一-鿿]{4}"))
    expect(shown).not_to_have_text(NOT_FOR_PEOPLE)


def _token(request: Request) -> str:
    return request.headers["authorization"].removeprefix("Bearer ")
