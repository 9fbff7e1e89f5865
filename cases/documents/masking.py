"""Hiding other people's data in texts that leave the house: numbers always, names where everybody can read."""

import re

PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
# Identity numbers have 18 places, bank cards 16 to 19.
LONG_NUMBER = re.compile(r"(?<![\dA-Za-z])\d{11,15}(\d{3}[\dXx])(?![\dA-Za-z])")

# What people write to be reached at: QQ 12345678, 微信号abc_123.
ACCOUNT = re.compile(r"((?:QQ群?|微信群?|VX|WX|Telegram|TG)号?[\s:：]*)[A-Za-z0-9_@-]{4,}", re.IGNORECASE)

# The hundred commonest surnames, and how people are called without one.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
PERSON = re.compile(rf"[老小阿]?([{SURNAMES}])[\u4e00-\u9fff]{{0,2}}")
NO_PERSON = re.compile(
    r"公司|[店铺行社厂网站部院城坊家吧屋阁轩]$|工作室|数码|科技|商|卡|充|游|平台|旗舰|专营|中心|超市|客服|官方|会员|服务"
)


def mask_numbers(text: str) -> str:
    """Telephone, identity and bank card numbers with their middle starred; other numbers as they are."""
    return LONG_NUMBER.sub(r"****\1", PHONE.sub(r"\1****\2", text))


def mask_person(name: str) -> str:
    """`王某` for what looks like one person's name; names of shops and companies as they are, less account numbers."""
    return ACCOUNT.sub(r"\1****", " ".join(map(_mask_word, name.split())))


def _mask_word(word: str) -> str:
    found = PERSON.fullmatch(word)
    return f"{found[1]}某" if found and not NO_PERSON.search(word) else word


def tail(number: str) -> str:
    """The last four places, as a number may be told to strangers; nothing of a number that has no more."""
    return f"尾号{number[-4:]}" if len(number) > 4 else ""
