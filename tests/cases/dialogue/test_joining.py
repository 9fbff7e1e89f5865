"""绑定: a code for the other side, and before a code of the other side is used, a question that says what it means."""

import re
from typing import Any

import pytest

from cases.case import service as cases_
from cases.dialogue import Understood
from cases.dialogue.topics import joining as topic
from cases.dialogue.turn import Turn
from cases.joining import service as joining
from cases.knowledge import knowledge
from cases.models import Case, LinkCode, Message, Person
from cases.people import service as people
from cases.transcript import service as transcript

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


@pytest.fixture
def other(talk: Talk) -> Person:
    """The same human at their other door."""
    identity, _ = people.start_web_session(talk.session)
    talk.session.flush()
    return identity.person


@pytest.fixture
def code(talk: Talk, other: Person) -> str:
    """A code that was given out there."""
    return joining.offer(talk.session, other)


def write(talk: Talk, text: str) -> str:
    """What handling a text about joining says, without what is asked next."""
    turn = Turn(talk.session, talk.person, talk.conversation, Understood(text, "join"), knowledge())
    topic.handle(turn)
    talk.bubbles = turn.bubbles()
    talk.session.flush()
    return str(talk.heard)


def case_of(talk: Talk, person: Person) -> Case:
    """A case that the other side is in the middle of."""
    case = cases_.open_case(talk.session, person)
    cases_.set_kind(talk.session, case, "not_delivered")
    conversation = transcript.conversation_of(talk.session, person)
    conversation.case, conversation.asked = case, "fact.amount"
    return case


def doors(talk: Talk) -> set[str]:
    talk.session.expire_all()
    return {identity.channel for identity in talk.person.identities}


class TestWhatIsAboutJoining:
    @pytest.mark.parametrize(
        "text",
        [
            *("绑定", "关联", "綁定", "關聯", " 绑定。", "绑定一下", "我要绑定", "怎么绑定？", "绑定微信", "绑定网页"),
            *(
                "绑定 ABCD2345",
                "绑定abcd2345",
                "綁定：ABCD-2345",
                "关联码 ABCD 2345",
                "绑定ＡＢＣＤ２３４５。",
                "绑定 ABCD234",
            ),
            *("解绑", "解除绑定", "取消关联", "怎么解绑？"),
        ],
    )
    def test_is_the_word_alone_or_with_a_code(self, text: str) -> None:
        assert topic.is_asked(text)

    @pytest.mark.parametrize(
        "text",
        [
            *("", "银行卡绑定了", "绑定银行卡", "绑定了手机号也没到账", "账号被别人绑定了", "让我绑定 ABCD2345 才退款"),
            *(
                "绑定13812345678",
                "ABCD2345",
                "绑定 ABC",
                "商家说要绑定微信",
                "绑定成功但是没到账",
                "关联交易",
                "绑定" * 20,
            ),
        ],
    )
    def test_is_no_sentence_that_speaks_of_it(self, text: str) -> None:
        assert not topic.is_asked(text)


@on_sqlite
class TestACode:
    def test_is_offered_with_what_to_do_and_what_not_to(self, talk: Talk, other: Person) -> None:
        heard = write(talk, "绑定")
        [code] = re.findall(r"绑定 ([0-9A-Z]{8})$", heard, re.MULTILINE)
        assert "十分钟" in heard
        assert "别给任何人" in heard
        assert joining.owner_of(talk.session, other, code) is talk.person

    def test_leaves_the_thread_where_it_is(self, talk: Talk) -> None:
        talk.tell_all()
        asked = talk.asked
        write(talk, "绑定")
        assert talk.asked == asked


@on_sqlite
class TestACodeOfTheOtherSide:
    def test_is_asked_about_first(self, talk: Talk, code: str) -> None:
        heard = write(talk, f"绑定 {code}")
        assert talk.asked == "confirm.join"
        assert "你自己" in heard
        assert "别人发来的码不要用" in heard
        assert [button.title for button in talk.bubbles[-1].buttons] == ["是我自己", "不是"]
        assert doors(talk) == {"test"}

    @pytest.mark.parametrize("says", ["是我自己", "是我自己。", "是", "对，是我自己的", "没错", "1"])
    def test_joins_after_a_plain_yes(self, talk: Talk, code: str, says: str) -> None:
        write(talk, f"绑定 {code}")
        assert "绑定好了" in talk.say("affirm", says)
        assert doors(talk) == {"test", "web"}

    @pytest.mark.parametrize(
        "says",
        ["不是", "不是我自己", "不是我", "客服让我绑的", "对方说是的", "是我吗？", "嗯，别人发给我的", "知道了", "2"],
    )
    def test_joins_nothing_after_a_doubt_even_if_it_was_taken_for_a_yes(self, talk: Talk, code: str, says: str) -> None:
        write(talk, f"绑定 {code}")
        assert "没有绑定" in talk.say("affirm", says)
        assert doors(talk) == {"test"}
        assert talk.asked != "confirm.join"

    def test_that_was_told_apart_can_be_used_later(self, talk: Talk, code: str) -> None:
        write(talk, f"绑定 {code}")
        talk.tap("confirm.no")
        write(talk, f"绑定 {code}")
        talk.tap("confirm.yes")
        assert doors(talk) == {"test", "web"}

    def test_is_looked_at_again_before_it_is_used(self, talk: Talk, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
        write(talk, f"绑定 {code}")
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T10:10:00")
        assert "过期" in talk.tap("confirm.yes")
        assert doors(talk) == {"test"}

    def test_is_not_used_twice_by_two_who_were_both_asked(self, talk: Talk, code: str) -> None:
        write(talk, f"绑定 {code}")
        third = people.by_channel(talk.session, "rest", "a third")
        joining.join(talk.session, third, joining.owner_of(talk.session, third, code))
        assert "已经用过" in talk.tap("confirm.yes")
        assert doors(talk) == {"test"}

    @pytest.mark.parametrize(
        ("written", "says"),
        [
            pytest.param("绑定 WRNG2345", "不对", id="a wrong one"),
            pytest.param("绑定 WRNG234", "八位", id="one too short"),
        ],
    )
    def test_that_opens_nothing_is_said_to(self, talk: Talk, written: str, says: str) -> None:
        assert says in write(talk, written)
        assert talk.asked is None

    def test_of_this_side_belongs_to_the_other(self, talk: Talk) -> None:
        own = joining.offer(talk.session, talk.person)
        assert "另一边去" in write(talk, f"绑定 {own}")

    def test_cannot_be_guessed(self, talk: Talk, code: str) -> None:
        for _ in range(5):
            write(talk, "绑定 WRNG2345")
        assert "一小时后" in write(talk, f"绑定 {code}")

    def test_guesses_are_counted_though_the_answer_is_a_refusal(self, talk: Talk) -> None:
        write(talk, "绑定 WRNG2345")
        assert talk.person.link_failures == 1


@on_sqlite
class TestAfterwards:
    def join(self, talk: Talk, code: str) -> str:
        write(talk, f"绑定 {code}")
        return str(talk.tap("confirm.yes"))

    def test_the_case_of_the_other_side_goes_on_here(self, talk: Talk, other: Person, code: str) -> None:
        case = case_of(talk, other)
        heard = self.join(talk, code)
        assert talk.case is case
        assert case.number in heard
        assert talk.asked.startswith("fact.")
        assert talk.questions == 1

    def test_a_question_that_waits_for_a_yes_there_is_asked_here(self, talk: Talk, other: Person, code: str) -> None:
        case = case_of(talk, other)
        conversation = transcript.conversation_of(talk.session, other)
        conversation.asked = "confirm.cancel"
        conversation.pending = {"question": "要停下吗？", "yes": "先不弄了", "no": "继续"}
        assert "要停下吗？" in self.join(talk, code)
        talk.tap("confirm.no")
        assert talk.case is case

    def test_of_two_cases_the_one_here_goes_on_and_the_other_is_a_tap_away(
        self, talk: Talk, other: Person, code: str
    ) -> None:
        talk.tell_all()
        here, there = talk.case, case_of(talk, other)
        asked = talk.asked
        assert there.number in self.join(talk, code)
        assert (talk.case, talk.asked) == (here, asked)
        talk.tap(f"case.{there.number}")
        assert talk.case is there

    def test_without_any_case_it_is_asked_what_happened(self, talk: Talk, code: str) -> None:
        self.join(talk, code)
        assert talk.asked == "opening"

    def test_a_join_cannot_be_taken_back(self, talk: Talk, other: Person, code: str) -> None:
        talk.tell_all()
        self.join(talk, code)
        talk.say("undo", "撤回上一条")
        assert talk.asked != "confirm.join"
        assert doors(talk) == {"test", "web"}

    def test_whose_code_it_was_hears_of_it_in_wechat(self, talk: Talk) -> None:
        victim = people.by_channel(talk.session, "wechat", "o-them")
        self.join(talk, joining.offer(talk.session, victim))
        [told] = [line.text for line in talk.session.query(Message) if line.channel == "wechat"]
        assert "转人工" in told

    def test_on_the_web_the_page_shows_it_anyway(self, talk: Talk, code: str) -> None:
        self.join(talk, code)
        assert [line for line in talk.session.query(Message) if line.channel == "wechat"] == []

    def test_no_code_is_left_open(self, talk: Talk, code: str) -> None:
        self.join(talk, code)
        assert [kept for kept in talk.session.query(LinkCode) if kept.used_at is None] == []


@on_sqlite
class TestParting:
    def test_is_answered_honestly_with_two_ways(self, talk: Talk) -> None:
        heard = write(talk, "解绑")
        assert "没有办法" in heard
        assert "删除我的资料" in heard
        assert talk.choices == ["human"]
