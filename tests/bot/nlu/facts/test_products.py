"""What was bought, as said."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("充话费没到", ["话费"], id="phone-credit"),
        pytest.param("充了100块移动话费", ["移动话费"], id="carrier"),
        pytest.param("联通话费没到账", ["联通话费"], id="carrier-unicom"),
        pytest.param("100元话费", ["话费"], id="face-value"),
        pytest.param("流量包没影", ["流量包"], id="data"),
        pytest.param("500Q币", ["500Q币"], id="q-coins"),
        pytest.param("充了30个q币", ["30个q币"], id="q-coins-lower"),
        pytest.param("我在抖音商城买了爱奇艺会员", ["爱奇艺会员"], id="video"),
        pytest.param("腾讯视频年卡买了没到", ["腾讯视频年卡"], id="video-year"),
        pytest.param("芒果TV会员没开通", ["芒果TV会员"], id="video-vip"),
        pytest.param("网易云会员没到", ["网易云会员"], id="music"),
        pytest.param("百度网盘会员月卡", ["百度网盘会员月卡"], id="disk"),
        pytest.param("B站大会员充不上", ["B站大会员"], id="bilibili"),
        pytest.param("王者荣耀点券100块的", ["王者荣耀点券"], id="game-coupons"),
        pytest.param("和平精英648元", ["和平精英"], id="game"),
        pytest.param("原神648充值没到", ["原神"], id="genshin"),
        pytest.param("淘宝买的steam充值卡", ["steam充值卡"], id="steam"),
        pytest.param("骏网一卡通用不了", ["骏网一卡通"], id="junnet"),
        pytest.param("京东E卡是废卡", ["京东E卡"], id="e-card"),
        pytest.param("一百二的中石化加油卡", ["中石化加油卡"], id="fuel"),
        pytest.param("电费充了300", ["电费"], id="power"),
        pytest.param("雷神加速器月卡", ["雷神加速器月卡"], id="accelerator"),
        pytest.param("我花1280买的游戏账号被找回", ["游戏账号"], id="account"),
        pytest.param("115会员没到", ["115会员"], id="numbered"),
        pytest.param("完美一卡通", ["完美一卡通"], id="perfect"),
    ],
)
def test_products(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "product") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("移动话费没到，话费呢", ["移动话费"], id="longest"),
        pytest.param("Steam充值卡的卡密用不了", ["Steam充值卡"], id="named-beats-general"),
        pytest.param("找人代充王者点券", ["王者点券"], id="named-beats-service"),
        pytest.param("买的卡密用不了", ["卡密"], id="general-alone"),
        pytest.param("充会员没到", ["会员"], id="membership-alone"),
        pytest.param("充话费，话费没到", ["话费"], id="once"),
    ],
)
def test_the_product_named_most_exactly(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "product") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("电话费用谁出", [], id="phone-bill-word"),
        pytest.param("你好", [], id="greeting"),
        pytest.param("极速卡盟", [], id="platform"),
        pytest.param("商家跑路了", [], id="dispute"),
        pytest.param("200块", [], id="amount"),
    ],
)
def test_no_product(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "product") == expected
