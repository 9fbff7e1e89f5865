"""The text is the only source of what is printed: titles, headings, tables and the closing are read from it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.documents.layout import Closing, Heading, Paragraph, Table, Title, parse
from cases.documents.lines import NEVER_FIRST, NEVER_LAST, wrap
from cases.knowledge import knowledge
from cases.models import Case

TEXT = """证据目录

致：某人民法院

一、证据
编号｜名称
1｜订单详情

二、说明
原件由提交人保管。

提交人（签名）：
2026年11月22日
"""


class TestParsing:
    def test_finds_every_kind_of_block_in_its_order(self) -> None:
        assert parse(TEXT) == [
            Title("证据目录"),
            Paragraph("致：某人民法院", is_indented=False),
            Heading("一、证据"),
            Table((("编号", "名称"), ("1", "订单详情"))),
            Heading("二、说明"),
            Paragraph("原件由提交人保管。"),
            Closing(("提交人（签名）：", "2026年11月22日")),
        ]

    def test_refuses_a_text_without_a_body(self) -> None:
        with pytest.raises(ValueError, match="a title, a body and a closing"):
            parse("只有一行")

    @pytest.mark.parametrize("kind", knowledge().documents)
    def test_loses_no_line_of_any_document(
        self, example: Callable[..., Case], text_of: Callable[[Case, str], str], kind: str
    ) -> None:
        text = text_of(example("usual"), kind)
        blocks = "".join(map(str, parse(text)))
        cells = [cell for line in text.splitlines() for cell in line.split("｜")]
        assert [cell for cell in cells if cell not in blocks] == []


def width(text: str) -> float:
    """As in a terminal: Chinese is twice as wide."""
    return sum(1 if character.isascii() else 2 for character in text)


class TestLines:
    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            pytest.param("请退还款。", ["请退还款。"], id="one line"),
            pytest.param("请依法退还货款。", ["请依法退还", "货款。"], id="broken anywhere"),
            pytest.param("请退还货款，谢谢", ["请退还货", "款，谢谢"], id="no comma begins a line"),
            pytest.param("根据合同《民法典》", ["根据合同", "《民法典》"], id="no bracket ends a line"),
            pytest.param("合计是150.00元整", ["合计是", "150.00元整"], id="a sum stays whole"),
            pytest.param("0123456789abcdef", ["0123456789", "abcdef"], id="what no line can hold is cut"),
        ],
    )
    def test_break_as_chinese_is_written(self, text: str, lines: list[str]) -> None:
        assert wrap(text, 10, width) == lines

    def test_leave_room_for_an_indent(self) -> None:
        assert wrap("请依法退还货款。", 10, width, indent=4) == ["请依法", "退还货款。"]

    @given(st.text("退款，。（）《》「」1.50元ab 、：", min_size=1), st.integers(min_value=8, max_value=40))
    def test_are_never_too_wide_and_lose_nothing(self, text: str, room: int) -> None:
        lines = wrap(text, room, width)
        assert all(width(line) <= room for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")

    @given(st.text("退款还钱", min_size=1, max_size=8), st.sampled_from(sorted(NEVER_FIRST | NEVER_LAST)))
    def test_keep_a_mark_with_what_it_belongs_to(self, word: str, mark: str) -> None:
        lines = wrap(word + mark + word, 10, width)
        assert not any(line[0] in NEVER_FIRST for line in lines)
        assert not any(line[-1] in NEVER_LAST for line in lines)
