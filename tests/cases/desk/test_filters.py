"""Lists as addresses, and back."""

from datetime import UTC, date, datetime

import pytest

from cases.desk.filters import Filter, Place, Sort, Tab

FULL = Filter(
    tab=Tab.OPEN,
    sort=Sort.DUE,
    q="没到账 & 退款",
    kind="not_delivered",
    stage="waiting",
    channel="wechat",
    platform="极速卡盟",
    merchant="小王数码",
    since=date(2026, 11, 1),
    until=date(2026, 11, 22),
    assignee="me",
    doubted=True,
    flag="p_minor",
    label="重点",
)


def read(query: str) -> Filter:
    from urllib.parse import parse_qsl

    return Filter.of(dict(parse_qsl(query)))


@pytest.mark.parametrize("chosen", [FULL, Filter(), Filter(tab=Tab.ALL, q="退款")], ids=["all", "nothing", "one"])
def test_a_list_is_read_as_it_was_written(chosen: Filter) -> None:
    assert read(chosen.query()) == chosen


def test_only_what_filters_is_written() -> None:
    assert Filter(q="a b").query() == "tab=human&q=a+b"


def test_an_address_can_be_written_with_changes() -> None:
    assert Filter(tab=Tab.NEW, q="x").query(tab=Tab.ALL, q="", after=Place.of("5-6")) == "tab=all&after=5-6"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("tab=nowhere", id="a tab that is none"),
        pytest.param("since=gestern&until=2026-02-30", id="days that are none"),
        pytest.param("doubted=perhaps&sort=price", id="choices that are none"),
        pytest.param("kind=&stage=&q=%20", id="fields left empty"),
        pytest.param(f"platform={'x' * 101}", id="more than a name can be"),
        pytest.param("label=a%00b", id="what no database takes"),
        pytest.param("colour=red", id="a field that is none"),
    ],
)
def test_what_cannot_be_understood_filters_nothing(query: str) -> None:
    assert read(query) == Filter()


def test_who_filters_without_a_tab_looks_everywhere() -> None:
    assert (read("").tab, read("q=x").tab, read("tab=human&q=x").tab) == (Tab.HUMAN, Tab.ALL, Tab.HUMAN)


def test_it_tells_by_what_it_is_narrowed() -> None:
    assert Filter(tab=Tab.NEW, sort=Sort.DUE).narrowed_by == ()
    assert Filter(q="x", doubted=True).narrowed_by == ("q", "doubted")


def test_a_place_is_read_as_it_was_written_to_the_microsecond() -> None:
    place = Place(datetime(2026, 11, 22, 2, 0, 0, 123_456, tzinfo=UTC), 42)
    assert Place.of(str(place)) == place


@pytest.mark.parametrize("text", ["", "x", "1", "1-", "1-x", f"{'9' * 30}-1", f"1-{2**31}", "--1"])
def test_what_is_no_place_is_none(text: str) -> None:
    assert Place.of(text) is None
