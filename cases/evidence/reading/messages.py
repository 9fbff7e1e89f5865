"""Short messages of banks and services among the lines of a picture. Pure."""

import re

from cases.evidence.reading.labels import Page

MIN_CHARS = 16
_START = re.compile(r"(?=[【\[][^】\]]{2,12}[】\]])")
_FROM_SERVICE = re.compile(r"[【\[][^】\]]{2,12}[】\]]")
_FROM_BANK = re.compile(
    r"^[【\[][^】\]]{2,10}(?:银行|信用卡)[】\]]|(?:尾号|账户|卡)\s?[*\d]{4}.{0,40}(?:支出|消费|扣款|支付)"
)


def messages(page: Page) -> list[str]:
    """Each message, its lines joined: what begins with a name in brackets, or tells of a bank's account."""
    parts = _START.split("".join(line.text for line in page.lines))
    return [part for part in parts if len(part) >= MIN_CHARS and (_FROM_SERVICE.match(part) or is_from_bank(part))]


def is_from_bank(message: str) -> bool:
    """Whether a bank writes about an account."""
    return _FROM_BANK.search(message) is not None
