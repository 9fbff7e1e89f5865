"""Facts, from the NLU's entities to the words people read."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.case.facts import MAX_NAME_CHARS, FactValue, known, listed, read, shown, yuan
from cases.knowledge import knowledge
from cases.models import Case


def entity(name: str, value: Any) -> dict[str, Any]:
    return {"entity": name, "value": value}


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        pytest.param("amount", 20_000, 20_000, id="money is in fen"),
        pytest.param("amount", "20000", 20_000, id="money that went through JSON"),
        pytest.param("paid_at", "2026-11-18", date(2026, 11, 18), id="a day"),
        pytest.param("paid_at", date(2026, 11, 18), date(2026, 11, 18), id="a day that is one"),
        pytest.param("order_no", 20261118001, "20261118001", id="a number that is a name"),
        pytest.param("merchant", "店" * 500, "店" * MAX_NAME_CHARS, id="a name is cut"),
    ],
)
def test_an_entity_becomes_a_fact(name: str, value: Any, taken: FactValue) -> None:
    assert read([entity(name, value)]) == {name: taken}


def test_of_several_values_the_first_counts() -> None:
    assert read([entity("amount", 100), entity("amount", 200)]) == {"amount": 100}


def test_what_is_no_fact_is_left_out() -> None:
    assert read([entity("number", "8"), entity("stage", "closed"), entity("id", 1)]) == {}


def test_only_facts_with_a_value_are_known() -> None:
    assert known(Case(amount=0, platform="极速卡盟")) == {"amount": 0, "platform": "极速卡盟"}


@given(st.integers(0, 10**9))
def test_yuan_is_fen_to_the_cent(fen: int) -> None:
    assert Decimal(yuan(fen)) * 100 == fen
    assert yuan(fen)[-3] == "."


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        pytest.param("amount", 20_000, "200 元", id="whole yuan"),
        pytest.param("amount", 20_050, "200.50 元", id="with cents"),
        pytest.param("delivered_amount", 5, "0.05 元", id="a few cents"),
        pytest.param("paid_at", date(2026, 1, 8), "1月8日", id="a day"),
        pytest.param("pay_channel", "wechat", "微信", id="a choice by its title"),
        pytest.param("pay_channel", "barter", "barter", id="a value without a title"),
        pytest.param("platform", "极速卡盟", "极速卡盟", id="a name"),
    ],
)
def test_a_fact_is_shown_as_people_read_it(name: str, value: FactValue, text: str) -> None:
    assert shown(name, value, knowledge()) == text


def test_several_facts_are_shown_on_one_line_by_name() -> None:
    line = listed({"platform": "极速卡盟", "amount": 20_000}, knowledge())
    assert line == "平台 极速卡盟 · 付款金额 200 元"
