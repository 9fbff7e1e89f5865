"""Whole cases in WeChat: sealed messages, the real assistant, pictures, numbers in place of buttons."""

import re
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.app import create_app
from api.case_view import CaseView, view
from bot.assistant import RasaAssistant
from cases.database import reading
from cases.models import ChannelIdentity, Outbox, OutboxState
from cases.settings import settings
from tests.api.wechat.fake_platform import FakePlatform
from tests.api.wechat.follower import Follower
from tests.pictures import png

FIRST = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"


class Talker(Follower):
    """Somebody in WeChat who taps what is offered and sends pictures."""

    heard = ""

    def deliver(self, fields: dict[str, str]) -> str | None:  # type: ignore[override]  # a dict is a mapping
        """Everything that comes back: in the answer, and what does not fit there a moment later."""
        before = len(self.pushed)
        answer = super().deliver(fields) or ""
        _wait_until_all_is_sent()
        self.heard = "\n".join([answer, *self.pushed[before:]])
        return self.heard

    def tap(self, title: str) -> str:
        """Tap the link with this title."""
        found = re.search(rf'msgmenucontent={re.escape(title)}&msgmenuid=(c_\w+)"', self.heard)
        assert found, f"{title} is not offered in: {self.heard}"
        return self.write(title, bizmsgmenuid=found[1]) or ""

    def show(self, number: int) -> str:
        """Send a picture."""
        self.platform.put_media(f"M{number}", png() + bytes([number]))
        return self.deliver(self.message("image", MediaId=f"M{number}", PicUrl="http://mmbiz.qpic.cn/x")) or ""

    @property
    def case(self) -> CaseView:
        """Their case."""
        with reading() as session:
            known = session.query(ChannelIdentity).filter_by(external_id=self.openid).one()
            assert known.person.conversation is not None
            assert known.person.conversation.case is not None, "no case yet"
            return view(known.person.conversation.case)


def _wait_until_all_is_sent() -> None:
    unsent = select(Outbox.id).where(Outbox.state.in_([OutboxState.WAITING, OutboxState.SENDING]))
    pause, until = threading.Event(), time.monotonic() + 20
    while True:
        with reading() as session:
            if session.scalar(unsent.limit(1)) is None:
                return
        assert time.monotonic() < until, "something is never sent"
        pause.wait(0.02)


@pytest.fixture
def platform(sqlite: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlatform]:
    """The platform, and an account there."""
    made = FakePlatform()
    for name, value in {**made.settings, "TUIKUAN_READING": "off"}.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield made
    made.close()


@pytest.fixture
def talker(platform: FakePlatform, assistant: RasaAssistant) -> Iterator[Talker]:
    """Somebody who follows the account."""
    with TestClient(create_app(assistant)) as client:
        yield Talker(client, platform)


def test_from_the_first_message_to_the_money(talker: Talker) -> None:
    assert "退款助手" in (talker.deliver(talker.event("subscribe")) or "")
    talker.write(FIRST)
    case = talker.case
    assert (case.dispute_kind, case.amount, case.platform) == ("not_delivered", "200.00", "极速卡盟")
    talker.tap("下单付给商户")
    for number in range(4):
        assert talker.case.stage == "evidence"
        talker.show(number)
    assert {item.status for item in talker.case.evidence if item.level == "required"} == {"provided"}
    assert talker.case.next.id == "L2_demand"
    talker.tap("已经做了")
    assert [step.status for step in talker.case.steps] == ["submitted"]
    talker.write("商家退款了，200全到账了")
    talker.tap("全部到账了")
    assert (talker.case.stage, talker.case.outcome) == ("closed", "refunded")


def test_numbers_choose_as_taps_do(talker: Talker) -> None:
    talker.deliver(talker.event("subscribe"))
    talker.write("1")
    assert talker.case.dispute_kind == "not_delivered"


def test_a_number_that_is_asked_for_is_no_choice(talker: Talker) -> None:
    talker.write("我在极速卡盟充的话费没到账")
    while talker.case.next.id != "amount":
        talker.write("没有")
    talker.write("2")
    assert talker.case.amount == "2.00"


def test_a_case_begun_on_the_page_goes_on_in_wechat(talker: Talker, say_on_page: Callable[[str], str]) -> None:
    say_on_page(FIRST)
    code = re.search(r"[2-9A-HJKMNP-Z]{8}", say_on_page("绑定"))
    assert code
    assert "是你自己" in (talker.write(f"绑定 {code[0]}") or "")
    talker.tap("是我自己")
    assert talker.case.amount == "200.00"
    talker.write("下单付给商户的")
    assert talker.case.pay_method == "order"


@pytest.fixture
def say_on_page(talker: Talker) -> Callable[[str], str]:
    """The same service's page, in another browser."""
    opened = talker.client.post("/api/chat/sessions").json()
    headers = {"Authorization": f"Bearer {opened['token']}"}
    numbers = iter(range(100))

    def say(text: str) -> str:
        body = {"text": text, "client_msg_id": f"message{next(numbers)}"}
        answer = talker.client.post("/api/chat/messages", json=body, headers=headers).json()
        return "\n".join(message["text"] for message in answer["messages"])

    return say
