"""What a message means only because of what was asked: 两百 is an amount, 下单付的 a way of paying, a day the day."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from cases import clock
from cases.case.facts import DAYS, MONEY, FactValue
from cases.dialogue import telling
from cases.dialogue.turn import Turn
from cases.dialogue.understood import GRIEVANCES
from cases.knowledge.schema import Choice

RESPONDENT = ("operator", "operator_address")
NAMES = ("platform", "product", "merchant", *RESPONDENT)
MAX_NAME_CHARS = 40
MIN_ORDER_DIGITS = 6
RECOVERED = "recovered_amount"
PLACE = re.compile(r"(?:我?是?)?在(?P<name>[^，。,.\s]{2,20}?)(?:上面?|里面?)?(?:买|充|交|付|拍|下单|订)的?")
# 公司叫某某网络: the name is what comes after.
LEAD = re.compile(
    r"^(?:对方|他们|平台|公司|商家|店铺?|地址|名字|名称|全称|住所|运营主体|营业执照上?)*(?:的?名字|的?地址)?"
    r"(?:就?是|叫做?|在|为|[:：])+\s*"
)
# The company behind a shop, and where it is, told unasked.
NAMES_COMPANY = re.compile(r"(?:公司|主体|执照|全称|注册|备案|运营)[^，。,.?？]{0,6}(?:是|叫|为|[:：])")
NAMES_ADDRESS = re.compile(r"(?:地址|住所|注册地)[^，。,.?？]{0,4}(?:是|在|为|[:：])")
ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:省|市|区|县|州)[\u4e00-\u9fffA-Za-z\d（）()#·-]{0,30}?"
    r"(?:\d+号|[路街道巷弄镇乡村]|[区县])[\u4e00-\u9fffA-Za-z\d（）()#·-]{0,40}"
)
COMPANY = re.compile(
    r"[\u4e00-\u9fffA-Za-z\d（）()·]{2,30}?(?:公司|工作室|商行|经营部|服务部|个体工商户|合作社|中心|厂)"
)
# What these tell is meant, even with a question beside it.
TELLING_INTENTS = (*GRIEVANCES, "give_facts")
# Intents that leave it open whether the text is simply the answer to the question.
OPEN_INTENTS = ("give_facts", "correct", "nlu_fallback", "out_of_scope", "choose")
# What is said about a case is no name in it.
NO_NAME = re.compile(r"不对|不是|错|受理|立案|拒绝|驳回|退款|没[人有到]")
# 是店铺吧: what people put around a single word.
AROUND = " 就是的了吧啊呀呢。.!！"


def answers_question(turn: Turn) -> bool:
    """Whether the message holds the value that the last question asked for."""
    asked = turn.asked("fact")
    if asked not in RESPONDENT and respondent_unasked(turn):
        return True
    if asked is None:
        return False
    if asked == RECOVERED and returned(turn) is not None:
        return True
    return asked in turn.understood.facts or bool(_only_asked(turn, asked)) or is_name(turn, asked)


def found_facts(turn: Turn) -> dict[str, FactValue]:
    """The facts of the message, with the answer to the question among them."""
    found = dict(turn.understood.facts)
    if turn.understood.edited:
        return found
    asked = turn.asked("fact")
    if turn.understood.intent != "correct":
        found = {name: value for name, value in found.items() if name == asked or not _is_no_change(turn, name, value)}
    if asked not in RESPONDENT and (told := respondent_unasked(turn)):
        if "operator" in told:
            found.pop("merchant", None)
        found |= told
    if asked == "pay_channel" and "pay_method" not in found and (method := _chosen(turn, "pay_method")):
        found["pay_method"] = method  # 转的微信红包 answers both
    if asked is None or asked in found:
        return found
    if asked == RECOVERED and turn.understood.returned is None and returned(turn) is not None:
        found.pop("amount", None)
    answer = _only_asked(turn, asked)
    if answer and (read_as := READ_AS.get(asked)) is not None:
        found.pop(read_as, None)
    return {**found, **answer}


def _is_no_change(turn: Turn, name: str, value: FactValue) -> bool:
    """Whether the case knows better than a general word (卡密, of a 爱奇艺年卡) or a question (支付宝怎么投诉)."""
    if turn.case is None or getattr(turn.case, name) is None:
        return False
    asks = turn.understood.intent not in TELLING_INTENTS and telling.ASKS.search(turn.understood.text) is not None
    return asks or str(value).lower() in turn.knowledge.facts[name].general


# What the NLU reads the answer as, which knows nothing of the question.
READ_AS = {
    "delivered_amount": "amount",
    "refund_requested_at": "paid_at",
    "operator": "merchant",
}


def returned(turn: Turn) -> int | None:
    """Money that has come back (分), as the message tells it or in answer to how much it was."""
    if turn.understood.returned is not None or turn.asked("fact") != RECOVERED:
        return turn.understood.returned
    said = turn.understood.facts.get("amount")
    if isinstance(said, int):
        return said
    return _fen(turn.understood.number) if turn.understood.number else None


def _only_asked(turn: Turn, asked: str) -> dict[str, FactValue]:
    """What only the question gives a meaning, by fact."""
    if asked == RECOVERED:
        return {}
    if asked in RESPONDENT:
        told = _respondent(turn)
        return told if asked in told else {}
    value = _bare_answer(turn, asked)
    return {} if value is None else {asked: value}


def _bare_answer(turn: Turn, asked: str) -> FactValue | None:
    """One of the choices, a day, a place of buying, an amount, an order number."""
    if (choice := _chosen(turn, asked)) is not None:
        return choice
    if asked == "platform" and (place := PLACE.fullmatch(turn.understood.text.strip())):
        return place["name"]  # 在缴费通小程序交的
    if asked in DAYS:
        return _day(turn)
    if asked == "delivered_amount" and "amount" in turn.understood.facts:
        return turn.understood.facts["amount"]
    number = turn.understood.number
    if number is None:
        return None
    if asked in MONEY:
        return _fen(number)
    return number if asked == "order_no" and len(number) >= MIN_ORDER_DIGITS else None


def _day(turn: Turn) -> date | None:
    """A day that has come: 11月10号申请的, or a bare day, which the NLU takes for that of a payment."""
    told = next((day for day in turn.understood.days if day <= clock.today()), None)
    bare = turn.understood.facts.get("paid_at")
    return told or (bare if isinstance(bare, date) else None)


def respondent_unasked(turn: Turn) -> dict[str, FactValue]:
    """The company complained of, or where it is, in a message of a case that says so in words."""
    if turn.case is None:
        return {}
    text = turn.understood.text
    said = {"operator": NAMES_COMPANY.search(text), "operator_address": NAMES_ADDRESS.search(text)}
    return {name: value for name, value in _respondent(turn).items() if said[name]}


def _respondent(turn: Turn) -> dict[str, FactValue]:
    """Who is complained of, and where: a company's name, an address, or both in one message."""
    text = turn.understood.text
    address = ADDRESS.search(text)
    rest = text.replace(address[0], " ") if address else text
    company = turn.understood.facts.get("merchant") or ((found := COMPANY.search(LEAD.sub("", rest))) and found[0])
    told = {"operator": company, "operator_address": name_in(address[0]) if address else None}
    return {name: value for name, value in told.items() if value is not None}


def _chosen(turn: Turn, asked: str) -> str | None:
    """The one choice of the question that the text speaks of; `None` if it is none or several."""
    text = turn.understood.text
    if asked == "dispute_kind" or telling.ASKS.search(text):
        return None
    spoken_of = [choice.value for choice in turn.knowledge.facts[asked].choices if _speaks_of(text, choice)]
    return spoken_of[0] if len(spoken_of) == 1 else None


def _speaks_of(text: str, choice: Choice) -> bool:
    return text.strip(AROUND) in choice.alone or any(cue in text for cue in (choice.title, *choice.cues))


def _fen(number: str) -> int | None:
    try:
        fen = int(Decimal(number) * 100)
    except InvalidOperation:
        return None
    return fen if 0 < fen < 10**9 else None


def is_name(turn: Turn, asked: str) -> bool:
    """Whether a short message without facts may be the name that was asked for."""
    text = name_in(turn.understood.text)
    return (
        asked in NAMES
        and (turn.understood.intent in OPEN_INTENTS or turn.understood.is_guess)
        and not turn.understood.facts
        and turn.understood.reference is None
        and not turn.understood.answers
        and NO_NAME.search(text) is None
        and 0 < len(text) <= MAX_NAME_CHARS
        and telling.ASKS.search(text) is None
        and any(character.isalnum() for character in text)
    )


def name_in(text: str) -> str:
    """A message without the words that lead to the name in it."""
    plain = text.strip()
    return LEAD.sub("", plain) or plain
