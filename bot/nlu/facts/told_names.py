"""Names people spell out: in quotation marks, after "叫", or as an address."""

import re
from collections.abc import Iterator

from bot.nlu.facts.span import Span

_OPEN, _CLOSE = "「“\"《『【‘'", "」”\"》』】’'"
_BUSINESS = (
    rf"[^{_OPEN}{_CLOSE}，。]{{1,12}}?(?:票务|代[充刷付练]|充值?|卡|商[城行]|网|店|数码|电[玩竞]|旅[行游]|教育|课堂|学堂"
    r"|优[惠品选]|惠?购|会员|科技|平台|工作室|严选|批发)"
)
_QUOTED = re.compile(
    rf"""
    (?P<kind> 平台|网站|网址|网店|店铺|店|商家|卖家|商户|公众号|小程序|app|卡盟|商城 )
    (?:的?(?:名字|名称|昵称|名))? (?:叫做?|是)? [:：]?
    [{_OPEN}] (?P<name> [^{_OPEN}{_CLOSE}]{{2,20}} ) [{_CLOSE}]
  | [{_OPEN}] (?P<name2> [^{_OPEN}{_CLOSE}]{{2,20}} ) [{_CLOSE}] (?:这[个种家]|那[个种家]|的)?
    (?P<kind2> 平台|网站|卡盟|店铺|店|商家|卖家|公众号|小程序|app )
    """,
    re.VERBOSE,
)
_TITLED = re.compile(
    rf"[{_OPEN}](?P<name>[^{_OPEN}{_CLOSE}，。]{{1,12}}(?:(?P<kind>旗舰|专营|专卖)店|卡盟|数卡|卡铺|商城|网))[{_CLOSE}](?P<kind2>)"
)
# 在“乐学岛”报的; after 叫 and 给 it may be a person, unless the name is one of a business.
_TRADED = re.compile(
    rf"""
    (?: [在从](?:[那这一]?个)? [{_OPEN}] (?P<name>[^{_OPEN}{_CLOSE}，。]{{2,12}}) [{_CLOSE}]
        [上里]?(?:报|买|充|下的?单|订|办|拍|付)
      | (?:叫做?|给) [{_OPEN}] (?P<name2>{_BUSINESS}) [{_CLOSE}] (?:的账?号|[转付打汇]) )
    """,
    re.VERBOSE,
)
_IS_PRODUCT = re.compile(r"(?:[年月季周]卡|礼包|套餐|[黄绿黑红蓝紫]钻)$")
_CALLED = re.compile(
    r"""
    (?: (?P<kind> 平台|网站|店[铺家主]?|商家|卖家|商户|老板|掌柜|卡盟|公众号|小程序 )
        (?: (?:的?(?:名字|名称|昵称|名)) (?:叫做?|是|[:：]) | 叫做?|[:：] )
      | (?:一个|一家|个|家) 叫做? )
    \s? (?P<name> [a-z\d一-鿿]{2,12}? )
    (?: 的 (?P<kind2> 平台|网站|卡盟|网|[小网]?店铺?|商家|卖家|公众号|小程序)?
      | (?=[，。,.!！?？；;、\s]|$|(?:买|付|(?<![代秒直快慢])充(?!值(?:[，。\s]|$))|用)(?!的)
          |不|没|里|上|跑|骗|现在|客服) )
    """,
    re.VERBOSE,
)
_COMPANY = re.compile(
    r"(?:^|[\s，。；、：:“「]|[是叫给被在找告和]|收款[方人]|显示|商户|全称|主体|公司名称?)"
    r"(?P<name>(?!收款|商户|公司|显示)(?:(?![是叫给被的了])[a-z\d一-鿿（）()]){2,24}?有限(?:责任)?公司)"
)
_DOMAIN = re.compile(
    r"(?<![a-z\d@.-])(?:https?://)?(?:www\.)?"
    r"(?P<name>(?:[a-z\d][a-z\d-]*\.)+"
    r"(?:com|cn|net|top|xyz|cc|vip|shop|club|site|org|info|online|store|icu|me|co|io|pro|fun|ltd|work))"
    r"(?![a-z\d-])"
)
# Who takes complaints and who only moves the money.
_OFFICIAL = re.compile(
    r"12315|12321|12377|tousu|gov\.cn|weixin|alipay|tenpay|qq\.com|支付|财付通|银联|银行|中国(?:移动|联合|联通|电信)"
)
_SHOPS = frozenset(
    {"旗舰", "专营", "专卖", "店", "店铺", "店家", "店主", "网店", "小店", "商家", "卖家", "商户", "老板", "掌柜"}
)
_NO_NAME = re.compile(r"什么|啥|哪|不知道|忘|记不|这|那|没有|一样|名|对方|我|你|您|他|她|另")


def find(text: str, lower: str) -> Iterator[Span]:
    """`platform` and `merchant` names as written in `text`; `lower` is the same in lower case."""
    for pattern in (_QUOTED, _TITLED, _TRADED, _CALLED, _DOMAIN, _COMPANY):
        for match in pattern.finditer(lower):
            group = "name" if match["name"] else "name2"
            start, end = match.span(group)
            entity = _kind(match)
            if entity and not any(wrong.search(match[group]) for wrong in (_NO_NAME, _OFFICIAL, _IS_PRODUCT)):
                yield Span.cut(entity, text[start:end], text, start, end)


def _kind(match: re.Match[str]) -> str:
    """platform or merchant; nothing for who may be just a person ("一个叫张伟的")."""
    if match.re in {_DOMAIN, _COMPANY}:
        return "platform" if match.re is _DOMAIN else "merchant"
    if match.re is _TRADED:
        return "platform"
    said = {match["kind"], match["kind2"]} - {None}
    return ("merchant" if said & _SHOPS else "platform") if said else ""
