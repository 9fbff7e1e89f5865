"""What looks like a fact and is none: phone numbers, hotlines, card tails, identity numbers, secrets."""

import re

_TAIL = "(?:尾号|尾数|末尾|尾巴|[后末]四位|号码|验证码|校验码|密码|取件码|工号|房间号|群号)"
_CARD = "(?:卡密|激活码|兑换码|卡号|银行卡|身份证)"
_IS = r"(?:[是为叫:：\s]|号码?|数字)"
_CODE = r"[A-Za-z\d][A-Za-z\d-]"

_NOISE = re.compile(
    rf"""
    (?<!\d) (?:\+?86[-\s]?)? 1[3-9]\d (?:\d{{8}} | [-\s]\d{{4}}[-\s]\d{{4}}) (?!\d)  # mobile phones
  | (?<![\d-]) (?: 0\d{{2,3}}-?\d{{7,8}} | 400-?\d{{3}}-?\d{{4}} ) (?!\d)  # landlines, 400
  | (?<![\d.]) (?: 12[13][0-9]{{2}} | 12356 | 12377 | 96110 | 1008[56] | 10099 | 1001[05] | 95\d{{3}} )
               (?! \d | \.\d | 块 | 元 | 多 )  # hotlines
  | (?<=打) [了过]? (?: 110 | 119 | 120 | 114 ) (?! \d | 块 | 元 )
  | (?<![\d.充付花买转了的来退]) (?: 110 | 119 | 120 | 114 | 40[34] | 50[234] )
               (?! \d | \.\d | 块 | 元 | 多 | (?:已经)?退 )
  | {_TAIL} {_IS}{{0,4}} (?: {_CODE}{{2,}} | \d{{1,2}} (?!\d|块|元) )  # card tails, codes
  | {_CARD} (?: {_IS}{{1,4}} {_CODE}{{2,}} | {_CODE}{{5,}} ) (?!块|元)  # 卡密, cards
  | 账号 {_IS}{{0,4}} {_CODE}{{4,}} (?!块|元)  # a shorter one may be its price
  | (?: QQ | [vV][xX] | [微威薇]信 ) [号群:：是\s]{{0,3}} (?: [A-Za-z][\w-]{{5,}} | \d{{6,11}} ) (?![\d块元])
  | (?:快递|物流|运单)[单号编码]* {_IS}{{0,3}} [A-Za-z\d]{{8,}}
  | [\w.+-]+ @ [\w-]+ (?:\.[\w-]+)+  # e-mail
    """,
    re.VERBOSE,
)


def find(text: str) -> list[tuple[int, int]]:
    """Places, as (start, end), that no reader of facts may look into."""
    return [match.span() for match in _NOISE.finditer(text)]
