"""The screenshots that reading is measured by, and the truth of each. All names and numbers are invented."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.evidence.reading.fields import Fields
from tests.cases.evidence.reading import bills, notes, orders
from tests.cases.evidence.reading.canvas import Canvas, Look

TODAY = date(2026, 11, 22)

LOOKS = (
    Look(),
    Look(dark=True, quality=70),
    Look(width=720, quality=60),
    Look(font="serif", quality=None),
    Look(width=1170, scale=0.6, quality=50),
    Look(tilt=1.0, quality=75),
    Look(width=1440, quality=40),
    Look(dark=True, width=828, tilt=-1.0, quality=80),
    Look(bold=True, width=720, quality=45),
    Look(crop=(0, 40, 0, 20), quality=30),
    Look(dark=True, font="serif", scale=0.7, quality=65),
    Look(scale=0.4, quality=55),
    Look(width=828, blur=1.2, quality=60),
)

PARTS = (
    bills.wechat_bills,
    bills.alipay_bills,
    orders.shop_orders,
    orders.card_orders,
    notes.messages,
    notes.others,
    bills.receipts,
)


@dataclass(frozen=True, slots=True)
class Screen:
    """One screenshot: what draws it, how it looks, and what can be read in it."""

    name: str
    app: Callable[..., None]
    shown: tuple[Any, ...]
    look: Look
    truth: Fields

    def picture(self) -> bytes:
        canvas = Canvas(self.look)
        self.app(canvas, *self.shown)
        return canvas.picture()


def screens() -> list[Screen]:
    """All of them; the looks go round, so that each kind of screen meets most."""
    every = [shown for part in PARTS for shown in part()]
    whole = [
        Screen(f"{number:02d} {app.__name__}", app, shown, LOOKS[number % len(LOOKS)], truth)
        for number, (app, shown, truth) in enumerate(every)
    ]
    return [*whole, *_cropped()]


def _cropped() -> list[Screen]:
    """The right edge was cut off, and with it the end of every value that stands there."""
    whole = [*orders.shop_orders()[:1], *bills.alipay_bills()[:1]]
    look = Look(crop=(0, 0, 34, 0))
    left = [
        Fields("260018772211", None, date(2026, 11, 8), "极速数码专营店", "pending", "wechat"),
        Fields(None, 10_000, None, None, "paid", "alipay", None),
    ]
    return [
        Screen(f"cropped {app.__name__}", app, shown, look, truth)
        for (app, shown, _), truth in zip(whole, left, strict=True)
    ]
