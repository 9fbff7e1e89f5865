"""Money that has come back: 退了我100, 到账50块退款. Not what is promised, asked for, refused or sent to others."""

import re

_US = r"(?:我们?|咱们?|俺|本人)"
_THEM = r"(?:他们?|她|对方|商家|卖家|平台|老板|店[家主]|客服)"
_PURSE = (
    r"(?:[到进回入在]?(?:了|我的?|原)*(?:支付宝|微信|零钱|余额|银行卡|信用卡|花呗|[账帐]户|账上|卡|钱包|原路)"
    r"(?:里[面头]?|上)?)"
)
_SUM = r"(?:只|才|就|仅|共|一共|总共|总计|有|是|为|了|款|钱|货款|本金|押金|余款|会费|会员费|现金|[:：])"
_TO_IT = rf"(?:{_US}|{_PURSE}|{_SUM})*\s?$"

# What stands before the sum: 退了, 还了我, 追回来, 他转来, 收到退款; without 了 it must be said to be all there was.
_CAME = rf"""
    退(?:款|钱|货款)?(?:回来?|还|返|给|来)?了 | 退(?:过|回来?|来|到) | 返还?(?:回来?|给)?了 | 补退了
  | 退款?(?:已经?|都|就|刚|才|只)*(?:到[账帐手]|入账|到了|收到)
  | [赔还][给付]?(?:了{_US}|{_US}了) | (?<=[台家主板方他])[赔还]了 | 赔付了
  | [转打汇](?:回来?|过?来|还)了? | (?:追|讨|要|拿|收|救|捞|执行)回(?:来|了)+ | (?:[只才就]|钱)回来了?
  | 给{_US}(?:退|返|转|打|汇)(?:回来?|过来)?了
  | (?:收到|到账|入账)了?{_THEM}?(?:[退返赔](?:还|回|给)?(?:我|来)?|的?退)(?:的|了)*款?
"""
_BACK = re.compile(
    rf"(?P<done>{_CAME}){_TO_IT} | (?:只|才|就|仅|先|已经?)+(?:给{_US})?(?:全额|部分)?退(?:给|回|还|款)?{_TO_IT}",
    re.VERBOSE,
)
# 退了一半，80
_PART = re.compile(r"退(?:了|回来?)我?(?:一半|一?部分|\w成)[，,（(]\s?(?:也?就?是|才|只有|一?共)*\s?$")

# What stands after the sum: 100退了, 那五十还我了, 80是他退的, 50退款到账了.
_SO = r"(?:已经?|都|也|全部?|就|刚|才|终于|总算|全数|全额|原样|原路)*"
_ARRIVED = rf"{_SO}(?:到[账帐]了?|到了|收到|入账|进来|回来)"
_AFTER = re.compile(
    rf"""
    整? (?: 的?退款{_ARRIVED} | {_SO}[退还返转打](?:还|回|给)*来?到?{_US}了 | {_SO}退(?:还|回|到[账帐])?来?了
          | {_SO}退[到回进]{_PURSE}了
          | [，,]?\s?[都也就说]?是{_THEM}?退(?:给我|还|回来?)?的 )
    (?! 吗|没|么|不|[？?]|\s?{_US}?\s?¥?[\d一二两三四五六七八九十] )
    """,
    re.VERBOSE,
)
_REFUND = re.compile(r"退款[是共:：]*\s?$")
_ARRIVED_AFTER = re.compile(_ARRIVED)
_COMING = re.compile(r"(?:收到|到账|到了|来了|入账|进账|多了|[打转]来)了?(?:的是|只有|才)?\s?$")
_REFUND_AFTER = re.compile(r"的?退款(?!申请|到现在|没|不)")

# Said, wished or refused rather than done; asked for, where no 了 says that it is done.
_NOT_SO = re.compile(
    r"(?:没(?!多久|过|几|想|料|办法)|未|不(?!久|到|但|仅|过|知)|别|说(?!了|完|明|话|通|好话)|称|答应|承诺|保证|预计|显示|写[着的]"
    r"|如果|要是|万一|假如|会(?!员)|能(?!量)|可以|愿|肯|要(?!不)|想(?!到|不到)|(?<!至)少|等(?!了|到|来)|什么时候|何时|每"
    r"|朋友|同[事学]|[爸妈]|老[婆公]|客户)[^，。！？；,!?;]{0,7}$"
)
_NOT_YET = re.compile(r"(?:让|叫|同意|建议|提出|要求|申请|请|谈|判|裁定|方案|最多|应|该|再)[^，。！？；,!?;]{0,7}$")
_I_GAVE = re.compile(r"^我(?:已经?|都|就|先)*$")
_ABOUT = re.compile(r"(?:不到|将近|快|近|至少)\s?$")
_NO_MONEY = re.compile(
    r"的?(?:优惠|红包|积分|代金|手续费|服务费|运费|邮费|解冻|点|币|\w{0,2}券)|的(?!退款|钱|现金|款|本金)"
    rf"|给(?:{_THEM}|买家|客户)|[，,]?我?(?:不同意|不接受|没同意|没答应)"
)


def is_told(text: str, start: int, end: int, clause: str) -> bool:
    """Is the sum at `text[start:end]` told to have come back? `clause` is what its clause says before it."""
    if "多" in text[start:end] or _ABOUT.search(clause) or _NO_MONEY.match(text, end):
        return False
    if back := _BACK.search(clause):
        lead = clause[: back.start()]
        return not (_NOT_SO.search(lead) or _I_GAVE.search(lead) or (not back["done"] and _NOT_YET.search(lead)))
    if _NOT_SO.search(clause):
        return False
    if _AFTER.match(text, end) or _PART.search(text, 0, start):
        return True
    arrived = _REFUND.search(clause) and _ARRIVED_AFTER.match(text, end)
    return bool(arrived or (_COMING.search(clause) and _REFUND_AFTER.match(text, end)))
