"""What the person can do with their case: cards, facts put right, the last message taken back, their own data."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from cases.knowledge import knowledge

if TYPE_CHECKING:
    from tests.e2e.conftest import Chat

pytestmark = pytest.mark.e2e

STORY = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"


def test_the_piece_that_is_asked_for_explains_itself(phone: Chat) -> None:
    phone.say(STORY)
    phone.until_evidence()
    asked = knowledge().evidence["ev_order"]
    expect(phone.card.get_by_role("heading", name=asked.name)).to_be_visible()
    expect(phone.card).to_contain_text(re.compile(r"证据 0/\d"))
    expect(phone.card.get_by_text(asked.why)).to_be_hidden()
    phone.card.get_by_text("为什么要这个").tap()
    expect(phone.card.get_by_text(asked.why)).to_be_visible()
    phone.card.get_by_text("怎么截图").tap()
    expect(phone.card.get_by_text(asked.how)).to_be_visible()
    expect(phone.card.get_by_role("listitem")).to_have_text(list(asked.must_show))


def test_the_documents_are_downloaded_on_the_phone(phone: Chat, picture: bytes) -> None:
    phone.say(STORY)
    phone.until_evidence()
    phone.show(picture)
    phone.until_letter()
    for name, start in (("Word", b"PK"), ("PDF", b"%PDF-")):
        with phone.page.expect_download() as download:
            phone.card.get_by_role("button", name=name).tap()
        assert download.value.path().read_bytes().startswith(start)
        assert re.fullmatch(r".+-\w{8}\.(docx|pdf)", download.value.suggested_filename)

    phone.tap("内容没问题")
    phone.tap("已经做了")
    phone.open_case()
    with phone.page.expect_download() as download:
        phone.case.get_by_role("button", name="把日子加到日历").tap()
    assert b"BEGIN:VEVENT" in download.value.path().read_bytes()
    expect(phone.case.locator(".step time").first).to_contain_text("期限")
    with phone.page.expect_download() as download:
        phone.case.get_by_role("button", name="打码证据册").tap()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("fact", "value", "shown"),
    [
        ("付款金额", "300.50", "300.50 元"),
        ("付款日期", "2026-11-17", "11月17日"),
        ("平台", "快充卡盟", "快充卡盟"),
        ("付款渠道", "支付宝", "支付宝"),
    ],
    ids=["money", "date", "text", "choice"],
)
def test_a_fact_is_put_right_in_the_panel(desktop: Chat, fact: str, value: str, shown: str) -> None:
    desktop.say(STORY)
    desktop.press(f"修改{fact}")
    field = desktop.case.get_by_label(fact, exact=True)
    assert desktop.focused(field)
    if fact == "付款渠道":
        field.select_option(label=value)
    else:
        field.fill(value)
    desktop.press("保存")
    expect(field).to_have_count(0)
    assert desktop.facts()[fact] == shown
    assert desktop.focused(desktop.page.get_by_role("button", name=f"修改{fact}"))
    expect(desktop.own.last).to_contain_text(shown)
    assert [author for author, _ in desktop.said()] == [line["author"] for line in desktop.stored()]


def test_a_fact_that_cannot_be_is_refused_where_it_is_written(desktop: Chat) -> None:
    desktop.network_may_fail = True
    desktop.say(STORY)
    desktop.press("修改付款金额")
    field = desktop.case.get_by_label("付款金额", exact=True)
    field.fill("很多")
    field.press("Enter")
    expect(desktop.case.get_by_role("alert")).to_contain_text("金额")
    assert desktop.focused(field)
    field.press("Escape")
    expect(field).to_have_count(0)
    assert desktop.facts()["付款金额"] == "200 元"


def test_the_last_message_is_taken_back(phone: Chat) -> None:
    phone.say(STORY)
    offered = phone.replies.all_inner_texts()
    phone.tap("转账给个人")
    expect(phone.replies).not_to_have_text(offered)
    phone.press("撤回这一条")
    phone.settled()
    expect(phone.replies).to_have_text(offered)
    expect(phone.page.get_by_role("button", name="撤回这一条")).to_have_count(0)
    phone.open_case()
    assert phone.facts().get("收款方类型") != "转账给个人"


def test_my_data_are_exported(phone: Chat, picture: bytes) -> None:
    phone.say(STORY)
    phone.show(picture, "订单.png")
    with phone.page.expect_download() as download:
        phone.choose_in_menu("导出我的资料")
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as packed:
        assert "极速卡盟" in packed.read("data.json").decode()
        assert picture in [packed.read(name) for name in packed.namelist()]
        json.loads(packed.read("data.json"))


def test_my_data_are_erased_only_when_said_twice(phone: Chat) -> None:
    phone.say(STORY)
    old = phone.token
    phone.choose_in_menu("删除我的资料")
    dialog = phone.page.get_by_role("dialog", name="删除我的资料")
    dialog.get_by_role("button", name="不删了").tap()
    expect(dialog).to_have_count(0)
    expect(phone.own).to_have_count(1)

    phone.choose_in_menu("删除我的资料")
    dialog.get_by_role("button", name="删除", exact=True).tap()
    dialog.get_by_role("button", name="真的删除，不留了").tap()
    expect(dialog).to_have_count(0)
    expect(phone.own).to_have_count(0)
    expect(phone.case_bar).to_be_hidden()
    assert phone.token != old
    gone = phone.context.request.get(f"{phone.url}/api/chat/messages", headers={"Authorization": f"Bearer {old}"})
    assert gone.status == 401
    phone.say("你好")
    assert phone.own_stored() == ["你好"]


def test_a_person_is_asked_for_in_the_menu(phone: Chat) -> None:
    phone.say(STORY)
    phone.choose_in_menu("转人工")
    phone.settled()
    assert phone.own_stored()[-1] == "转人工"
