"""The screens of each kind of app, drawn from what they show."""

from collections.abc import Sequence

from tests.cases.evidence.reading.canvas import BLUE, MARGIN, RED, WIDTH_DP, Canvas

Rows = Sequence[tuple[str, str]]
EDGE = WIDTH_DP - MARGIN


def head(c: Canvas, title: str, clock: str = "20:31") -> None:
    """The status bar, and the name of the page."""
    c.gap(6)
    c.write(clock, MARGIN, 12)
    c.write("5G  86%", EDGE, 12, right=True)
    c.gap(26)
    c.write("<", MARGIN, 17)
    c.centred(title, 17)
    c.gap(8)


def wechat_bill(c: Canvas, title: str, amount: str, rows: Rows) -> None:
    """A bill's detail in WeChat Pay: the sum on top, labels and values in two columns."""
    head(c, "账单详情" if len(rows) % 2 else "")
    c.box(WIDTH_DP / 2 - 20, 40, 40, (7, 193, 96))
    c.gap(52)
    c.centred(title, 16)
    c.centred(amount, 34, bold=True)
    c.gap(14)
    c.rule()
    c.rows(rows)
    c.rule()
    c.line("账单服务", 14, c.grey)
    c.line("对订单有疑惑", 15)
    c.line("联系商家", 15)


def alipay_bill(c: Canvas, title: str, amount: str, state: str, rows: Rows) -> None:
    """A bill's detail in Alipay: values at the right edge."""
    head(c, "账单详情")
    c.box(WIDTH_DP / 2 - 18, 36, 36, BLUE)
    c.gap(46)
    c.centred(title, 15)
    c.centred(amount, 32, bold=True)
    c.centred(state, 14, c.grey)
    c.rule()
    c.rows(rows, column=None)
    c.rule()
    c.row("账单分类", "生活服务", column=None)
    c.line("对此订单有疑问", 15)


def shop_order(c: Canvas, state: str, shop: str, product: str, price: str, sums: Rows, rows: Rows) -> None:
    """An order in a shop's app: its state in a coloured bar, the goods, the sums, the numbers with a colon."""
    c.band(110, (255, 80, 0))
    c.gap(10)
    c.write("20:31", MARGIN, 12, (255, 255, 255))
    c.gap(30)
    c.write("<  订单详情", MARGIN, 17, (255, 255, 255))
    c.gap(32)
    c.write(state, MARGIN, 22, (255, 255, 255), bold=True)
    c.gap(52)
    c.line(f"{shop} >", 15)
    c.box(MARGIN, 64, 64, (200, 210, 220))
    c.write(price, EDGE, 14, right=True)
    top = c.y
    c.paragraph(product, 92, 170, 14)
    c.write("x1", EDGE, 13, c.grey, right=True)
    c.y = max(c.y, top + 76)
    c.rows(sums, size=14, column=None)
    c.rule()
    c.line("订单信息", 15)
    for label, value in rows:
        c.line(f"{label}：{value}", 13)
    c.gap()
    c.write("申请退款", 150, 14)
    c.write("联系客服", EDGE, 14, right=True)
    c.gap(20)


def card_order(c: Canvas, title: str, rows: Rows, note: str = "") -> None:
    """An order on a 卡盟's plain web page: labels above their values."""
    head(c, title)
    c.line("首页  |  我的订单  |  余额充值", 13, c.grey)
    c.rule()
    for label, value in rows:
        c.line(label, 13, c.grey)
        c.paragraph(value, MARGIN, 320, 16)
        c.gap(8)
    c.rule()
    c.paragraph(note, MARGIN, 320, 12, c.grey)


def chat(c: Canvas, name: str, lines: Sequence[tuple[str, str]]) -> None:
    """A chat: `(who, text)` with who one of me, other, time."""
    head(c, name)
    for who, text in lines:
        if who == "time":
            c.centred(text, 12, c.grey)
        else:
            c.bubble(text, mine=who == "me")
    c.gap(10)


def balance(c: Canvas, title: str, big: str, unit: str, rows: Rows) -> None:
    """What a game's or a carrier's account holds."""
    head(c, title)
    c.gap(16)
    c.centred(unit, 14, c.grey)
    c.centred(big, 40, bold=True)
    c.gap(20)
    c.rows(rows, column=None)
    c.centred("立即充值", 17, BLUE)


def sms(c: Canvas, sender: str, messages: Sequence[tuple[str, str]]) -> None:
    """Short messages of one sender, each with its time above."""
    head(c, sender)
    for when, text in messages:
        c.centred(when, 12, c.grey)
        lines = c.wrapped(text, 260, 15)
        c.box(MARGIN, len(lines) * 25.5 + 14, 284, (50, 50, 50) if c.look.dark else (238, 238, 240), radius=14)
        c.gap(8)
        c.paragraph(text, MARGIN + 12, 260)
        c.gap(22)


def bank(c: Canvas, amount: str, rows: Rows) -> None:
    """A movement in a bank's app."""
    head(c, "交易详情")
    c.line("交易金额（人民币）", 13, c.grey)
    c.line(amount, 30, RED)
    c.rule()
    c.rows(rows, size=14, column=None)
    c.line("本页面仅供参考，以账户明细为准", 11, c.grey)


def order_list(c: Canvas, orders: Sequence[tuple[str, str, str]]) -> None:
    """Several orders below each other: which one is meant, nobody can tell."""
    head(c, "我的订单")
    c.line("全部   待付款   待发货   待收货   退款/售后", 14)
    for product, state, price in orders:
        c.rule()
        c.write(state, EDGE, 14, RED, right=True)
        c.line("游戏点卡专营店 >", 14)
        c.line(product, 14)
        c.write(f"实付款 {price}", EDGE, 15, right=True)
        c.gap(30)


def receipt(c: Canvas, state: str, amount: str, rows: Rows) -> None:
    """The page after a payment or a refund: how it went, the sum, little else."""
    c.gap(60)
    c.box(WIDTH_DP / 2 - 24, 48, 48, (7, 193, 96), radius=24)
    c.gap(62)
    c.centred(state, 18)
    c.gap(10)
    c.centred(amount, 36, bold=True)
    c.gap(24)
    c.rows(rows, size=14, column=None)
    c.gap(40)
    c.centred("完成", 17, BLUE)


def table(c: Canvas, columns: Sequence[tuple[float, str, str]]) -> None:
    """One order in a table of a plain web page: `(x, heading, value)` of each column."""
    head(c, "订单管理")
    for x, heading, _ in columns:
        c.write(heading, x, 12, c.grey)
    c.gap(24)
    for x, _, value in columns:
        c.write(value, x, 11)
    c.gap(40)
    c.line("共1条", 12, c.grey)


RULE = "虚拟商品一经兑换不支持无理由退换，请核对充值账号后再下单，高峰期可能延迟。"


def long_order(c: Canvas, rows: Rows) -> None:
    """A screenshot of many screens, scrolled and sewn together: the order, the rules, the sums."""
    head(c, "订单详情")
    c.rows(rows[:4])
    for number in range(1, 26):
        c.paragraph(f"{number}. {RULE}", MARGIN, 320, 14, c.grey)
        c.gap(10)
    c.rows(rows[4:])
