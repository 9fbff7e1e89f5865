"""One person, two doors: 绑定 gives a code; written on the other side, and confirmed there, it joins the two.

The danger is somebody else's code. Whoever can be talked into writing it hands over their case, so what that means is
said before, and anything but a plain yes joins nothing.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from cases.dialogue.turn import Turn
from cases.errors import BadInput, TryAgain
from cases.joining import service as joining
from cases.models import Case
from cases.outbox import reach
from cases.transcript import service as transcript

JOIN = "join"

_JOIN = r"(?:绑定|綁定|关联|關聯)"
_OTHER_SIDE = r"(?:微信|公众号|公眾號|网页|網頁|账号|帳號|码|碼)"
_END = r"[吧一下\s。.!~?]*"
ASKS_FOR_CODE = re.compile(rf"(?:我?[要想])?(?:怎么|怎樣|如何)?{_JOIN}{_OTHER_SIDE}?{_END}")
# Six to ten, so that a code with a letter too few or too many is told to be wrong, and a telephone number is no code.
CODE_SAID = re.compile(rf"{_JOIN}[码碼]?[是为:\s]*(?P<code>[0-9A-Z](?:[\s_-]*[0-9A-Z]){{5,9}}){_END}")
ASKS_TO_PART = re.compile(rf"(?:我?[要想])?(?:怎么|怎樣|如何)?(?:解绑|解綁|(?:解除|取消){_JOIN}){_OTHER_SIDE}?{_END}")
# What a yes does not hold. Who doubts has not said yes, whatever it was understood as.
DOUBTS = re.compile(r"[不別别谁誰吗嗎哦噢?]|没(?![错问])|客服|商家|卖家|对方|[让叫]我|知道|明白|收到|晓得")


def is_asked(text: str) -> bool:
    """Whether a text is about joining two doors and nothing else: 绑定, 绑定 ABCD2345, 解绑."""
    said = _plain(text)
    return any(pattern.fullmatch(said) for pattern in (ASKS_FOR_CODE, CODE_SAID, ASKS_TO_PART))


def handle(turn: Turn) -> None:
    """Give a code, ask whether a code is the person's own, or say how to part again."""
    said = _plain(turn.understood.text)
    if (written := CODE_SAID.fullmatch(said)) is not None:
        _ask_whose_code(turn, written["code"])
    elif ASKS_TO_PART.fullmatch(said):
        turn.remark("join_parting")
        turn.offers.append(turn.button("human"))
    else:
        turn.remark("join_code", code=joining.offer(turn.session, turn.person))


def accept(turn: Turn, pending: Mapping[str, Any]) -> None:
    """Join the person with the code's owner and go on; the code is looked at once more, for time has passed."""
    if DOUBTS.search(_plain(turn.understood.text)):
        decline(turn, pending)
        return
    before, mine = turn.case, turn.open_cases()
    try:
        other = joining.owner_of(turn.session, turn.person, pending["code"])
        is_in_wechat = reach.wechat(other) is not None
        joining.join(turn.session, turn.person, other)
    except (BadInput, TryAgain) as refused:
        turn.remark_line(refused.message)
        return
    turn.remark("join_done")
    if turn.case is not None and turn.case is not before:
        turn.remark("switched", number=turn.case.number)
    _offer_cases(turn, [case for case in turn.open_cases() if case not in (turn.case, *mine)])
    if is_in_wechat:
        _tell_wechat(turn)


def decline(turn: Turn, _pending: Mapping[str, Any]) -> None:
    """Join nothing."""
    turn.remark("join_declined")


def _ask_whose_code(turn: Turn, code: str) -> None:
    try:
        joining.owner_of(turn.session, turn.person, code)
    except (BadInput, TryAgain) as refused:
        turn.remark_line(refused.message)
        return
    turn.confirm("join", turn.word("confirm_join"), {"code": code})
    turn.done = True


def _offer_cases(turn: Turn, others: list[Case]) -> None:
    """Open cases of the other side stay open beside the one that is talked about."""
    if others:
        turn.remark("join_other_cases", numbers="、".join(case.number for case in others))
        turn.offers += [(case.number, f"case.{case.number}") for case in others]


def _tell_wechat(turn: Turn) -> None:
    """Whose code it was hears of it where they are, in case it was not they who wrote it."""
    told = [{"text": turn.word("join_told")}]
    transcript.record_bot(turn.session, turn.conversation, channel=reach.WECHAT, messages=told, latency_ms=0)


def _plain(text: str) -> str:
    """In the characters that the patterns are in."""
    return unicodedata.normalize("NFKC", text).upper().strip()
