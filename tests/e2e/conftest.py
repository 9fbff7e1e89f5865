"""A real browser on the real service: `tuikuan serve`, the real model, a database of its own."""

import os
import re
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.api.wechat.fake_platform import FakePlatform
from tests.e2e.desk import Desk
from tests.e2e.running import HOST as HOST
from tests.e2e.running import Service, serving
from tests.e2e.watching import Watch

WAIT_MS = 15_000
LAUNCH = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}

expect.set_options(timeout=WAIT_MS)


def png(width: int = 64, height: int = 96) -> bytes:
    """A real picture, different for each size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = b"".join(b"\0" + bytes((240, 200, y % 256)) * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


class Chat:
    """The page as one person uses it. Every wait is for something to be seen."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.watch = Watch(urlsplit(url).netloc)
        self.page = self._new_page()
        self.network_may_fail = False

    def _new_page(self) -> Page:
        page = self.context.new_page()
        self.watch.attach(page)
        return page

    # what is on the page

    @property
    def messages(self) -> Locator:
        return self.page.locator(".message:not(.typing)")

    @property
    def own(self) -> Locator:
        return self.page.locator(".message.person")

    @property
    def replies(self) -> Locator:
        return self.page.locator(".reply")

    @property
    def letter(self) -> Locator:
        return self.page.locator(".bot > .letter")

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="输入消息")

    @property
    def case_bar(self) -> Locator:
        return self.page.get_by_role("button", name="查看案子")

    @property
    def case(self) -> Locator:
        return self.page.locator("#case")

    @property
    def card(self) -> Locator:
        """What is due now, below the conversation."""
        return self.page.locator(".card")

    @property
    def pictures(self) -> Locator:
        """The files of the conversation that can be opened."""
        return self.own.get_by_role("button", name=re.compile("^查看"))

    @property
    def status(self) -> Locator:
        return self.page.locator("#status")

    @property
    def notice(self) -> Locator:
        return self.page.locator("#notice")

    def said(self) -> list[tuple[str, str]]:
        """(class, text) of every message, in order; a picture has no text."""
        lines: list[list[str]] = self.messages.evaluate_all(
            "all => all.map(e => [['person', 'bot', 'staff'].find(c => e.classList.contains(c)),"
            " [...e.querySelectorAll('.bubble p')].map(p => p.textContent).join('\\n')])"
        )
        return [(author, text) for author, text in lines]

    def facts(self) -> dict[str, str]:
        """The facts that the case shows."""
        rows = self.case.locator(".facts > div")
        lines: list[tuple[str, str]] = rows.evaluate_all(
            "all => all.map(e => [e.querySelector('dt').textContent, e.querySelector('dd > span').textContent])"
        )
        return dict(lines)

    def proof(self) -> tuple[int, int]:
        """Evidence that was given, and needed."""
        title = self.case.get_by_role("heading", name="证据清单").text_content() or ""
        done, of = re.findall(r"\d+", title)
        return int(done), int(of)

    # what the person does

    def open(self) -> None:
        self.page.goto(self.url)
        expect(self.replies.first).to_be_enabled()

    def second_tab(self) -> "Chat":
        """The same person, in another tab of the same browser."""
        other = object.__new__(Chat)
        other.__dict__.update(self.__dict__)
        other.page = self._new_page()
        other.open()
        return other

    def elsewhere(self) -> "Chat":
        """The same person in another browser, of which this one hears nothing by itself."""
        browser = self.context.browser
        assert browser is not None
        state = self.context.storage_state()
        other = Chat(browser.new_context(storage_state=state, locale="zh-CN", reduced_motion="reduce"), self.url)
        other.open()
        return other

    def say(self, text: str) -> None:
        self.write(text)
        self.settled()

    def write(self, text: str) -> None:
        """Send without waiting for the answer."""
        before = self.own.count()
        self.box.fill(text)
        self._press(self.page.get_by_role("button", name="发送", exact=True))
        expect(self.own).to_have_count(before + 1)

    def tap(self, title: str | re.Pattern[str]) -> None:
        self._press(self.replies.filter(has_text=title))
        self.settled()

    def tap_first(self) -> None:
        self._press(self.replies.first)
        self.settled()

    def show(self, content: bytes, name: str = "订单.png") -> None:
        self.attach(content, name)
        self.settled()

    def attach(self, content: bytes, name: str = "订单.png", kind: str = "image/png") -> None:
        """Choose a file in the browser's own picker."""
        with self.page.expect_file_chooser() as chooser:
            self._press(self.page.get_by_role("button", name="发送图片或文件"))
        chooser.value.set_files({"name": name, "mimeType": kind, "buffer": content})

    def open_case(self) -> None:
        self._press(self.case_bar)
        expect(self.page.get_by_role("dialog")).to_be_visible()

    def close_case(self) -> None:
        self._press(self.page.get_by_role("button", name="关闭"))
        expect(self.page.get_by_role("dialog")).to_be_hidden()

    def choose_in_menu(self, title: str) -> None:
        self._press(self.page.get_by_role("button", name="更多"))
        self._press(self.page.get_by_role("button", name=title))

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the one button of this name."""
        self._press(self.page.get_by_role("button", name=name))

    def focused(self, target: Locator) -> bool:
        """Whether the target has the focus: it lies in a shadow tree, and only that tree says so."""
        return bool(target.evaluate("e => e.getRootNode().activeElement === e"))

    def settled(self) -> None:
        """Everything sent is answered, and nothing was refused."""
        expect(self.page.locator(".pending, .typing")).to_have_count(0)
        expect(self.page.locator(".problem")).to_have_count(0)

    def until_evidence(self) -> None:
        """Answer the questions about facts by their first button, until evidence is asked for."""
        for _ in range(12):
            if self.replies.filter(has_text="晚点").count():
                return
            self.tap_first()
        raise AssertionError("no evidence was asked for")

    def until_letter(self) -> None:
        """Put off every further piece of evidence, until the letter is written."""
        for _ in range(12):
            if self.letter.count():
                return
            self.tap(re.compile("^晚点"))
        raise AssertionError("no letter was written")

    def _press(self, target: Locator) -> None:
        if self.page.evaluate("navigator.maxTouchPoints") > 0:
            target.tap()
        else:
            target.click()

    # what the service holds

    @property
    def token(self) -> str:
        return str(self.page.evaluate("JSON.parse(localStorage.getItem('tuikuan.session')).token"))

    def stored(self) -> list[dict[str, Any]]:
        """The transcript, as the service has it."""
        messages: list[dict[str, Any]] = self._get("/api/chat/messages").json()["messages"]
        return messages

    def own_stored(self) -> list[str]:
        """What the person said, as the service has it; a picture by its name."""
        return [
            line["text"] or "".join(file["name"] for file in line["attachments"])
            for line in self.stored()
            if line["author"] == "person"
        ]

    def document(self, kind: str) -> str:
        return str(self._get(f"/api/chat/case/documents/{kind}.txt").text())

    def clipboard(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def _get(self, path: str) -> Any:
        answer = self.context.request.get(self.url + path, headers={"Authorization": f"Bearer {self.token}"})
        assert answer.ok
        return answer

    def check(self) -> None:
        assert self.watch.problems == []
        if not self.network_may_fail:
            assert self.watch.failed == []


# The service ---------------------------------------------------------------


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `tuikuan serve`, running as people run it; or of one that runs already, in `E2E_SERVICE`."""
    if running := os.environ.get("E2E_SERVICE"):
        yield running
        return
    with serving(tmp_path_factory.mktemp("service")) as started:
        yield started.url


# The browser ---------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; per module, so that its event loop never meets tests that start their own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_browser_path(playwright), args=LAUNCH)
        yield launched
        launched.close()


def _browser_path(playwright: Playwright) -> str:
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    for path in (*map(shutil.which, names), playwright.chromium.executable_path):
        if path and Path(path).is_file():
            return path
    missing = "no Chromium here: apt-get install chromium, or playwright install chromium"
    if os.environ.get("CI", "").lower() in ("", "0", "false"):
        pytest.skip(missing)
    pytest.fail(missing)


Visit = Callable[..., Chat]


@pytest.fixture
def visit(browser: Browser, service: str) -> Iterator[Visit]:
    """Makes new people, each with a browser of the given size; what their pages did is checked at the end."""
    chats: list[Chat] = []

    def make(size: ViewportSize, *, touch: bool) -> Chat:
        context = browser.new_context(
            viewport=size,
            has_touch=touch,
            is_mobile=touch,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        chats.append(Chat(context, service))
        return chats[-1]

    yield make
    for chat in chats:
        chat.context.close()
    for chat in chats:
        chat.check()


# The console ---------------------------------------------------------------

Employ = Callable[..., Desk]


@pytest.fixture(scope="session")
def platform() -> Iterator[FakePlatform]:
    """WeChat's side, for the whole session."""
    made = FakePlatform()
    yield made
    made.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, platform: FakePlatform) -> Iterator[Service]:
    """A service with an account on WeChat, to which commands can be given."""
    with serving(tmp_path_factory.mktemp("house"), **platform.settings) as started:
        yield started


@pytest.fixture
def employ(browser: Browser, house: Service) -> Iterator[Employ]:
    """Makes members of staff, each with a browser of the given size; what their pages did is checked at the end."""
    desks: list[Desk] = []

    def make(size: ViewportSize = DESKTOP, **more: Any) -> Desk:
        touch = size == PHONE
        context = browser.new_context(
            viewport=size, has_touch=touch, is_mobile=touch, locale="zh-CN", timezone_id="Asia/Shanghai",
            reduced_motion="reduce", **more,
        )  # fmt: skip
        context.set_default_timeout(WAIT_MS)
        desks.append(Desk(context, house))
        return desks[-1]

    yield make
    for desk in desks:
        desk.context.close()
    for desk in desks:
        desk.check()


@pytest.fixture
def phone(visit: Visit) -> Chat:
    """The greeting, on a phone."""
    chat = visit(PHONE, touch=True)
    chat.open()
    return chat


@pytest.fixture
def desktop(visit: Visit) -> Chat:
    """The greeting, on a desktop."""
    chat = visit(DESKTOP, touch=False)
    chat.open()
    return chat


@pytest.fixture
def picture() -> bytes:
    """A small real PNG."""
    return png()
