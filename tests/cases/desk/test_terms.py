"""What a text is found by, and what a query asks of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.desk.terms import MAX_CHARS, MAX_TERMS, Term, terms, wanted

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E60), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("没到账", {"没到", "到账", "账"}, id="every pair, and the end"),
        pytest.param("慢", {"慢"}, id="one character"),
        pytest.param("没到，账", {"没到", "到", "账"}, id="no pair across a comma"),
        pytest.param("沒到賬", {"没到", "到账", "账"}, id="traditional as simplified"),
        pytest.param("Ｑ币QQ", {"q", "币", "qq"}, id="full width as half, capitals as small letters"),
        pytest.param("单号KF20261122", {"单号", "号", "kf20261122", "1122"}, id="a number, and its last four places"),
        pytest.param("，。……🙂", set(), id="nothing to be found by"),
    ],
)
def test_a_text_is_found_by(text: str, expected: set[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("到账", (Term("到账"),), id="a word"),
        pytest.param("没到账", (Term("没到"), Term("到账")), id="a longer one is all its pairs"),
        pytest.param("账", (Term("账", is_beginning=True),), id="one character begins terms"),
        pytest.param("KF2026", (Term("kf2026", is_beginning=True),), id="a number is known by its beginning"),
        pytest.param("平台 客服", (Term("平台"), Term("客服")), id="two words"),
        pytest.param("退款退款", (Term("退款"), Term("款退")), id="nothing twice"),
        pytest.param("？！", (), id="nothing to look for"),
    ],
)
def test_a_query_asks_for(query: str, expected: tuple[Term, ...]) -> None:
    assert wanted(query) == expected


@given(before=CHINESE, query=CHINESE, after=CHINESE)
def test_whatever_surrounds_what_is_searched_for_it_is_found(before: str, query: str, after: str) -> None:
    assert {term.text for term in wanted(query)} <= terms(before + query + after)


def test_a_term_is_never_longer_than_the_databases_take() -> None:
    endless = "9" * 5_000
    assert max(map(len, terms(endless))) == MAX_CHARS
    assert wanted(endless) == (Term("9" * MAX_CHARS, is_beginning=True),)


def test_a_query_is_never_longer_than_is_of_use() -> None:
    assert len(wanted("".join(map(chr, range(0x4E00, 0x4F00))))) == MAX_TERMS
