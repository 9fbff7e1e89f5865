"""Numbers of complaints, tickets, reports and lawsuits: 工单号, 投诉编号, 受案回执号, 案号. Never those of orders."""

import re
from collections.abc import Iterator

from bot.nlu.facts.span import Span

_ACT = "工单|投诉|登记|受理|受案|举报|申诉|争议|维权|调解|仲裁|立案|报案|报警|案件|回执|退款|售后|信访"
_SHEET = "登记|通知|单|表|书"
_NUMBER = r"(?:的?(?:编号|号码|查询码)|(?<!订)单号|流水号|号|id|no\.?)"
_LABEL = rf"(?:(?:{_ACT}){{1,3}}(?:{_SHEET})*{_NUMBER}|案号|服务单号)"
# Papers that people call by their number: 工单3347, 回执20261118001.
_PAPER = rf"(?:工单|(?:{_ACT})?回执|(?:投诉|举报|受理|登记|申诉|退款|售后|服务)单)(?!号|编)"
# Who gave the number was told first: "黑猫投好了，编号HM-0092265".
_WITH = "12315|12345|12381|12377|12321|黑猫|消协|消委|市监|派出所|法院|工信部"
_GIVEN = (
    r"(?:工单[^。！？!?；;\d订]{0,12}[，,\s]\s?单号|"
    rf"(?:{_ACT}|{_WITH})[^。！？!?；;\d订]{{0,12}}[，,\s]\s?(?:给(?:了|我|的)*(?:一?个)?|生成|有个|它的|就是|的)?"
    r"(?:编号|号码|查询码|查询号))"
)
_IS = r"(?:就?是|为|叫|应该是|[:：#\s“「\"【(（])"
_LATER = r"(?:[^，。；！？,;!?\d没不忘]{0,6}[，,]\s?)"

_GROUPS = r"\d{4}(?:(?P<gap>[ -])\d{4})(?:(?P=gap)\d{4})*(?:(?P=gap)\d{1,4})?"
_SHORT = r"(?=(?:[a-z_-]*\d){3})[a-z\d](?:[a-z\d_-]{2,62})(?<=[a-z\d])"
_LONG = r"(?=(?:[a-z_-]*\d){6})[a-z\d](?:[a-z\d_-]{6,62})(?<=[a-z\d])"
_END = r"(?![a-z\d_.@:]|[-/]\d|\s?[元块年月日天个次条多])"

_COURT = r"[(（〔\[]20\d\d[)）〕\]]\s?[一-鿿]{1,3}\d{0,4}[一-鿿]{1,6}\d{1,7}号(?:之[一二三四五])?"
_OFFICE = r"[一-鿿](?:公[(（][一-鿿]{1,6}[)）]|市监)[一-鿿]{1,8}[〔\[(（]20\d\d[〕\])）]第?\d{1,7}号"

_GRAMMAR = (
    _COURT,
    _OFFICE,
    r"案号[是为:：\s]{0,2}(?P<id>20\d\d[一-鿿]{1,2}\d{2,4}[一-鿿]{1,4}\d{1,7}号?)",
    rf"{_LABEL}{_IS}{{0,4}}(?P<id>{_GROUPS}|{_SHORT}){_END}",
    rf"{_LABEL}{_LATER}(?P<id>{_LONG}){_END}",
    rf"{_PAPER}{_IS}{{0,3}}(?P<id>{_LONG}|\d{{4,6}}){_END}",
    rf"{_GIVEN}{_IS}{{0,4}}(?P<id>{_SHORT}){_END}",
    rf"(?<![a-z\d_-])(?P<id>{_LONG})(?:就|这个)?是(?:我的|他们?给的|那个)?{_LABEL}",
)
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _GRAMMAR)
_AND = re.compile(rf"\s?(?:和|跟|及|还有|、)\s?(?P<id>{_LONG}){_END}", re.IGNORECASE)
_DIGITS = re.compile(r"\d.?\d.?\d")
# Telephones, hotlines, dates, the codes of companies and persons.
_OTHER = re.compile(
    r"1[3-9]\d-?\d{4}-?\d{4}|400-?\d{3}-?\d{4}|0\d{2,3}-\d{7,8}|12[13]\d\d|12377|12356|96110|1008[56]|10010|10000|95\d{3}"
    r"|20\d\d-\d{1,2}(?:-\d{1,2})?|9\d{7}[\da-z]{10}|[1-9]\d{5}(?:19\d|20[01])\d(?:0[1-9]|1[0-2])\d{5}[\dx]",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """`reference_no` spans, groups of digits joined; a number of several names is told once."""
    found: list[Span] = []
    for start, end in _places(text) if _DIGITS.search(text) else ():
        number = re.sub(r"\s", "", text[start:end])
        span = Span.cut("reference_no", number, text, start, end)
        if not (_OTHER.fullmatch(number) or any(span.overlaps(other) for other in found)):
            found.append(span)
    return found


def _places(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span("id" if "id" in pattern.groupindex else 0)
            yield start, end
            while more := _AND.match(text, end):
                start, end = more.span("id")
                yield start, end
