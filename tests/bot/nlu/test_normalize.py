"""One spelling for what people type."""

import pytest

from bot.nlu.normalize import normalize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("付了２００块", "付了200块", id="digits"),
        pytest.param("ＱＱ币", "QQ币", id="letters"),
        pytest.param("￥１，２８０．５０", "¥1，280.50", id="signs"),
        pytest.param("充錯了話費，客服不理我", "充错了话费，客服不理我", id="traditional"),
        pytest.param("支付寶", "支付宝", id="traditional-name"),
        pytest.param("你好，在吗？", "你好，在吗？", id="punctuation-stays"),
        pytest.param("卡\u200b盟", "卡盟", id="zero-width"),
        pytest.param("卡\x00盟\x07", "卡盟", id="control"),
        pytest.param("a\ud800b", "ab", id="lone-surrogate"),
        pytest.param("  付了\u3000 200\t块\n没到 ", "付了 200 块 没到", id="spaces"),
        pytest.param("没到😀", "没到😀", id="emoji"),
        pytest.param("①", "①", id="other-forms-stay"),
        pytest.param("", "", id="empty"),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normalize(text) == expected


@pytest.mark.parametrize("text", ["我１１月在極速卡盟付了￥２００ ，還沒到帳", "Ｓｔｅａｍ充值卡"])
def test_it_is_its_own_normal_form_and_keeps_places(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert len(normalize(text)) == len(text)
