"""A long text leaves in parts that people can read, and nothing of it is lost."""

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from api.wechat.parts import LIMIT_BYTES, split

LINK = '<a href="https://example.org/files?a=1">打开材料</a>'
SMALL_LINK = '<a href="https://a.cn">一。二，三</a>'  # 44 bytes
FAMILY = "👨‍👩‍👧‍👦"  # seven code points, 25 bytes


def size(text: str) -> int:
    return len(text.encode())


class TestWhereAPartEnds:
    @pytest.mark.parametrize(
        ("text", "limit", "parts"),
        [
            pytest.param("", 30, [], id="nothing"),
            pytest.param(" \n\u3000 ", 4, [], id="nothing-but-whitespace"),
            pytest.param("一二三", 9, ["一二三"], id="it-fits"),
            pytest.param("一二三四", 9, ["一二三", "四"], id="anywhere"),
            pytest.param("一二三四。五，六\n七\n\n八九十", 36, ["一二三四。五，六\n七", "八九十"], id="paragraph"),
            pytest.param("一二三四\n五六。七，八九十", 24, ["一二三四", "五六。七，八九十"], id="line"),
            pytest.param("一二三四。五，六七八", 24, ["一二三四。", "五，六七八"], id="sentence"),
            pytest.param("一二三四。五。六，七八", 27, ["一二三四。五。", "六，七八"], id="the-last-of-several"),
            pytest.param(f"{SMALL_LINK}六七八九", 50, [f"{SMALL_LINK}六七", "八九"], id="not-for-what-is-in-a-link"),
            pytest.param("一二三，四五六七八", 21, ["一二三，", "四五六七八"], id="clause"),
            pytest.param("one two three", 9, ["one two", "three"], id="word"),
            pytest.param("一\n\n二三四五六七八九", 24, ["一\n\n二三四五六七", "八九"], id="not-in-the-first-half"),
            pytest.param("一二三四！”五六七八", 24, ["一二三四！”", "五六七八"], id="after-the-closing-quote"),
            pytest.param("一二三，四！”五六", 18, ["一二三，", "四！”五六"], id="not-where-only-the-quote-has-no-room"),
            pytest.param("一二三四五……六七八", 24, ["一二三四五……", "六七八"], id="after-both-halves-of-dots"),
            pytest.param("一共付了 12.50 元和 1,000 元", 20, ["一共付了 12.50", "元和 1,000 元"], id="not-in-a-number"),
            pytest.param("一二三四五   \n\n\n   六", 18, ["一二三四五", "六"], id="whitespace-needs-no-room"),
            pytest.param("一二三，四五\n\n六", 18, ["一二三，四五", "六"], id="nor-does-what-makes-a-paragraph"),
            pytest.param("  一二三  ", 9, ["一二三"], id="nor-does-it-around-the-text"),
        ],
    )
    def test_it_is_the_best_place_in_its_second_half(self, text: str, limit: int, parts: list[str]) -> None:
        assert split(text, limit) == parts

    @pytest.mark.parametrize(
        "whole",
        [
            pytest.param("😀", id="one-character"),
            pytest.param("e\u0301\u0323", id="combining-marks"),
            pytest.param("❤️", id="variation-selector"),
            pytest.param("👍🏽", id="skin-tone"),
            pytest.param("🇨🇳", id="flag"),
            pytest.param("1️⃣", id="keycap"),
            pytest.param(FAMILY, id="family"),
            pytest.param(LINK, id="link"),
            pytest.param(LINK.upper(), id="link-in-capitals"),
            pytest.param(
                '<a\nhref="https://example.org">不到 < 30 天，看\n\n这里。</a>', id="link-with-all-sorts-in-it"
            ),
            pytest.param(f"{LINK}\ufe0f", id="link-with-a-mark-on-its-end"),
        ],
    )
    def test_what_is_read_as_one_is_not_taken_apart(self, whole: str) -> None:
        assert split(f"一{whole}三", size(whole)) == ["一", whole, "三"]
        assert split(whole * 3, size(whole) + 2) == [whole] * 3

    def test_a_link_longer_than_a_part_is_cut_as_text_is(self) -> None:
        assert split(f'<a href="a">{FAMILY * 2}</a>', 30) == ['<a href="a">', FAMILY, f"{FAMILY}</a>"]

    def test_so_is_a_heap_of_marks_between_its_characters(self) -> None:
        heap = "a" + "\u0301" * 40
        assert split(heap, 9) == ["a" + "\u0301" * 4, *["\u0301" * 4] * 9]

    def test_a_part_has_room_for_any_character(self) -> None:
        assert split("a😀b", 4) == ["a", "😀", "b"]
        with pytest.raises(ValueError, match="4 bytes"):
            split("a", 3)

    def test_a_part_fits_a_message_of_the_platform(self) -> None:
        text = "第一步，先把截图保存好。" * 500
        parts = split(text)
        assert "".join(parts) == text
        assert all(part.endswith("。") and LIMIT_BYTES // 2 < size(part) <= LIMIT_BYTES for part in parts[:-1])


PIECES = st.sampled_from(
    [
        *"一a,。！，、； \n\t\r\u3000.?",
        "\n\n",
        "\r\n",
        "……",
        "”",
        LINK,
        "<a ",
        "</a>",
        ">",
        FAMILY,
        "🇨🇳",
        "e\u0301",
        "\u0301",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=60).map("".join)


@settings(deadline=None)
@given(text=TEXTS, limit=st.integers(4, 120))
@example(text="<a " * 1000, limit=4)
@example(text=" \u0301一", limit=4)
@example(text="\ud800" * 3, limit=4)
def test_nothing_is_lost_but_whitespace_between_parts(text: str, limit: int) -> None:
    parts = split(text, limit)
    at = 0
    for part in parts:
        assert part.strip()
        assert len(part.encode("utf-8", "surrogatepass")) <= limit
        begin = text.index(part, at)
        assert text[at:begin].strip() == ""
        at = begin + len(part)
    assert text[at:].strip() == ""


@settings(deadline=None)
@given(text=TEXTS)
def test_a_part_begins_where_a_character_does(text: str) -> None:
    limit = 200  # more than any character here
    beginnings = {match.start() for match in regex.finditer(r"\X", text)}
    at = 0
    for part in split(text, limit):
        at = text.index(part, at)
        assert at in beginnings
        at += len(part)
