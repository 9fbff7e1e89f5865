"""What each kind of message and event leads to."""

import pytest
from sqlalchemy import func, select

from cases.database import reading
from cases.models import Attachment, Author, Callback, ChannelIdentity, Message, Person
from tests.api.conftest import Bent, Chat, Draw, Serve, Talking
from tests.api.wechat.fake_platform import MEDIA, FakePlatform
from tests.api.wechat.follower import Follower


def said() -> list[str]:
    """What persons said, as the transcript shows it."""
    with reading() as session:
        texts = select(Message.text).where(Message.author == Author.PERSON).order_by(Message.id)
        return list(session.scalars(texts))


def identity(follower: Follower) -> ChannelIdentity | None:
    """How we know the follower."""
    with reading() as session:
        return session.scalar(select(ChannelIdentity).where(ChannelIdentity.external_id == follower.openid))


@pytest.fixture
def talker(account: FakePlatform, serve: Serve, talking: Talking) -> Follower:
    """Somebody who talks with the real dialogue."""
    return Follower(serve(talking), account)


class TestAPicture:
    def test_is_evidence_as_an_upload_is(self, talker: Follower, account: FakePlatform, picture: Draw) -> None:
        account.put_media("M1", picture(form="JPEG"))
        assert talker.deliver(talker.message("image", MediaId="M1", PicUrl="http://mmbiz.qpic.cn/x")) is not None
        with reading() as session:
            kept = session.scalars(select(Attachment)).one()
            assert (kept.media_type, kept.message_id is not None) == ("image/jpeg", True)
            assert session.get_one(Message, kept.message_id).channel == "wechat"

    def test_that_comes_twice_is_one(self, talker: Follower, account: FakePlatform, picture: Draw) -> None:
        account.put_media("M1", picture())
        first = talker.deliver(talker.message("image", MediaId="M1"))
        assert talker.again() == first
        with reading() as session:
            assert session.scalar(select(func.count()).select_from(Attachment)) == 1

    def test_that_cannot_be_fetched_is_asked_for_again(self, talker: Follower, account: FakePlatform) -> None:
        account.fail(MEDIA, 40007)
        told = talker.deliver(talker.message("image", MediaId="gone", PicUrl="http://127.0.0.1/admin"))
        assert told == "这张图没有取到，请再发一次。"
        assert said() == ["[图片]"]

    def test_that_is_none_is_refused_with_why(self, talker: Follower, account: FakePlatform) -> None:
        account.put_media("M1", b"<html>")
        told = talker.deliver(talker.message("image", MediaId="M1"))
        assert told is not None
        assert "图片" in told


class TestVoice:
    def test_that_was_recognised_is_a_text(self, follower: Follower, bent: Bent) -> None:
        follower.deliver(follower.message("voice", MediaId="1", Format="amr", Recognition="充的话费没到账"))
        assert bent.acted == ["充的话费没到账"]

    @pytest.mark.parametrize("heard", ["", "  "])
    def test_that_was_not_is_asked_for_in_writing(self, follower: Follower, bent: Bent, heard: str) -> None:
        told = follower.deliver(follower.message("voice", MediaId="1", Format="amr", Recognition=heard))
        assert told is not None
        assert "请打字" in told
        assert (bent.acted, said()) == ([], ["[语音]"])


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        pytest.param({"MsgType": "video", "MediaId": "1", "ThumbMediaId": "2"}, "[视频]", id="a video"),
        pytest.param({"MsgType": "shortvideo", "MediaId": "1"}, "[视频]", id="a short one"),
        pytest.param({"MsgType": "file", "Title": "a.pdf"}, "[文件]", id="a file"),
        pytest.param({"MsgType": "location", "Location_X": "23.1", "Label": "广州"}, "[位置]", id="a place"),
        pytest.param({"MsgType": "link", "Title": "t", "Url": "https://evil.example"}, "[链接]", id="a link"),
        pytest.param({"MsgType": "text", "Content": "【收到不支持的消息类型，暂无法显示】"}, "[表情]", id="a sticker"),
    ],
)
def test_what_nobody_here_can_read_is_answered_with_a_way_on(
    follower: Follower, bent: Bent, message: dict[str, str], shown: str
) -> None:
    told = follower.deliver(follower.message("text") | message)
    assert told is not None
    assert told.endswith("。")
    assert (bent.acted, said()) == ([], [shown])


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"MsgType": "miniprogrampage", "Title": "x"}, id="a message of a new kind"),
        pytest.param({"MsgType": "event", "Event": "VIEW", "EventKey": "https://example.org"}, id="a page opened"),
        pytest.param({"MsgType": "event", "Event": "LOCATION", "Latitude": "23"}, id="where somebody is"),
        pytest.param({"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "Status": "success"}, id="a receipt"),
        pytest.param({"MsgType": "event", "Event": "something_new"}, id="an event nobody knows"),
        pytest.param({"MsgType": "event", "Event": "CLICK", "EventKey": "an_old_menu"}, id="an entry that is gone"),
    ],
)
def test_what_is_nothing_to_us_is_taken_without_a_word(follower: Follower, bent: Bent, fields: dict[str, str]) -> None:
    assert follower.deliver(follower.event("x") | fields) is None
    assert (bent.acted, said()) == ([], [])


class TestFollowing:
    def test_is_welcomed_with_the_three_disputes(self, follower: Follower) -> None:
        told = follower.deliver(follower.event("subscribe"))
        assert told is not None
        assert "退款助手" in told
        assert all(f"{number}. " in told for number in (1, 2, 3))

    def test_and_turning_away_leaves_nothing_of_the_person(self, talker: Follower) -> None:
        talker.deliver(talker.event("subscribe"))
        talker.write("我的手机号是13800138000")
        assert talker.deliver(talker.event("unsubscribe")) is None
        with reading() as session:
            for table in (Person, ChannelIdentity, Message):
                assert session.scalar(select(func.count()).select_from(table)) == 0, table
            assert {row.person_id for row in session.scalars(select(Callback))} == {None}
            assert all(row.reply is None and row.fields == {} for row in session.scalars(select(Callback)))

    def test_a_message_that_comes_again_after_that_brings_nobody_back(self, follower: Follower) -> None:
        follower.write("你好")
        before = dict(follower.delivered)
        follower.deliver(follower.event("unsubscribe"))
        assert follower.again() is None
        assert follower.read(follower.post(before)) is None
        assert identity(follower) is None

    def test_turning_away_unknown_makes_nobody_known(self, follower: Follower) -> None:
        assert follower.deliver(follower.event("unsubscribe")) is None
        assert identity(follower) is None


class TestTheMenu:
    def test_a_tap_says_its_sentence(self, follower: Follower, bent: Bent) -> None:
        follower.deliver(follower.event("CLICK", EventKey="progress"))
        assert bent.acted == ["现在到哪一步了"]

    def test_a_tap_lets_us_write_first_for_a_minute(self, follower: Follower) -> None:
        follower.deliver(follower.event("CLICK", EventKey="progress"))
        known = identity(follower)
        assert known is not None
        assert known.pushes_left == 3


class TestChoices:
    def test_are_links_with_numbers(self, talker: Follower) -> None:
        told = talker.deliver(talker.event("subscribe"))
        assert told is not None
        assert "msgmenucontent=" in told
        assert ">1. " in told

    def test_tapped_they_are_taken(self, talker: Follower) -> None:
        told = talker.deliver(talker.event("subscribe")) or ""
        token = told.split("msgmenuid=")[1].split('"')[0]
        assert talker.write("付了钱没到账", bizmsgmenuid=token)
        with reading() as session:
            assert session.scalar(select(Message.intent).order_by(Message.id.desc()).limit(1)) is None
            assert session.scalars(select(Message.intent).where(Message.author == Author.PERSON)).one() == "choose"

    def test_that_are_old_are_said_to_be(self, talker: Follower) -> None:
        told = talker.write("付了钱没到账", bizmsgmenuid="c_23456789")
        assert told == "这个按钮已经过期了，请看最新的一条消息。"

    def test_a_token_that_somebody_types_is_a_text(self, follower: Follower, bent: Bent) -> None:
        follower.write("/choose{}", bizmsgmenuid="/choose{}")
        assert bent.acted == ["/choose{}"]


class TestThePage:
    def test_is_opened_by_a_link_that_no_transcript_holds(
        self, account: FakePlatform, serve: Serve, bent: Bent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TUIKUAN_PUBLIC_URL", "https://help.example.org/")
        follower = Follower(serve(bent), account)
        told = follower.write("网页") or ""
        link = told.split('<a href="')[1].split('"')[0]
        assert link.startswith("https://help.example.org/door/")
        opened = follower.client.post("/api/chat/sessions/door", json={"ticket": link.rpartition("/")[2]})
        assert opened.status_code == 201
        history = follower.client.get(
            "/api/chat/messages", headers={"Authorization": f"Bearer {opened.json()['token']}"}
        ).json()
        assert history["messages"][0]["text"] == "网页"
        assert "/door/" not in str(history)

    def test_without_one_that_is_said(self, follower: Follower) -> None:
        assert follower.write("网页") == "现在还没有网页可以打开。"


class TestTwoDoors:
    def test_a_code_from_the_page_joins_the_two(self, talker: Follower, talking: Talking) -> None:
        page = Chat(talker.client)
        code = joined_code(page.say("绑定")["messages"])
        asked = talker.write(f"绑定 {code}") or ""
        assert "是你自己" in asked
        with reading() as session:
            assert session.scalar(select(func.count()).select_from(Person)) == 2

    def test_a_scanned_code_does_the_same(self, talker: Follower) -> None:
        code = joined_code(Chat(talker.client).say("绑定")["messages"])
        assert "是你自己" in (talker.deliver(talker.event("SCAN", EventKey=code, Ticket="t")) or "")

    def test_following_by_such_a_code_welcomes_and_asks(self, talker: Follower) -> None:
        code = joined_code(Chat(talker.client).say("绑定")["messages"])
        told = talker.deliver(talker.event("subscribe", EventKey=f"qrscene_{code}", Ticket="t")) or ""
        assert "退款助手" in told
        assert "是你自己" in told


def joined_code(messages: list[dict[str, str]]) -> str:
    """The code that somebody was given."""
    words = " ".join(line["text"] for line in messages).replace("」", " ").split()
    return next(word for word in words if len(word) == 8 and word.isascii() and word.isalnum())
