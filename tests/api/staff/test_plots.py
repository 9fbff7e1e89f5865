"""Plots: what they draw, what they say to who does not see them, and that they keep to the policy of the page."""

from xml.etree.ElementTree import Element, fromstring

import pytest
from markupsafe import Markup

from api.staff import plots
from api.staff.plots import HEIGHT, WIDTH, Words

WORDS = Words("plot-weeks", "每周新案子", "按建案的日子。")
DRAWN = {
    "columns": plots.columns(WORDS, ["一", "二"], [("甲", [1, 2]), ("乙", [3, 0])]),
    "line": plots.line(WORDS, ["一", "二"], [0.1, 0.3]),
    "bars": plots.bars(WORDS, [("建了案子", 3), ("结案", 0)]),
    "nothing": plots.columns(WORDS, [], [("甲", [])]),
    "no bars": plots.bars(WORDS, []),
    "only nothing": plots.line(WORDS, ["一"], [0.0]),
}


def texts(drawn: Markup) -> list[str]:
    return [text.text or "" for text in fromstring(drawn).iter("text")]


def rects(drawn: Markup, look: str) -> list[Element]:
    return [rect for rect in fromstring(drawn).iter("rect") if rect.get("class") == look]


def number(element: Element, name: str) -> float:
    return float(element.get(name) or "nan")


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_it_has_a_title_and_a_description(drawn: Markup) -> None:
    svg = fromstring(drawn)
    assert svg.get("role") == "img"
    named = {element.get("id"): element.text for element in svg if element.get("id")}
    assert [named[id_] for id_ in (svg.get("aria-labelledby") or "").split()] == [WORDS.title, WORDS.desc]


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_its_colours_are_those_of_the_style_sheet(drawn: Markup) -> None:
    names = {name for element in fromstring(drawn).iter() for name in element.attrib}
    assert names.isdisjoint({"style", "fill", "stroke"})


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_nothing_leaves_its_frame(drawn: Markup) -> None:
    for rect in fromstring(drawn).iter("rect"):
        assert 0 <= number(rect, "x") <= number(rect, "x") + number(rect, "width") <= WIDTH
        assert number(rect, "y") >= 0


def test_words_are_escaped() -> None:
    assert "<script>" not in plots.bars(WORDS, [("<script>", 1)])
    assert texts(plots.bars(WORDS, [("<script>", 1)]))[0] == "<script>"


def test_columns_stand_on_one_another_in_proportion() -> None:
    lower, upper = rects(DRAWN["columns"], "s1")[0], rects(DRAWN["columns"], "s2")[0]
    assert number(upper, "y") + number(upper, "height") == pytest.approx(number(lower, "y"), abs=0.2)
    assert number(upper, "height") == pytest.approx(3 * number(lower, "height"), abs=0.4)
    assert texts(DRAWN["columns"])[-2:] == ["甲", "乙"]


def test_a_legend_takes_the_rows_that_it_needs() -> None:
    names = ["未到账", "服务不符", "商家跑路", "退款迟迟不到", "还不清楚"]
    drawn = plots.columns(WORDS, ["一"], [(name, [1]) for name in names])
    height = int((fromstring(drawn).get("viewBox") or "").split()[-1])
    keys = [rect for rect in fromstring(drawn).iter("rect") if number(rect, "y") > HEIGHT]
    assert texts(drawn)[-5:] == names
    assert len({number(key, "y") for key in keys}) == 2
    assert max(number(key, "y") + number(key, "height") for key in keys) < height


def test_of_many_columns_some_are_named() -> None:
    labels = [f"第{number}周" for number in range(53)]
    drawn = plots.columns(WORDS, labels, [("甲", [1] * 53)])
    assert [text for text in texts(drawn) if text in labels] == labels[::9]


@pytest.mark.parametrize(
    ("most", "scale"),
    [
        (0, ["0", "1", "2", "3", "4"]),
        (5, ["0", "2", "4", "6", "8"]),
        (97, ["0", "25", "50", "75", "100"]),
        (1_900, ["0", "500", "1,000", "1,500", "2,000"]),
    ],
)
def test_the_scale_is_even(most: int, scale: list[str]) -> None:
    assert texts(plots.columns(WORDS, ["一"], [("甲", [most])]))[:5] == scale


@pytest.mark.parametrize(("most", "top"), [(0.004, "4%"), (0.3, "40%"), (1.0, "100%")])
def test_the_scale_of_shares_is_in_whole_percents(most: float, top: str) -> None:
    assert texts(plots.line(WORDS, ["一"], [most]))[4] == top


def test_a_line_goes_through_its_values() -> None:
    dots = list(fromstring(DRAWN["line"]).iter("circle"))
    assert [number(dot, "cy") for dot in dots] == sorted((number(dot, "cy") for dot in dots), reverse=True)
    assert all(number(dot, "cy") <= HEIGHT for dot in dots)


def test_bars_are_named_and_numbered_and_long_names_are_cut() -> None:
    drawn = plots.bars(WORDS, [("商家的宣传和承诺都在这里写着", 1_234), ("订单详情", 0)])
    assert texts(drawn) == ["商家的宣传和承诺都…", "1,234", "订单详情", "0"]
