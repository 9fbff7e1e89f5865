"""How well the assistant understood in a period, and how long people waited for us: a table each."""

from collections import Counter

from api.staff import filters
from api.staff.case_tables import COUNT, SHARE, SPAN, WORDS, columns_of, listed, times
from api.staff.tables import Row, Table, part
from cases.desk.filters import Filter, Tab
from cases.knowledge import Knowledge
from cases.numbers.service import TOP, Numbers
from cases.numbers.talk.repository import CAME, NOBODY, TENTHS
from cases.plain_text import plain
from cases.review.privacy import masked
from cases.transcript.service import DOUBT

MAX_LINKED_CHARS = 40
WAITS = {CAME: "说要找真人，到客服第一句话", NOBODY: "说要找真人，客服还没说过话", "staff": "对方说话，到客服回复"}


def confidence(numbers: Numbers, _known: Knowledge) -> Table:
    """How sure the assistant was of what it read."""
    counts: Counter[int] = Counter()
    for _, tenths, _, count in numbers.understood:
        counts[min(tenths, TENTHS - 1)] += count
    rows = (
        Row((f"{tenth * 10}%", counts[tenth], part(counts[tenth], counts.total())), _doubted(numbers, tenth))
        for tenth in range(TENTHS)
    )
    note = f"对方写的话，不算点按钮和发文件。从 0% 起每 10% 一档，不到 {DOUBT:.0%} 算没太听懂。"
    return Table("助手的把握", note, columns_of(把握从=WORDS, 句=COUNT, 占全部=SHARE), tuple(rows))


def fallback(numbers: Numbers, _known: Knowledge) -> Table:
    """How often the assistant did not understand at all."""
    period = numbers.period
    heard: Counter[int] = Counter()
    missed: Counter[int] = Counter()
    for day, _, is_fallback, count in numbers.understood:
        heard[period.part_of(day)] += count
        missed[period.part_of(day)] += count if is_fallback else 0
    rows = (
        Row((filters.day(start), heard[place], missed[place], part(missed[place], heard[place])))
        for place, start in enumerate(period.starts)
    )
    note = "对方写的话里，助手只能说没看懂的。"
    return Table("没听懂的", note, columns_of(从=WORDS, 句=COUNT, 没听懂=COUNT, 占全部=SHARE), tuple(rows))


def unanswered(numbers: Numbers, _known: Knowledge) -> Table:
    """What the assistant had no answer to, most often first; the same words in another spelling are the same."""
    spellings: dict[str, Counter[str]] = {}
    for text, count in numbers.unanswered:
        spellings.setdefault(plain(text), Counter())[text] += count
    said = sorted(spellings.values(), key=Counter.total, reverse=True)[:TOP]
    note = "没听懂的、不归我们管的，和没有核对过答案的问题。号码隐去了。"
    rows = (
        Row((masked(text), spelled.total()), _search(numbers, text))
        for spelled in said
        for text, _ in spelled.most_common(1)
    )
    return Table("没答上来的话", note, columns_of(说的话=WORDS, 次=COUNT), tuple(rows))


def waits(numbers: Numbers, _known: Knowledge) -> Table:
    """How long people waited for one of us."""
    spans = {span.of: span for span in (*numbers.until_human, *numbers.until_reply)}
    still_waiting = f"/staff/?{Filter(tab=Tab.HUMAN).query()}"
    rows = (
        Row((what, spans[of].count, None, None), still_waiting) if of == NOBODY else Row((what, *times(spans[of])))
        for of, what in WAITS.items()
        if of in spans
    )
    note = "对方连说几句的，从头一句算起。一半不超过前一个时间；慢的，是十次里有一次要这么久。"
    return Table("对方等客服多久", note, columns_of(等什么=WORDS, 次=COUNT, 多久=SPAN, 慢的多久=SPAN), tuple(rows))


def _doubted(numbers: Numbers, tenth: int) -> str:
    """The list of who was hardly understood, where that is what the number tells of."""
    return listed(numbers.period, doubted=True) if tenth < DOUBT * TENTHS else ""


def _search(numbers: Numbers, text: str) -> str:
    """The list of who has said so; nothing for words that the address of a list should not tell."""
    is_fit = masked(text) == text and len(text) <= MAX_LINKED_CHARS
    return listed(numbers.period, q=text) if is_fit else ""
