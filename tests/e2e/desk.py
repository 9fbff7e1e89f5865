"""The console as one member of staff uses it. Every wait is for something to be seen."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyotp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Locator

    from tests.e2e.running import Service

PASSWORD = "walnut trellis magnet 48"
STEP_S = 30
RECOVERY_CODES = 10
# axe asks 24 px of what is pressed, too, but not everywhere.
SMALL_TARGETS = """() => [...document.querySelectorAll("button, .button, summary, select, input:not([type=hidden])")]
  .filter((e) => e.checkVisibility() && !e.matches(".skip"))
  .filter((e) => { const { width, height } = e.getBoundingClientRect(); return width < 18 || height < 18; })
  .map((e) => e.outerHTML)"""
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Desk:
    """One browser of a member of staff."""

    def __init__(self, context: BrowserContext, service: Service) -> None:
        self.context = context
        self.service = service
        self.url = service.url
        self.watch = Watch(urlsplit(service.url).netloc)
        self.page = context.new_page()
        self.watch.attach(self.page)
        self.name = ""
        self.secret = ""
        self.recovery_codes: list[str] = []

    # signing in

    def join(self, name: str, display_name: str, role: str) -> None:
        """Get an account and sign in for the first time."""
        for _ in self.joining(name, display_name, role):
            pass
        self.page.get_by_role("link", name="抄好了").click()
        expect(self.heading).to_have_text("会话")

    def joining(self, name: str, display_name: str, role: str) -> Iterator[str]:
        """The same page by page: an own password, the telephone, codes on paper."""
        said = self.service.command("staff", "add", name, "--role", role, "--display", display_name)
        found = re.search(r"one-time password: (\S+)", said)
        assert found
        self.name = name
        self.open("/staff/")
        yield "sign in"
        self.give_password(found[1])
        self.page.get_by_label("新密码").fill(PASSWORD)
        self.page.get_by_label("再填一次").fill(PASSWORD)
        yield "password"
        self.press("下一步")
        self.page.get_by_text("扫不了，手动输入").click()
        self.secret = re.sub(r"\s", "", self.page.locator("code").inner_text())
        yield "telephone"
        self.page.get_by_label("验证器里的 6 位数字").fill(self.code(-1))
        self.press("绑定")
        expect(self.page.locator("code")).to_have_count(RECOVERY_CODES)
        self.recovery_codes = self.page.locator("code").all_inner_texts()
        yield "codes on paper"

    def give_password(self, password: str) -> None:
        self.page.get_by_label("登录名").fill(self.name)
        self.page.get_by_label("密码").fill(password)
        self.press("登录")

    def sign_in(self) -> None:
        """With the password and a code of the telephone that was not used."""
        self.open("/staff/")
        self.give_password(PASSWORD)
        self.page.get_by_label("验证器里的 6 位数字").fill(self.code())
        self.press("继续")
        expect(self.heading).to_have_text("会话")

    def code(self, steps: int = 0) -> str:
        """What the telephone shows now, or would some steps from now."""
        return pyotp.TOTP(self.secret).at(time.time() + steps * STEP_S)

    def sign_out(self) -> None:
        self.page.locator("details.menu > summary").click()
        self.press("退出登录")
        expect(self.page.get_by_label("登录名")).to_be_visible()

    # going about

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name, exact=isinstance(name, str)).click()

    def go(self, section: str) -> None:
        self.page.get_by_role("navigation", name="主导航").get_by_role("link", name=section).click()

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def rows(self) -> Locator:
        """The lines of the list."""
        return self.page.locator("#inbox [data-row]")

    @property
    def talk(self) -> Locator:
        """What was said."""
        return self.page.locator("#talk .message")

    @property
    def side(self) -> Locator:
        """The case beside it."""
        return self.page.locator("#side")

    @property
    def notice(self) -> Locator:
        return self.page.locator("#said")

    def find(self, words: str) -> None:
        self.page.get_by_role("search").get_by_label("搜索").fill(words)
        self.page.keyboard.press("Enter")

    # what must be so everywhere

    def violations(self) -> list[str]:
        """What axe finds, what is too small to be hit, and whether the page is wider than its window."""
        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        lines = [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
        lines += [f"small: {element}" for element in self.page.evaluate(SMALL_TARGETS)]
        too_wide = self.page.evaluate(WIDER_THAN_THE_WINDOW)
        return lines + ([f"{too_wide} px wider than the window"] if too_wide > 0 else [])

    def check(self) -> None:
        assert self.watch.problems == []
