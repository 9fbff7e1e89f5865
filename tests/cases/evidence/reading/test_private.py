"""Where the numbers are that a copy for others must not show."""

from collections.abc import Callable, Sequence

import pytest

from cases.evidence.reading.lines import Line
from cases.evidence.reading.private import is_card_number, is_identity_number, private

Written = Callable[..., list[Line]]


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        pytest.param(["联系电话 | 13912345678"], ["phone"], id="a telephone number"),
        pytest.param(["电话+86 139 1234 5678找我"], ["phone"], id="in a sentence, in groups"),
        pytest.param(["13912345678和13812345678"], ["phone", "phone"], id="two on a line"),
        pytest.param(["身份证 | 11010519491231002X"], ["id_card"], id="an identity number"),
        pytest.param(["身份证 | 110105 19491231 002X"], ["id_card"], id="in groups"),
        pytest.param(["转到 6222021234567890128"], ["bank_card"], id="a bank card"),
        pytest.param(["6222 0212 3456 7890 128"], ["bank_card"], id="in groups"),
        pytest.param(["卡密 | QWER-7788-ASDF-1122"], ["card_key"], id="beside its label"),
        pytest.param(["卡密", "QWER-7788-ASDF-1122"], ["card_key"], id="below its label"),
        pytest.param(["卡密：QWER7788", "+ASDF1122"], ["card_key"] * 2, id="on two lines"),
        pytest.param(["您的兑换码是ABCD1234，请尽快使用"], ["card_key"], id="in a sentence"),
        pytest.param(["验证码 884213，5分钟内有效"], ["card_key"], id="a code"),
        pytest.param(["138****5678"], [], id="masked already"),
        pytest.param(["110105194912310021"], [], id="no identity number: its check digit is wrong"),
        pytest.param(["身份证 | 110105194913310023"], [], id="no identity number: there is no such day"),
        pytest.param(["订单号 | 6222021234567890128"], [], id="an order's number that adds up like a card's"),
        pytest.param(["交易单号 | 4200002345202611186123456789"], [], id="a payment's number"),
        pytest.param(["卡密用不了"], [], id="talk of a 卡密"),
        pytest.param(["实付款 | ￥1,391.23"], [], id="a sum"),
    ],
)
def test_what_is_covered(written: Written, rows: Sequence[str], kinds: list[str]) -> None:
    assert [box.kind for box in private(written(rows))] == kinds


def test_a_box_covers_its_number_and_not_the_whole_line() -> None:
    line = Line("我的电话是13912345678，微信同号，随时找我", 0.1, 0.4, 0.8, 0.02, 0.99)
    (box,) = private([line])
    number = line.x + line.width * 5 / 21, line.x + line.width * 11 / 21
    assert box.page == 1
    assert box.x < number[0]
    assert number[1] < box.x + box.width < line.right
    assert box.y < line.y
    assert box.y + box.height > line.bottom


def test_a_box_stays_within_the_picture() -> None:
    (box,) = private([Line("13912345678", 0.0, 0.0, 1.0, 0.02, 0.99)])
    assert (box.x, box.y) == (0.0, 0.0)
    assert box.x + box.width <= 1.0


@pytest.mark.parametrize(("text", "is_"), [("11010519491231002X", True), ("110105194912310020", False)])
def test_an_identity_number_ends_in_its_check_digit(text: str, is_: bool) -> None:
    assert is_identity_number(text) is is_


@pytest.mark.parametrize(("text", "is_"), [("4111 1111 1111 1111", True), ("4111111111111112", False)])
def test_a_card_number_adds_up(text: str, is_: bool) -> None:
    assert is_card_number(text) is is_
