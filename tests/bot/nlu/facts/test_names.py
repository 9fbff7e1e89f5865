"""Marketplaces and shops by name."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("我在极速卡盟用微信付了", ["极速卡盟"], id="known"),
        pytest.param("极速卡盟", ["极速卡盟"], id="known-bare"),
        pytest.param("飞鸟卡盟", ["飞鸟卡盟"], id="unknown-bare"),
        pytest.param("我在飞鸟卡盟充的", ["飞鸟卡盟"], id="unknown"),
        pytest.param("在小七卡盟充了100话费", ["小七卡盟"], id="nickname-with-numeral"),
        pytest.param("飞鸟卡盟的客服拉黑我了", ["飞鸟卡盟"], id="subject"),
        pytest.param("11月18号飞鸟卡盟充的", ["飞鸟卡盟"], id="after-date"),
        pytest.param("充话费飞鸟卡盟没到", ["飞鸟卡盟"], id="after-product"),
        pytest.param("黑心飞鸟卡盟", ["飞鸟卡盟"], id="scolded"),
        pytest.param("极速卡盟平台", ["极速卡盟"], id="called-platform"),
        pytest.param("我昨天在旺旺数卡充的", ["旺旺数卡"], id="data-card"),
        pytest.param("我朋友在小马发卡网买的卡密", ["小马发卡网"], id="card-site"),
        pytest.param("我在飞鸟网充的", ["飞鸟网"], id="site"),
        pytest.param("平台：飞鸟网", ["飞鸟网"], id="site-label"),
        pytest.param("在飞鸟商城花1280买的", ["飞鸟商城"], id="mall"),
        pytest.param("骑士平台上买的", ["骑士平台"], id="platform-name"),
        pytest.param("51卡盟", ["51卡盟"], id="digits"),
        pytest.param("QQ卡盟买的", ["QQ卡盟"], id="letters"),
        pytest.param("平台叫「飞鸟」", ["飞鸟"], id="quoted"),
        pytest.param("有个叫“天下卡盟”的网站", ["天下卡盟"], id="quoted-before"),
        pytest.param("在一个叫来充吧的网站买的", ["来充吧"], id="called"),
        pytest.param("kami123.com", ["kami123.com"], id="domain"),
        pytest.param("在 www.kami123.com 买的卡密", ["kami123.com"], id="domain-www"),
        pytest.param("淘宝买的steam充值卡", ["淘宝"], id="shop-platform"),
        pytest.param("我在抖音商城买了爱奇艺会员", ["抖音商城"], id="short-video"),
        pytest.param("上个月在5173买的号", ["5173"], id="numbered-platform"),
        pytest.param("黑猫投诉平台投诉了极速卡盟", ["极速卡盟"], id="after-complaint"),
        pytest.param("不是在卡盟买的，是闲鱼", ["闲鱼"], id="denied"),
        pytest.param("不是极速卡盟，是飞鸟卡盟", ["飞鸟卡盟"], id="corrected"),
        pytest.param("加微信推荐的飞鸟卡盟", ["飞鸟卡盟"], id="chat-before"),
        pytest.param("万家数卡商城", ["万家数卡商城"], id="number-in-name"),
    ],
)
def test_marketplaces(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "platform", "merchant") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("小飞数码旗舰店", ["小飞数码旗舰店"], id="flagship"),
        pytest.param("京东小飞旗舰店不发货", ["小飞旗舰店"], id="flagship-on-platform"),
        pytest.param("在阿强话费专营店下的单", ["阿强话费专营店"], id="specialist"),
        pytest.param("店名叫飞鸟数码，不理人", ["飞鸟数码"], id="called"),
        pytest.param("他们家店叫阿强数码", ["阿强数码"], id="called-shop"),
        pytest.param("店铺名：大橙子点券", ["大橙子点券"], id="label"),
        pytest.param("卖家叫小飞", ["小飞"], id="seller"),
        pytest.param("闲鱼卖家不发货，商家叫阿强游戏", ["阿强游戏"], id="merchant"),
        pytest.param("被一个叫小王的卖家骗了500", ["小王"], id="seller-relative"),
        pytest.param("店铺「阿强代充」不理人", ["阿强代充"], id="quoted"),
        pytest.param("一个叫鹿鹿的小店", ["鹿鹿"], id="small-shop"),
        pytest.param("写错字了，卖家叫小旗不是小七", ["小旗"], id="corrected"),
    ],
)
def test_shops(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "merchant") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("这个卡盟", [], id="this"),
        pytest.param("那家网站跑路了", [], id="that"),
        pytest.param("一个平台", [], id="a"),
        pytest.param("你是哪个平台", [], id="which"),
        pytest.param("什么卡盟啊", [], id="what"),
        pytest.param("卡盟平台", [], id="two-kinds"),
        pytest.param("整个卡盟平台跑路", [], id="whole"),
        pytest.param("第三方充值平台", [], id="generic"),
        pytest.param("租号平台上租了个号", [], id="renting"),
        pytest.param("互联网平台骗人", [], id="internet"),
        pytest.param("打开官网看看", [], id="official"),
        pytest.param("上网买的", [], id="online"),
        pytest.param("是我家网不行吗", [], id="home-net"),
        pytest.param("手机屏碎成蜘蛛网了", [], id="spider"),
        pytest.param("欠了好几家网贷", [], id="loans"),
        pytest.param("12315平台", [], id="complaints"),
        pytest.param("全国12315平台投诉了", [], id="national-complaints"),
        pytest.param("黑猫投诉平台", [], id="black-cat"),
        pytest.param("我们平台", [], id="our"),
        pytest.param("朋友推荐的平台", [], id="recommended"),
        pytest.param("下单用了八块钱平台红包", [], id="red-packet"),
        pytest.param("怎么进不去平台了", [], id="cannot-enter"),
        pytest.param("理发店充的卡，前天变奶茶店了", [], id="barber"),
        pytest.param("楼下早餐店突然关门了", [], id="breakfast"),
        pytest.param("店铺叫啥我忘了", [], id="forgotten"),
        pytest.param("平台不给退，客服让我找卖家", [], id="platform-acts"),
        pytest.param("微信平台付的", [], id="wechat"),
        pytest.param("支付宝平台投诉了", [], id="alipay"),
    ],
)
def test_no_name(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "platform", "merchant") == expected
