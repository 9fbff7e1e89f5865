"""From WeChat to the page: the door asks before it opens, and never takes a conversation away unasked.

The model has no part in it, so the service runs in this process, with an assistant that echoes: the tests can make
links as WeChat's channel makes them.
"""

from __future__ import annotations

import re
import socket
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import Page, Route, expect

from api.app import create_app
from api.door import tickets
from bot.assistant import EchoAssistant
from cases.database import engine, reading, transaction
from cases.models import ChannelIdentity
from cases.people import erasing
from cases.people import service as people
from cases.settings import settings
from cases.transcript import service as transcript
from tests.e2e.conftest import DESKTOP, HOST, PHONE, Chat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.conftest import Visit

pytestmark = pytest.mark.e2e

SAID, HERE = "在微信里说的话", "在这个浏览器里说的话"
DOOR = "打开我的案子"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that echoes."""
    door = socket.create_server((HOST, 0))  # who comes before it is served waits in its queue
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TUIKUAN_DATA_DIR", str(tmp_path_factory.mktemp("door")))
        patch.setenv("TUIKUAN_DATABASE_URL", "")
        patch.setenv("TUIKUAN_READING", "off")
        _forget_settings()
        server = uvicorn.Server(uvicorn.Config(create_app(EchoAssistant()), ws="none", log_level="error"))
        thread = threading.Thread(target=server.run, args=([door],))
        thread.start()
        yield f"http://{HOST}:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join()
        engine().dispose()
    _forget_settings()


def _forget_settings() -> None:
    settings.cache_clear()
    engine.cache_clear()


@pytest.fixture
def link(phone: Chat) -> Iterator[str]:
    """The address of the door of somebody who has said something in WeChat; `phone` has waited for the service."""
    with transaction() as session:
        person = people.by_channel(session, "wechat", "o-them")
        conversation = transcript.conversation_of(session, person)
        transcript.record_person(session, conversation, channel="wechat", text=SAID, intent=None, confidence=None)
        path = tickets.sign(person)
    yield phone.url + path
    with transaction() as session:
        erasing.erase(session, people.by_channel(session, "wechat", "o-them"))


@pytest.fixture
def fresh(visit: Visit, phone: Chat) -> Page:
    """A phone that has never been here."""
    chat = visit(PHONE, touch=True)
    chat.network_may_fail = True  # the browser reports every refusal
    return chat.page


@pytest.fixture
def here(phone: Chat) -> Page:
    """A phone in whose browser somebody has a conversation."""
    phone.network_may_fail = True
    phone.say(HERE)
    return phone.page


def doors() -> int:
    with reading() as session:
        return session.query(ChannelIdentity).count()


def own(page: Page, text: str) -> None:
    """The page has come to the conversation in which this was said."""
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator(".message.person")).to_have_text(re.compile(text))


def test_opens_the_conversation_of_wechat_by_one_tap(fresh: Page, link: str) -> None:
    fresh.goto(link)
    fresh.get_by_role("button", name=DOOR).tap()
    own(fresh, SAID)
    fresh.reload()
    own(fresh, SAID)


def test_what_is_said_there_is_the_same_conversation(visit: Visit, link: str) -> None:
    chat = visit(PHONE, touch=True)
    chat.network_may_fail = True  # there is no case to show
    chat.page.goto(link)
    chat.page.get_by_role("button", name=DOOR).tap()
    own(chat.page, SAID)
    chat.say("在网页上接着说")
    assert chat.own_stored() == [SAID, "在网页上接着说"]


def test_the_link_is_not_kept_in_the_history(fresh: Page, link: str) -> None:
    fresh.goto(link)
    fresh.get_by_role("button", name=DOOR).tap()
    own(fresh, SAID)
    fresh.go_back()
    assert "/door/" not in fresh.url


def test_nothing_is_opened_by_looking(fresh: Page, link: str) -> None:
    before = doors()
    fresh.goto(link)
    expect(fresh.get_by_role("button", name=DOOR)).to_be_visible()
    fresh.wait_for_load_state("networkidle")
    assert doors() == before
    assert fresh.evaluate("localStorage.length") == 0


def test_says_not_to_open_what_somebody_else_has_sent(fresh: Page, link: str) -> None:
    fresh.goto(link)
    expect(fresh.get_by_text("别人发来的不要打开")).to_be_visible()


def test_the_second_time_the_same_browser_goes_straight_in(fresh: Page, link: str) -> None:
    fresh.goto(link)
    fresh.get_by_role("button", name=DOOR).tap()
    own(fresh, SAID)
    before = doors()
    fresh.goto(link)
    own(fresh, SAID)
    assert doors() == before


class TestAnotherConversation:
    def test_is_not_left_unasked(self, here: Page, link: str) -> None:
        before = here.evaluate("localStorage.getItem('tuikuan.session')")
        here.goto(link)
        expect(here.get_by_text("已经有另一个对话")).to_be_visible()
        expect(here.get_by_role("button", name=DOOR)).to_be_hidden()
        assert here.evaluate("localStorage.getItem('tuikuan.session')") == before

    def test_can_be_stayed_in(self, here: Page, link: str) -> None:
        here.goto(link)
        here.get_by_role("button", name="留在这里").tap()
        own(here, HERE)

    def test_can_be_left(self, here: Page, link: str) -> None:
        here.goto(link)
        here.get_by_role("button", name="打开微信里的案子").tap()
        own(here, SAID)

    def test_leaves_nothing_behind_to_be_sent_in_the_new_one(self, here: Page, link: str) -> None:
        here.route("**/api/chat/messages", lambda route: route.abort())
        here.get_by_role("textbox", name="输入消息").fill("只给这里的话")
        here.get_by_role("button", name="发送", exact=True).tap()
        expect(here.locator(".message.person")).to_have_count(2)
        here.unroute("**/api/chat/messages")
        here.goto(link)
        here.get_by_role("button", name="打开微信里的案子").tap()
        own(here, SAID)
        expect(here.get_by_text("只给这里的话")).to_have_count(0)

    def test_that_was_erased_is_none(self, here: Page, link: str) -> None:
        here.evaluate("localStorage.setItem('tuikuan.session', JSON.stringify({ token: 'gone' }))")
        here.goto(link)
        here.get_by_role("button", name=DOOR).tap()
        own(here, SAID)


class TestWhatGoesWrong:
    def test_a_link_that_opens_nothing_says_what_to_do(self, fresh: Page, link: str) -> None:
        fresh.goto(link[:-1] + ("0" if link[-1] != "0" else "1"))
        fresh.get_by_role("button", name=DOOR).tap()
        expect(fresh.get_by_role("status")).to_have_text("这个链接过期了，回微信发「网页」再拿一个。")
        expect(fresh.get_by_role("button")).to_have_count(0)
        expect(fresh.get_by_role("link", name="回到首页")).to_be_visible()

    def test_a_broken_network_can_be_tried_again(self, fresh: Page, link: str) -> None:
        def broken(route: Route) -> None:
            route.abort()

        fresh.goto(link)
        fresh.route("**/api/chat/sessions/door", broken)
        fresh.get_by_role("button", name=DOOR).tap()
        expect(fresh.get_by_role("status")).to_contain_text("网络不通")
        fresh.unroute("**/api/chat/sessions/door")
        fresh.get_by_role("button", name=DOOR).tap()
        own(fresh, SAID)

    def test_a_browser_that_keeps_nothing_is_told_so(self, fresh: Page, link: str) -> None:
        fresh.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
        fresh.goto(link)
        fresh.get_by_role("button", name=DOOR).tap()
        expect(fresh.get_by_role("status")).to_contain_text("换一个浏览器")


@pytest.mark.parametrize("size", [PHONE, DESKTOP, {"width": 320, "height": 568}], ids=["phone", "desktop", "small"])
def test_fits_and_can_be_touched(visit: Visit, link: str, size: dict[str, int]) -> None:
    page = visit({"width": size["width"], "height": size["height"]}, touch=True).page
    page.goto(link)
    button = page.get_by_role("button", name=DOOR)
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
