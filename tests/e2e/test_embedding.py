"""The widget on a page of somebody else: another origin, a strict policy, the options a site has."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import ViewportSize

pytestmark = pytest.mark.e2e

STORY = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"
PAGE = """<!doctype html><html lang="zh">
<head>
  <meta name="viewport" content="width=device-width">
  <title>商城</title>
  <style nonce="x">button {{ color: red }}</style>
</head>
<body>
  <h1>商城</h1>
  <button id="buy">买</button>
  {before}
  <script src="{service}/widget.js" {options}></script>
</body>
</html>"""
CONTRASTS = """(element) => {
  const parts = (color) => {
    const brush = new OffscreenCanvas(1, 1).getContext("2d");
    brush.fillStyle = color;
    brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (color) => parts(color)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const { color, backgroundColor } = getComputedStyle(element);
  const [low, high] = [light(color), light(backgroundColor)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""


class _Site(BaseHTTPRequestHandler):
    """A site that lets in nothing but the assistant's script and calls."""

    def __init__(self, service: str, html: str, *rest: Any) -> None:
        self.service, self.html = service, html
        super().__init__(*rest)

    def do_GET(self) -> None:
        body = self.html.encode()
        policy = f"default-src 'none'; script-src {self.service}; connect-src {self.service}; style-src 'nonce-x'"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def site(service: str, options: str = "", before: str = "") -> Iterator[str]:
    """A page of another origin with the widget on it."""
    html = PAGE.format(service=service, options=options, before=before)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, service, html)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
        thread.join()


class Visitor:
    """Somebody who reads a foreign page."""

    def __init__(self, browser: Browser, size: ViewportSize, *, touch: bool = False, dark: bool = False) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport=size,
            has_touch=touch,
            is_mobile=touch,
            locale="zh-CN",
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
        )
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", lambda line: self.problems.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def open(self, address: str) -> None:
        self.page.goto(address)
        # The browser's own request for an icon is not the widget's.
        self.problems = [line for line in self.problems if "favicon" not in line]

    @property
    def launcher(self) -> Locator:
        return self.page.locator(".launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator("dialog.panel")

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="输入消息")

    def focus(self) -> str:
        """What has the focus, looked for in the shadow tree."""
        look = "() => (document.activeElement.shadowRoot ?? document).activeElement.getAttribute('id') ?? ''"
        return str(self.page.evaluate(look))


def test_a_case_on_a_foreign_page_with_a_strict_policy(browser: Browser, service: str) -> None:
    visitor = Visitor(browser, DESKTOP)
    with site(service) as address:
        visitor.open(address)
        visitor.launcher.click()
        expect(visitor.page.locator(".reply").first).to_be_visible()
        assert visitor.focus() == "text"
        visitor.box.fill(STORY)
        visitor.box.press("Enter")
        expect(visitor.page.get_by_role("button", name="查看案子")).to_be_visible()
        box = visitor.panel.bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (400, 640)

        visitor.page.reload()
        visitor.launcher.click()
        expect(visitor.page.locator(".person")).to_have_count(1)
        assert [line for line in visitor.problems if "favicon" not in line] == []
        assert visitor.hosts == {urlsplit(service).netloc, urlsplit(address).netloc}
    visitor.context.close()


def test_nobody_is_greeted_before_the_button_is_pressed(browser: Browser, service: str) -> None:
    visitor = Visitor(browser, DESKTOP)
    calls: list[str] = []
    visitor.page.on("request", lambda request: calls.append(request.url) if "/api/" in request.url else None)
    with site(service) as address:
        visitor.open(address)
        expect(visitor.launcher).to_be_visible()
        visitor.page.wait_for_load_state("networkidle")
        assert calls == []
    visitor.context.close()


def test_the_panel_opens_and_closes_by_keyboard_and_gives_the_focus_back(browser: Browser, service: str) -> None:
    visitor = Visitor(browser, DESKTOP)
    with site(service) as address:
        visitor.open(address)
        visitor.launcher.focus()
        visitor.page.keyboard.press("Enter")
        expect(visitor.page.locator(".reply").first).to_be_visible()
        expect(visitor.launcher).to_have_attribute("aria-expanded", "true")
        visitor.page.keyboard.press("Escape")
        expect(visitor.panel).to_be_hidden()
        expect(visitor.launcher).to_be_focused()
        expect(visitor.launcher).to_have_attribute("aria-expanded", "false")
    visitor.context.close()


def test_on_a_phone_it_covers_the_page_and_makes_the_rest_inert(browser: Browser, service: str) -> None:
    visitor = Visitor(browser, PHONE, touch=True)
    with site(service) as address:
        visitor.open(address)
        visitor.launcher.tap()
        expect(visitor.page.locator(".reply").first).to_be_visible()
        box = visitor.panel.bounding_box()
        assert box == {"x": 0, "y": 0, **PHONE}
        assert visitor.panel.evaluate("e => e.matches(':modal')")
        visitor.page.evaluate("document.getElementById('buy').focus()")
        assert visitor.page.evaluate("document.activeElement.id") != "buy"
        visitor.page.get_by_role("button", name="关闭对话").tap()
        expect(visitor.panel).to_be_hidden()
    visitor.context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("color", ["#ffee00", "#001133", "white", "black", "tomato", "#00c853", "#0000ff", "#8a8a8a"])
def test_any_colour_stays_readable(browser: Browser, service: str, color: str, dark: bool) -> None:
    visitor = Visitor(browser, DESKTOP, dark=dark)
    with site(service, f'data-color="{color}"') as address:
        visitor.open(address)
        expect(visitor.launcher).to_be_visible()
        assert visitor.launcher.evaluate(CONTRASTS) >= 4.5
    visitor.context.close()


def test_title_greeting_place_and_open_are_options(browser: Browser, service: str) -> None:
    visitor = Visitor(browser, DESKTOP)
    options = 'data-title="小店客服" data-greeting="东西没到账？" data-position="left" data-open'
    with site(service, options) as address:
        visitor.open(address)
        expect(visitor.page.get_by_role("dialog", name="小店客服")).to_be_visible()
        expect(visitor.page.get_by_role("heading", name="东西没到账？")).to_be_visible()
        box = visitor.panel.bounding_box()
        assert box is not None
        assert box["x"] < 100
    visitor.context.close()


def test_traditional_characters(browser: Browser, service: str) -> None:
    visitor = Visitor(browser, DESKTOP)
    with site(service, 'data-locale="zh-Hant" data-open') as address:
        visitor.open(address)
        expect(visitor.page.get_by_text("信息，不是法律意見", exact=True)).to_be_visible()
        expect(visitor.page.locator(".reply").first).to_be_visible()
        expect(visitor.page.locator(".bot").first).to_contain_text(re.compile("退款助手.*證據", re.DOTALL))
        box = visitor.page.get_by_role("textbox", name="輸入消息")
        box.fill("你好")
        box.press("Enter")
        expect(visitor.page.locator(".typing")).to_have_count(0)
        expect(visitor.page.locator(".person")).to_have_count(1)
    visitor.context.close()


def test_an_element_of_the_sites_own_is_used(browser: Browser, service: str) -> None:
    visitor = Visitor(browser, DESKTOP)
    with site(service, before='<tuikuan-chat title="自己放的" open></tuikuan-chat>') as address:
        visitor.open(address)
        expect(visitor.page.get_by_role("dialog", name="自己放的")).to_be_visible()
        expect(visitor.page.locator("tuikuan-chat")).to_have_count(1)
    visitor.context.close()


def test_the_demo_shows_how_it_is_done(browser: Browser, service: str) -> None:
    visitor = Visitor(browser, DESKTOP)
    visitor.open(f"{service}/demo")
    visitor.launcher.click()
    expect(visitor.page.locator(".reply").first).to_be_visible()
    assert visitor.problems == []
    assert visitor.hosts == {urlsplit(service).netloc}
    visitor.context.close()
