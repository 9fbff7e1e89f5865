"""Quick on a slow phone, and nothing jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

if TYPE_CHECKING:
    from tests.e2e.conftest import Chat, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.alone]

STORY = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"
SLOWER = 4
SCRIPT_MS = 100
# How long the page's own listeners took, for every event of the tap.
WATCH_EVENTS = """() => {
  window.handled = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) =>
    window.handled.push(entry.processingEnd - entry.processingStart)
  )).observe({ type: "event", durationThreshold: 16 });
}"""
# Shifts that do not follow from what the person just did.
WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => list.getEntries().filter((entry) => !entry.hadRecentInput).forEach((entry) =>
    window.shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.textContent.slice(0, 60) ?? "within")])
  )).observe({ type: "layout-shift", buffered: false });
}"""


def test_the_first_tap_takes_little_script_on_a_slow_phone(visit: Visit) -> None:
    """Of three people the quickest: what else the machine does only adds to it."""
    assert min(_first_tap_ms(visit(PHONE, touch=True)) for _ in range(3)) < SCRIPT_MS


def test_nothing_moves_when_messages_arrive(phone: Chat, picture: bytes) -> None:
    phone.box.fill(STORY)  # the box grows with what is written, and this is no real key
    phone.page.evaluate(WATCH_SHIFTS)
    phone.say(STORY)
    phone.until_evidence()
    phone.show(picture)
    phone.until_letter()
    assert phone.page.evaluate("window.shifts") == []


def test_a_pushed_message_moves_nothing(phone: Chat) -> None:
    phone.say(STORY)
    other = phone.elsewhere()
    phone.page.evaluate(WATCH_SHIFTS)
    other.tap_first()
    expect(phone.own).to_have_count(2)
    assert phone.page.evaluate("window.shifts") == []


def _first_tap_ms(phone: Chat) -> float:
    phone.open()
    session = phone.context.new_cdp_session(phone.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    phone.page.evaluate(WATCH_EVENTS)
    phone.replies.first.tap()
    expect(phone.own).to_have_count(1)
    phone.page.wait_for_function("window.handled.length > 0")
    return float(phone.page.evaluate("window.handled.reduce((sum, ms) => sum + ms, 0)"))
