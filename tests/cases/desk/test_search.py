"""Searching what people and staff have said, on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from cases.desk import search
from cases.models import Author, Conversation, Message
from cases.people import repository as people

Talk = Callable[..., Conversation]
Say = Callable[..., Message]


def found(session: Session, query: str) -> list[int]:
    """The conversations that match."""
    matching = session.query(Conversation.id).filter(search.matching(session, query))
    return sorted(id_ for (id_,) in matching)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        pytest.param("到账", True, id="a word"),
        pytest.param("速卡", True, id="a piece of a name that no dictionary has"),
        pytest.param("极速卡盟买的", True, id="a piece of a sentence"),
        pytest.param("極速", True, id="in traditional characters"),
        pytest.param("盟", True, id="one character"),
        pytest.param("话费 卡盟", True, id="two words, in any order"),
        pytest.param("kf2026", True, id="the beginning of a number"),
        pytest.param("8890", True, id="the end of a number"),
        pytest.param("1122", False, id="the middle of a number"),
        pytest.param("话费 退款", False, id="a word that is not there"),
        pytest.param("账号", False, id="its characters, but not together"),
        pytest.param("…", False, id="nothing that could be found"),
        pytest.param("\"' OR 1=1 NOT *:& | !()", False, id="what would be the database's own signs"),
    ],
)
def test_a_sentence_is_found_by(session: Session, talk: Talk, query: str, is_found: bool) -> None:
    one = talk("在极速卡盟买的话费没到账，单号 KF202611228890，号码没错")
    talk("别的事")
    assert found(session, query) == ([one.id] if is_found else [])


def test_all_that_is_searched_for_is_in_one_message(session: Session, talk: Talk, say: Say) -> None:
    one = talk("在极速卡盟买的")
    say(one, "话费没到账")
    assert found(session, "卡盟 到账") == []


def test_what_staff_say_is_found_and_what_the_assistant_says_is_not(session: Session, talk: Talk, say: Say) -> None:
    one = talk("你好")
    say(one, "我是客服小林", Author.STAFF)
    say(one, "请发订单截图", Author.BOT)
    assert (found(session, "客服"), found(session, "截图")) == ([one.id], [])


def test_the_newest_message_that_matches_is_the_hit(session: Session, talk: Talk, say: Say) -> None:
    one, other = talk("要退款"), talk("要退款")
    say(one, "什么时候退款")
    last = say(one, "退款还没来")
    say(one, "谢谢")
    hits = search.hits(session, "退款", [one.id, other.id])
    assert hits[one.id] == last.id
    assert hits.keys() == {one.id, other.id}


def test_nothing_is_hit_where_nothing_is_asked(session: Session, talk: Talk) -> None:
    one = talk("要退款")
    assert (search.hits(session, "", [one.id]), search.hits(session, "退款", [])) == ({}, {})


def test_what_was_said_is_gone_from_the_index_with_the_person(session: Session, talk: Talk) -> None:
    one, other = talk("在极速卡盟买的"), talk("在极速卡盟买的")
    people.erase(session, one.person)
    assert found(session, "卡盟") == [other.id]
    assert _rows(session) == 1


def test_what_was_said_moves_with_its_message(session: Session, talk: Talk) -> None:
    one, other = talk("在极速卡盟买的"), talk("别的事")
    session.query(Message).filter_by(conversation_id=one.id).update({"conversation_id": other.id})
    assert found(session, "卡盟") == [other.id]
    assert search.hits(session, "卡盟", [other.id]).keys() == {other.id}


def _rows(session: Session) -> int:
    return int(session.connection().exec_driver_sql("SELECT count(*) FROM message_search").scalar_one())
