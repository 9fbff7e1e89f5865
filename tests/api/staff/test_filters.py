"""How the console writes times, money and what is masked. It is Sunday, 22 November 2026, 10:00 in Shanghai."""

from datetime import date, datetime, timedelta

import pytest

from api.staff import filters
from cases.clock import SHANGHAI, now


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        pytest.param(20_000, "200 元", id="whole yuan"),
        pytest.param(19_990, "199.90 元", id="with cents"),
        pytest.param(123_456_789, "1,234,567.89 元", id="thousands apart"),
        pytest.param(0, "0 元", id="nothing"),
        pytest.param(None, "—", id="not known"),
    ],
)
def test_money(fen: int | None, words: str) -> None:
    assert filters.money(fen) == words


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        pytest.param(timedelta(seconds=-20), "刚刚", id="seconds ago"),
        pytest.param(timedelta(minutes=-5, seconds=-40), "5 分钟前", id="minutes ago"),
        pytest.param(timedelta(hours=-2), "2 小时前", id="hours ago"),
        pytest.param(timedelta(hours=-8), "今天 02:00", id="this morning"),
        pytest.param(timedelta(hours=-11), "昨天 23:00", id="yesterday, by the calendar of Shanghai"),
        pytest.param(timedelta(days=-4), "11月18日", id="days ago"),
        pytest.param(timedelta(days=-400), "2025年10月18日", id="another year"),
        pytest.param(timedelta(seconds=20), "马上", id="in seconds"),
        pytest.param(timedelta(minutes=25), "25 分钟后", id="in minutes"),
        pytest.param(timedelta(hours=23), "明天 09:00", id="tomorrow"),
    ],
)
def test_how_far_away_a_moment_is(distance: timedelta, words: str) -> None:
    assert filters.ago(now() + distance) == words


@pytest.mark.parametrize(
    ("when", "words", "tone"),
    [
        pytest.param(date(2026, 11, 20), "超期 2 天", "bad", id="past"),
        pytest.param(datetime(2026, 11, 22, 23, 59, tzinfo=SHANGHAI), "今天到期", "bad", id="today"),
        pytest.param(datetime(2026, 11, 23, 0, 1, tzinfo=SHANGHAI), "还有 1 天", "warn", id="tomorrow"),
        pytest.param(date(2026, 11, 25), "还有 3 天", "warn", id="in three days"),
        pytest.param(date(2026, 11, 26), "还有 4 天", "", id="later"),
        pytest.param(None, "—", "", id="never"),
    ],
)
def test_how_long_is_left(when: date | None, words: str, tone: str) -> None:
    assert (filters.due(when), filters.due_tone(when)) == (words, tone)


def test_moments_are_those_of_shanghai() -> None:
    moment = datetime.fromisoformat("2026-11-21T17:30:00+00:00")
    assert filters.moment(moment) == "11月22日 01:30"
    assert filters.iso(moment) == "2026-11-22T01:30+08:00"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        pytest.param(40, "40 秒", id="seconds"),
        pytest.param(12 * 60, "12 分钟", id="minutes"),
        pytest.param(3.5 * 3600, "3.5 小时", id="hours"),
        pytest.param(timedelta(hours=4), "4 小时", id="whole hours"),
        pytest.param(timedelta(days=6), "6 天", id="days"),
        pytest.param(None, "—", id="not known"),
    ],
)
def test_lengths_of_time(length: float | timedelta | None, words: str) -> None:
    assert filters.span(length) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("打 13812345678 找我", "打 138****5678 找我", id="telephone"),
        pytest.param("身份证 11010519491231002X", "身份证 ****002X", id="identity"),
        pytest.param("我微信号abc_123", "我微信号****", id="account"),
        pytest.param("付了 200 块，订单 88", "付了 200 块，订单 88", id="nothing that leads to somebody"),
        pytest.param(None, "", id="no text"),
    ],
)
def test_numbers_that_lead_to_somebody_are_masked(text: str | None, shown: str) -> None:
    assert filters.masked(text) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        pytest.param("20261118093344", "****3344", id="the last four places"),
        pytest.param("3344", "****", id="no more than those"),
        pytest.param(None, "", id="no number"),
    ],
)
def test_the_tail_of_a_number(number: str | None, shown: str) -> None:
    assert filters.tail(number) == shown


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        pytest.param(
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge，Windows",
            id="Edge, which says Chrome and Safari too",
        ),
        pytest.param(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari/604.1",
            "Safari，iPhone",
            id="a telephone, which says Mac too",
        ),
        pytest.param("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox，Linux", id="Firefox"),
        pytest.param("curl/8.5.0", "curl", id="another program"),
        pytest.param("", "没有说明", id="nothing said"),
    ],
)
def test_browsers_by_their_names(agent: str, words: str) -> None:
    assert filters.browser(agent) == words
