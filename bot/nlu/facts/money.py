"""Amounts of money, by the part each plays: what was paid, what arrived, what has come back, or none of them.

A figure whose part is in doubt is left out: a wrong amount in a complaint is worse than none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from bot.nlu.facts import figures, roles
from bot.nlu.facts.figures import Figure
from bot.nlu.facts.negation import is_denied
from bot.nlu.facts.span import Span, mask

_PRINTED_VALUE = re.compile(
    r"(?:的|面值)?(?:\w{0,3})(?:话费|点券|点卡|充值卡|e卡|卡|q币|流量|油卡|首充)", re.IGNORECASE
)
_PRINTED_BEFORE = re.compile(r"(?:[话电水油]费|点券|卡|币|流量)(?:面值)?\s?$", re.IGNORECASE)
_NUMBER_ENDS = re.compile(r"[^\w]|$|[的了吧吗呢啊呀哦呗嘛没还都也就才只不是给到送退卖付转钱那他她我你]")
_REFUND = re.compile(r"退款(?!不)|退[的了货]")
_ITEM = re.compile(
    r"(?:^|(?<=[，。！？；,!?;\s]))\x00*(?:的?(?:一|半|[两三]|\d)个?[年月季])?(?P<n>[^，。！？；,!?;\s\x00]+?)"
    r"(?:一年|一个月)?(?=[，。！？；,!?;\s]|$)"
)
_NOT_PAID = {"delivered": "delivered_amount", "returned": "returned_amount"}
_PAID = roles.LISTED | {"settled", "offer", "deposit", "total", "net", "again"}


def find(
    text: str, hidden: Iterable[tuple[int, int]] = (), *, in_things: bool = False, listed: bool = False
) -> list[Span]:
    """`amount`, `delivered_amount`, `returned_amount` in 分; `number` (digits as a string) where no part can be told.

    In `hidden` places no figure is looked for, but they tell the part of their neighbours ("100元" + "话费").
    What was bought may be counted `in_things`: then so is what arrived, unless it is said to be money. Among
    other facts, `listed` one by one, a number with a clause to itself is the amount.
    """
    hidden = list(hidden)
    starts = {start for start, _ in hidden}
    seen = mask(text, hidden)
    sums = [_as_price(text, figure, starts) for figure in _sums(text, seen)]
    if listed and not any(figure.role in _PAID - {"none"} or figure.money for figure in sums):
        sums = [_as_item(seen, figure) for figure in sums]
    if in_things:
        sums = [figure for figure in sums if not _counts_things(figure, sums)]
    sums = [figure for figure in sums if not is_denied(text, _span(text, figure))]
    meant = list(_meant(text, sums))
    arrived = {figure.yuan for figure in meant if figure.role == "delivered"}
    return [
        _span(text, figure)
        for figure in meant
        if figure.role != "delivered" or (len(arrived) == 1 and _may_have_arrived(text, figure, meant))
    ]


def _sums(text: str, seen: str) -> list[Figure]:
    """Every figure of `seen` with the part it plays in `text`."""
    found: list[Figure] = []
    for figure in figures.find(seen):
        role = roles.of(text, figure, found)
        if role == "range":
            found[-1:] = []
        elif figure.money or role != "none" or _NUMBER_ENDS.match(text, figure.end):
            found.append(replace(figure, role=role))
    return found


def _as_price(text: str, figure: Figure, starts: Set[int]) -> Figure:
    """188的年卡: what stands for the thing bought is its price."""
    priced = figure.role == "none" and text[figure.end : figure.end + 1] == "的" and figure.end + 1 in starts
    return replace(figure, role="bought") if priced else figure


def _as_item(seen: str, figure: Figure) -> Figure:
    """A number that is all there is between two breaks, but for the product: "支付宝付的，200", "年卡一年198"."""
    alone = any(match.span("n") == (figure.start, figure.end) for match in _ITEM.finditer(seen))
    return replace(figure, role="bought") if alone and figure.role == "none" else figure


def _meant(text: str, sums: Sequence[Figure]) -> Iterator[Figure]:
    """Leave out what plays no part, and what the text says was not paid or did not arrive in the end."""
    for figure in sums:
        others = [other for other in sums if other is not figure]
        if figure.role == "held":
            if any(other.yuan > figure.yuan for other in others):
                yield replace(figure, role="delivered")
        elif figure.role != "other" and not (figure.role in _PAID and _gives_way(text, figure, others)):
            yield figure


def _may_have_arrived(text: str, figure: Figure, meant: Sequence[Figure]) -> bool:
    """Not a bare number above all that was paid (it counts things), nor where only a refund is told of."""
    paid = [other.yuan for other in meant if other.role in _PAID]
    if not paid:
        return not _REFUND.search(text)
    return figure.money or figure.yuan <= max(paid)


def _gives_way(text: str, figure: Figure, others: Sequence[Figure]) -> bool:
    """Is another sum the one that was paid? "金额100，实付98", "充300付285", "100元话费卡卖95", "付了30，押金200".

    Of two payments without their total neither is the sum: "付了100，又付了50".
    """
    parts = {other.role for other in others}
    if figure.role in {"settled", "offer", "deposit"}:
        return bool(parts & {"none", "bought", "paid", "again", "total", "net"})
    if figure.role == "total":
        return "net" in parts
    if figure.role == "net":
        return False
    if figure.role == "bought" and any(other.role == "paid" and other.yuan < figure.yuan for other in others):
        return True
    twice = parts & {"bought", "paid"} if figure.role == "again" else "again" in parts
    return bool(parts & {"net", "total"} or twice or ("paid" in parts and _is_printed(text, figure)))


def _is_printed(text: str, figure: Figure) -> bool:
    """Is the figure the value that a card or top-up bears? (100元话费, 话费100元)"""
    beside = _PRINTED_VALUE.match(text, figure.end) or _PRINTED_BEFORE.search(text, 0, figure.start)
    return figure.role != "paid" and bool(beside)


def _counts_things(figure: Figure, sums: Sequence[Figure]) -> bool:
    """ "买了20000金币，付了60，到账9000": without a unit it is coins that came, and coins that were bought."""
    paid = any(other.role in {"paid", "total", "net"} for other in sums)
    return not figure.money and (figure.role == "delivered" or (figure.role == "bought" and paid))


def _span(text: str, figure: Figure) -> Span:
    start, end = figure.start, figure.end
    if entity := _NOT_PAID.get(figure.role):
        return Span.cut(entity, figure.fen, text, start, end)
    if figure.money or figure.role != "none":
        return Span.cut("amount", figure.fen, text, start, end)
    return Span.cut("number", format(figure.yuan.normalize(), "f"), text, start, end)
