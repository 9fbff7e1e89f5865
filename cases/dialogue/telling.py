"""What a message tells of the steps: which one it means, how that went, on which day, under which number."""

import re
from datetime import date

from cases import clock
from cases.dialogue import climbing
from cases.dialogue.turn import Turn
from cases.knowledge.procedure import Rung
from cases.models import Case, Step
from cases.plain_text import plain
from cases.steps import service as steps

WISH = "要|想|准备|打算|建议|[让叫]我"
SUPPOSED = re.compile(r"如果|要是|假如|万一|倘若|的话|会不会|能不能|是不是")
CLAUSE = re.compile(r"[，。；！,;!\n]")
ASKS = re.compile(r"[?？]|吗|呢|怎么|如何|多久|几天|什么|多少|哪[里儿]|在哪")
NOT_TAKEN = re.compile(r"(还没|没有?|未)(来得及)?(发(?!货|现)|做(?!错)|交(?!代)|投诉|寄|提交|去)|[点按]错|手滑")
SENT = re.compile(r"(?<!没)(?<!没有)(?<!未)(?:发|寄|递|交|提交|投诉|报警|报案)(?:过去|出去|给[^，。]{1,8})?了")
SENT_CHARS = 24
OTHERS = re.compile(r"他|她|商家|卖家|对方|平台|客服|老板")
# 客服说要等到月底, 说是渠道延迟
OTHERS_SAY = re.compile(
    rf"(?:{OTHERS.pattern}|店|对面).{{0,4}}(?:[说讲回叫让喊]|答应|承认)|^(?:一直|就|只|还)?[说讲回](?!话|人话)"
)
NOT_TAKEN_CHARS = 12
NOTHING_YET = re.compile(r"(?:还|暂时|目前|现在|都)*(?:没|没有|无)(?:呢|啊|吧|了|哦|[。.!！~])*")

# A number said alone, or after a word that an order's number has, too: only the question tells whose it is.
BARE_NUMBER = re.compile(r"(?=(?:\D*\d){4})[A-Za-z\d][A-Za-z\d-]{4,40}")
LABELLED_NUMBER = re.compile(
    r"(?:编号|单号|号码|号)[是为:：\s]{0,3}(?P<id>(?=(?:[^\d]*\d){3})[A-Za-z\d][A-Za-z\d-]{2,40})"
)
# What makes a day or a number that of the purchase.
OF_THE_PURCHASE = re.compile(r"订单|下单|付[款的了钱]|充[值的了]|买")
TAKING = re.compile(r"发|交|提|投|寄|递|打|报|去|找|受理|立案|登记")
DETAIL_INTENTS = ("give_facts", "correct", "choose", "evidence_given", "nlu_fallback", "out_of_scope")
DETAIL_CHARS = 30


def step_meant(turn: Turn) -> Step | None:
    """The open step a message is about: one it names, else the one asked about, else one that waits."""
    case = turn.case
    if case is None:
        return None
    open_steps = [step for step in case.steps if step.outcome is None]
    asked = turn.asked("outcome") or turn.asked("step")
    first = [step for step in open_steps if step.rung_id == asked]
    named = [step for step in open_steps if _is_named(turn, step.rung_id)]
    if named and not any(step in named for step in first):
        return named[-1]
    waiting = [step for step in open_steps if step.submitted_at is not None]
    return next(iter(reversed(first or waiting)), None) or steps.open_step(case)


def authority_meant(turn: Turn) -> Rung | None:
    """The rung of an authority that the message names and the person went to by themselves, if it is open to them."""
    case = turn.case
    if case is None or not case.steps:
        return None
    ladder = turn.planner(case).ladder
    text = turn.understood.text
    named = [rung for rung in turn.knowledge.rungs.values() if rung.visited and _is_visited(rung.visited, text)]
    fresh = [rung for rung in named if not ladder.is_behind(rung)]
    return fresh[0] if len(named) == len(fresh) == 1 and ladder.closed(fresh[0]) is None else None


def _is_visited(words: str, text: str) -> bool:
    wished = re.search(rf"(?:{WISH})[去打找向到跟]{{0,2}}(?:{words})", text)
    return wished is None and re.search(words, text) is not None


def names_authority(turn: Turn) -> bool:
    """Whether the message speaks of somebody one may turn to unasked: 12315, the police, a court …"""
    return any(_is_named(turn, rung.id) for rung in turn.knowledge.rungs.values() if rung.visited)


def says_what_others_say(turn: Turn) -> bool:
    """Whether the message tells what the other side says of it."""
    text = turn.understood.text
    return OTHERS_SAY.search(text) is not None and ASKS.search(text) is None


def names_open_step(turn: Turn) -> bool:
    """Whether the message names somebody whose answer is awaited."""
    case = turn.case
    return case is not None and any(step.outcome is None and _is_named(turn, step.rung_id) for step in case.steps)


def names(turn: Turn, step: Step) -> bool:
    """Whether the message names whom this step turns to."""
    return _is_named(turn, step.rung_id)


def _is_named(turn: Turn, rung: str) -> bool:
    words = turn.knowledge.rungs[rung].called or turn.knowledge.rungs[rung].visited
    return words is not None and re.search(words, turn.understood.text) is not None


def outcome_said(turn: Turn, rung: Rung) -> str | None:
    """The outcome that the words of the message tell, among those this rung can have. What is asked tells nothing."""
    told = [clause for clause in CLAUSE.split(turn.understood.text) if not SUPPOSED.search(clause)]
    if turn.understood.intent.startswith("ask_"):
        told = [clause for clause in told if not ASKS.search(clause)]
    text = plain(",".join(told))
    possible = (outcome for outcome in turn.knowledge.outcomes.values() if outcome.id in rung.outcomes)
    return next((it.id for it in possible if any(re.search(cue, text) for cue in it.cues)), None)


def in_terms_of(turn: Turn, step: Step, outcome: str) -> str:
    """What an outcome is called on this rung: to be refused by the police is `not_filed`."""
    possible = [turn.knowledge.outcomes[id_] for id_ in climbing.possible(turn, step)]
    if outcome in (it.id for it in possible):
        return outcome
    return next((it.id for it in possible if outcome in it.like), outcome)


def is_supposed(turn: Turn) -> bool:
    """Whether a message only imagines how it might go: 要是他们拒绝呢."""
    return all(SUPPOSED.search(clause) for clause in CLAUSE.split(turn.understood.text) if clause.strip())


def says_not_taken(turn: Turn) -> bool:
    """Whether a short message takes back that the step was taken: 还没发, 点错了."""
    text = turn.understood.text
    return len(text) <= NOT_TAKEN_CHARS and NOT_TAKEN.search(text) is not None and OTHERS.search(text) is None


def says_taken(turn: Turn) -> bool:
    """Whether a short message, when a step is proposed, says that it was taken: 信我发过去了."""
    text = turn.understood.text
    return (
        turn.asked("step") is not None
        and len(text) <= SENT_CHARS
        and SENT.search(text) is not None
        and OTHERS.match(text) is None
        and ASKS.search(text) is None
        and not is_supposed(turn)
    )


def says_nothing_yet(turn: Turn) -> bool:
    """Whether a bare 没有 answers how a step went: no word has come."""
    return turn.asked("outcome") is not None and NOTHING_YET.fullmatch(turn.understood.text.strip()) is not None


def is_detail(turn: Turn) -> bool:
    """Whether a message holds nothing but a number or a day, in answer to how a step goes."""
    understood = turn.understood
    if turn.asked("outcome") is None and turn.asked("step") is None:
        return False
    if understood.intent not in DETAIL_INTENTS or len(understood.text) > DETAIL_CHARS:
        return False
    if OF_THE_PURCHASE.search(understood.text) or set(understood.facts) - {"paid_at", "order_no"}:
        return False
    step = step_meant(turn)
    if step is not None and step.rung_id == steps.WATCH and future_day(turn) is not None:
        return True
    return reference(turn) is not None or (past_day(turn) is not None and TAKING.search(understood.text) is not None)


def reference(turn: Turn) -> str | None:
    """The number under which a complaint is handled, as the message tells it."""
    if turn.understood.reference is not None:
        return turn.understood.reference
    if turn.asked("outcome") is None and turn.asked("step") is None:
        return None
    text = turn.understood.text.strip()
    if BARE_NUMBER.fullmatch(text):
        return text
    labelled = LABELLED_NUMBER.search(text)
    return labelled["id"] if labelled and not OF_THE_PURCHASE.search(text) else None


def past_day(turn: Turn) -> date | None:
    """The first day of the message that has come."""
    return next((day for day in _days(turn) if day <= clock.today()), None)


def _days(turn: Turn) -> list[date]:
    """All days of the message; one without a word about paying is read as that of a payment only for want of more."""
    paid_at = turn.understood.facts.get("paid_at")
    if isinstance(paid_at, date) and not OF_THE_PURCHASE.search(turn.understood.text):
        return [*turn.understood.days, paid_at]
    return list(turn.understood.days)


def future_day(turn: Turn) -> date | None:
    """The first day of the message that is not over."""
    return next((day for day in turn.understood.days if day >= clock.today()), None)


def rung_in_preparation(turn: Turn, case: Case) -> Rung | None:
    """The rung whose lacking facts are being asked for."""
    needed_by = turn.planner(case).next().needed_by
    return turn.knowledge.rungs[needed_by] if needed_by else None
