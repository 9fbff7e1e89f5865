"""What a message means only because of what was asked: 两百 is an amount, 下单付的 a way of paying."""

import re
from decimal import Decimal, InvalidOperation

from cases.case.facts import MONEY, FactValue
from cases.dialogue.turn import Turn

NAMES = ("platform", "product", "merchant")
MAX_NAME_CHARS = 20
MIN_ORDER_DIGITS = 6
PLACE = re.compile(r"(?:我?是?)?在(?P<name>[^，。,.\s]{2,20}?)(?:上面?|里面?)?(?:买|充|交|付|拍|下单|订)的?")
# Intents that leave it open whether the text is simply the answer to the question.
OPEN_INTENTS = ("give_facts", "correct", "nlu_fallback", "out_of_scope", "choose")
QUESTION_MARKS = ("?", "？", "吗", "怎么", "为什么", "什么")


def answers_question(turn: Turn) -> bool:
    """Whether the message holds the value that the last question asked for."""
    asked = turn.asked("fact")
    if asked is None:
        return False
    return asked in turn.understood.facts or _bare_answer(turn, asked) is not None or is_name(turn, asked)


def found_facts(turn: Turn) -> dict[str, FactValue]:
    """The facts of the message, with the answer to the question among them."""
    found = dict(turn.understood.facts)
    asked = turn.asked("fact")
    if asked == "pay_channel" and "pay_method" not in found and (method := _chosen(turn, "pay_method")):
        found["pay_method"] = method  # 转的微信红包 answers both
    if asked is None or asked in found:
        return found
    value = _bare_answer(turn, asked)
    if value is not None:
        if asked == "delivered_amount":
            found.pop("amount", None)
        found[asked] = value
    return found


def _bare_answer(turn: Turn, asked: str) -> FactValue | None:
    """What only the question gives a meaning: one of its choices, an amount, an order number."""
    if (choice := _chosen(turn, asked)) is not None:
        return choice
    if asked == "platform" and (place := PLACE.fullmatch(turn.understood.text.strip())):
        return place["name"]  # 在缴费通小程序交的
    number = turn.understood.number
    if asked == "delivered_amount" and "amount" in turn.understood.facts:
        return turn.understood.facts["amount"]
    if number is None:
        return None
    if asked in MONEY:
        return _fen(number)
    return number if asked == "order_no" and len(number) >= MIN_ORDER_DIGITS else None


def _chosen(turn: Turn, asked: str) -> str | None:
    """The one choice of the question that the text speaks of; `None` if it is none or several."""
    if asked == "dispute_kind":
        return None
    spoken_of = [
        choice.value
        for choice in turn.knowledge.facts[asked].choices
        if any(cue in turn.understood.text for cue in (choice.title, *choice.cues))
    ]
    return spoken_of[0] if len(spoken_of) == 1 else None


def _fen(number: str) -> int | None:
    try:
        fen = int(Decimal(number) * 100)
    except InvalidOperation:
        return None
    return fen if 0 < fen < 10**9 else None


def is_name(turn: Turn, asked: str) -> bool:
    """Whether a short message without facts may be the name that was asked for."""
    text = turn.understood.text.strip()
    return (
        asked in NAMES
        and (turn.understood.intent in OPEN_INTENTS or turn.understood.is_guess)
        and not turn.understood.facts
        and 0 < len(text) <= MAX_NAME_CHARS
        and not any(mark in text for mark in QUESTION_MARKS)
        and any(character.isalnum() for character in text)
    )
