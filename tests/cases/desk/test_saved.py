"""The lists that somebody keeps under names of their own."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from cases.desk import repository, saved
from cases.desk.filters import Filter, Tab
from cases.errors import BadInput
from cases.models import StaffUser


def kept(session: Session, staff: StaffUser) -> list[tuple[str, str]]:
    return [(one.name, one.query) for one in repository.saved(session, staff.id)]


def test_a_list_is_kept_under_a_name(session: Session, staff: StaffUser) -> None:
    chosen = saved.keep(session, staff.id, "  没到账  微信 ", "tab=open&kind=not_delivered&channel=wechat&junk=1")
    assert chosen == Filter(tab=Tab.OPEN, kind="not_delivered", channel="wechat")
    assert kept(session, staff) == [("没到账 微信", "tab=open&kind=not_delivered&channel=wechat")]


def test_the_same_name_names_the_newer_list(session: Session, staff: StaffUser) -> None:
    for query in ("tab=new", "tab=open"):
        saved.keep(session, staff.id, "我的", query)
    assert kept(session, staff) == [("我的", "tab=open")]


def test_everybody_has_their_own(session: Session, staff: StaffUser, colleague: Callable[[str], StaffUser]) -> None:
    other = colleague("wang")
    saved.keep(session, staff.id, "我的", "tab=new")
    (mine,) = repository.saved(session, staff.id)
    saved.drop(session, other.id, mine.id)
    assert (kept(session, staff), kept(session, other)) == ([("我的", "tab=new")], [])
    saved.drop(session, staff.id, mine.id)
    assert kept(session, staff) == []


@pytest.mark.parametrize("name", ["", "  ", "名" * 21, "a\x00b"], ids=["none", "blank", "too long", "unprintable"])
def test_a_name_is_needed_that_can_be_shown(session: Session, staff: StaffUser, name: str) -> None:
    with pytest.raises(BadInput, match="起个名字"):
        saved.keep(session, staff.id, name, "tab=new")
    assert kept(session, staff) == []


def test_there_is_room_for_some_and_a_kept_one_can_still_be_changed(
    session: Session, staff: StaffUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST", 2)
    for name in ("一", "二", "二"):
        saved.keep(session, staff.id, name, "tab=new")
    with pytest.raises(BadInput, match="最多存 2 个"):
        saved.keep(session, staff.id, "三", "tab=new")
