"""What became of the cases of a period, in words: a table each, and behind a row the list of its conversations.

Lists go by the last word and numbers by when something began, so a list may be longer than its number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from api.staff import filters
from api.staff.tables import Column, Kind, Row, Table, Value, part
from cases.desk.filters import Filter, Tab
from cases.knowledge import Knowledge
from cases.numbers.period import Period
from cases.numbers.progress.repository import QUARTERS, CaseSum
from cases.numbers.repository import Span
from cases.numbers.service import SILENT_DAYS, TOP, Numbers
from cases.review.privacy import masked, masked_fact

WORDS, COUNT, MONEY, SPAN, SHARE = Kind
UNCLEAR = "还不清楚"
ENDS: Mapping[str | None, str] = {
    "refunded": "全部退回",
    "replaced": "补到了",
    "cancelled": "对方停在这里",
    None: "还在办",
}
SHARES = ("不到四分之一", "四分之一到一半", "一半到四分之三", "四分之三以上", "全部")
NEW_CASES = "这段时间里新建的案子，到今天为止。"
TOGETHER = 5
"""So many people against one may complain together."""
HINT = "可以合并投诉"
# What else than facts, evidence and steps may be asked about.
ASKED = {
    "": "没有在问",
    "opening": "遇到了什么事",
    "clarification": "是哪一种情况",
    "confirm": "等对方确认",
    "options": "选下一步",
    "which_case": "说的是哪个案子",
    "danger": "是不是正在被骗",
    "human": "没有能做的了，要不要找真人",
}


def funnel(numbers: Numbers, _known: Knowledge) -> Table:
    """From the first message to the closed case."""
    reached, period = numbers.funnel, numbers.period
    stages = (
        ("说了第一句话", reached.begun, listed(period)),
        ("建了案子", reached.opened, ""),
        ("证据有着落", reached.evidenced, ""),
        ("做了第一步", reached.stepped, ""),
        ("有了结果", reached.answered, ""),
        ("结案", reached.closed, listed(period, tab=Tab.CLOSED)),
    )
    note = "这段时间里新开的会话，走到过哪里。各步分别数，有人会跳过一步。证据有着落：问过的都交了，或者说了没有。"
    columns = columns_of(走到=WORDS, 会话=COUNT, 占全部=SHARE)
    return Table(
        "从第一句话到结案",
        note,
        columns,
        tuple(Row((name, count, part(count, reached.begun)), link) for name, count, link in stages),
    )


def left_at(numbers: Numbers, known: Knowledge) -> Table:
    """What those were asked last who said nothing more."""
    counts: Counter[str] = Counter()
    for asked, count in numbers.left_at:
        counts[_asked(asked, known)] += count
    note = f"这段时间里新开、{SILENT_DAYS} 天没再说话的会话，看助手最后问的是什么。已结案的和在等结果的不算。"
    rows = (Row((asked, count, part(count, counts.total()))) for asked, count in counts.most_common(TOP))
    return Table("停在哪一问", note, columns_of(最后问的=WORDS, 会话=COUNT, 占停下的=SHARE), tuple(rows))


def weeks(numbers: Numbers, known: Knowledge) -> Table:
    """The cases by what is wrong, as they came."""
    names = _grievances(known)
    counts: Counter[tuple[int, str]] = Counter()
    for day, kind, cases in numbers.kinds:
        counts[numbers.period.part_of(day), names.get(kind or "", UNCLEAR)] += cases
    present = {name for _, name in counts}
    titles = [name for name in (*names.values(), UNCLEAR) if name in present]
    each = [(start, [counts[place, title] for title in titles]) for place, start in enumerate(numbers.period.starts)]
    return Table(
        "每周新案子" if numbers.period.is_by_weeks else "每天新案子",
        "按建案的日子，一周从周一算起。" if numbers.period.is_by_weeks else "按建案的日子。",
        columns_of(从=WORDS, **dict.fromkeys(titles, COUNT), 合计=COUNT),
        tuple(Row((filters.day(start), *row, sum(row))) for start, row in each),
    )


def kinds(numbers: Numbers, known: Knowledge) -> Table:
    """The cases by what is wrong."""
    names = _grievances(known)
    links = {kind: listed(numbers.period, kind=kind) for kind in known.kinds}
    rows = (Row(_sum(names.get(it.of or "", UNCLEAR), it), links.get(it.of or "", "")) for it in numbers.by_kind)
    return Table("各类案子", NEW_CASES, _sums("问题"), tuple(rows))


def outcomes(numbers: Numbers, _known: Knowledge) -> Table:
    """How cases ended, and what came back."""
    links: dict[str | None, str] = {None: listed(numbers.period, tab=Tab.OPEN)}
    rows = (Row(_sum(ENDS.get(it.of, str(it.of)), it), links.get(it.of, "")) for it in numbers.outcomes)
    return Table("结果和追回的钱", NEW_CASES, _sums("结果"), tuple(rows))


def completeness(numbers: Numbers, _known: Knowledge) -> Table:
    """How much of the evidence cases have."""
    counts = [numbers.completeness.get(quarters, 0) for quarters in range(QUARTERS + 1)]
    note = "这段时间里新建、问过证据的案子：问过的里面交来了多少。"
    rows = (Row((share, count, part(count, sum(counts)))) for share, count in zip(SHARES, counts, strict=True))
    return Table("证据收到几成", note, columns_of(交来的=WORDS, 案子=COUNT, 占全部=SHARE), tuple(rows))


def evidence(numbers: Numbers, known: Knowledge) -> Table:
    """What came of each piece of evidence."""
    columns = columns_of(证据=WORDS, 问过=COUNT, 交来=COUNT, 说没有=COUNT, 退回=COUNT, 交来的占=SHARE)
    counts = (
        (it.requirement, it.asked, it.provided, it.unavailable, it.refused, part(it.provided, it.asked))
        for it in numbers.evidence
    )
    rows = (Row((_name(known.evidence, requirement), *count)) for requirement, *count in counts)
    return Table("每样证据", NEW_CASES, columns, tuple(rows))


def steps(numbers: Numbers, known: Knowledge) -> Table:
    """How long it took to each step, and from there to what came of it."""
    taken, waited = ({span.of: span for span in spans} for spans in (numbers.times_to, numbers.times_waited))
    rungs = [rung for rung in dict.fromkeys((*known.rungs, *taken, *waited)) if rung in taken or rung in waited]
    columns = columns_of(
        步骤=WORDS,
        做了=COUNT,
        多久去做=SPAN,
        慢的多久去做=SPAN,
        有结果=COUNT,
        多久有结果=SPAN,
        慢的多久有结果=SPAN,
    )
    rows = (Row((_name(known.rungs, rung), *times(taken.get(rung)), *times(waited.get(rung)))) for rung in rungs)
    note = f"{NEW_CASES}从建案到去做，从去做到有结果。一半不超过前一个时间；慢的，是十个里有一个要这么久。"
    return Table("每一步要多久", note, columns, tuple(rows))


def platforms(numbers: Numbers, _known: Knowledge) -> Table:
    """The platforms with most cases."""
    named = [(masked(it.of or ""), it, listed(numbers.period, platform=it.of)) for it in numbers.platforms]
    return _against("案子最多的平台", "平台", named)


def merchants(numbers: Numbers, _known: Knowledge) -> Table:
    """The merchants with most cases."""
    shown = [(masked_fact("merchant", it.of or ""), it) for it in numbers.merchants]
    return _against(
        "案子最多的商家", "商家", [(name, it, listed(numbers.period, merchant=it.of)) for name, it in shown]
    )


def listed(period: Period, **chosen: Any) -> str:
    """The address of the list of who has spoken in a period, narrowed."""
    return f"/staff/?{Filter(**{'tab': Tab.ALL, 'since': period.first, **chosen}).query()}"


def columns_of(**kinds: Kind) -> tuple[Column, ...]:
    """Columns by their heads."""
    return tuple(Column(title, kind) for title, kind in kinds.items())


def times(span: Span | None) -> tuple[Value, Value, Value]:
    """How often, and how long it took."""
    return (span.count, span.median, span.slow) if span else (0, None, None)


def _against(title: str, head: str, named: Iterable[tuple[str, CaseSum, str]]) -> Table:
    """Cases by whom they are against. A masked name leads nowhere: the address would tell it."""
    rows = (
        Row(_sum(name, it), link if name == it.of else "", HINT if it.persons >= TOGETHER else "")
        for name, it, link in named
    )
    note = f"这段时间里新建的案子。同一家有 {TOGETHER} 个人以上，{HINT}。"
    return Table(title, note, _sums(head), tuple(rows))


def _sums(head: str) -> tuple[Column, ...]:
    return columns_of(**{head: WORDS}, 案子=COUNT, 人=COUNT, 付了=MONEY, 追回=MONEY)


def _sum(name: str, found: CaseSum) -> tuple[Value, ...]:
    return name, found.cases, found.persons, found.paid, found.recovered


def _grievances(known: Knowledge) -> dict[str, str]:
    return {id_: entry.name for id_, entry in known.grievances.items()}


def _asked(asked: str | None, known: Knowledge) -> str:
    """`证据：订单详情` for `evidence.ev_order`."""
    about, _, id_ = (asked or "").partition(".")
    match about:
        case "fact":
            return f"事实：{_name(known.facts, id_)}"
        case "evidence":
            return f"证据：{_name(known.evidence, id_)}"
        case "step":
            return f"要做：{_name(known.rungs, id_)}"
        case "outcome":
            return f"结果：{_name(known.rungs, id_)}"
    return ASKED.get(about, about)


def _name(entries: Mapping[str, Any], id_: str) -> str:
    return str(entries[id_].name) if id_ in entries else id_
