"""What is said only to be taken back: "不是200，是100", "200写错了是300"."""

import re

from bot.nlu.facts.span import Span

_DENIED_BEFORE = re.compile(
    r"(?:(?<!是)不是|并非|不叫|(?:不|没|没有|不是)(?:在|用|走|从|通过)|没有?(?:买过?)?|(?<!对)[不别])(?:我|说|的|那个)?"
    r"(?:\d+(?:\.\d+)?[块元]?的)?[\s“「]?$"
)
_TAKEN_BACK = re.compile(
    r"[”」]?(?:[付买充转拍][的了])?(?:是|我|那个|这个|我是)?(?:写|打|说|记|填|弄|输|搞|发)错|没走"
    r"|[”」]?(?:[付买充转拍][的了])?(?:，|,)?(?:不对|不是)[，,是应]"
)


def is_denied(text: str, span: Span) -> bool:
    """Does `text` take back the value of `span` right where it says it?"""
    return bool(_DENIED_BEFORE.search(text, 0, span.start) or _TAKEN_BACK.match(text, span.end))
