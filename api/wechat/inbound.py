"""What a callback of WeChat is: a text, a tapped choice, a picture, something we cannot read, or an event.

Fields as in the platform's 接收普通消息 and 接收事件推送.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from cases.dialogue import Button

# What WeChat sends instead of a sticker.
STICKER = "【收到不支持的消息类型"
SCENE_PREFIX = "qrscene_"
AGREED = "accept"


class Kind(Enum):
    """What there is to do about a callback."""

    TEXT = auto()
    CHOICE = auto()
    PICTURE = auto()
    UNREADABLE = auto()
    FOLLOWED = auto()
    LEFT = auto()
    SCANNED = auto()
    MENU = auto()
    AGREED = auto()
    NOTHING = auto()


# What the person sent that nobody here can read, and which of the `wechat_` sentences says so.
UNREADABLE = {
    "voice": ("语音", "voice"),
    "video": ("视频", "video"),
    "shortvideo": ("视频", "video"),
    "file": ("文件", "file"),
    "location": ("位置", "location"),
    "link": ("链接", "link"),
    "sticker": ("表情", "sticker"),
}
# Only these taps of the menu let us write first for a while.
CLICKS = ("CLICK", "scancode_push", "scancode_waitmsg")


@dataclass(frozen=True, slots=True)
class Inbound:
    """One callback. `text` is what was said, the token of a choice, a menu key, or the scene of a QR code."""

    kind: Kind
    openid: str
    text: str = ""
    said: str = ""
    media_id: str = ""
    pic_url: str = ""
    count: int = 0


def key_of(fields: Mapping[str, str]) -> str:
    """The platform's own id: MsgId, or for events who, when and what."""
    if message_id := fields.get("MsgId"):
        return message_id
    return "|".join(fields.get(name, "") for name in ("FromUserName", "CreateTime", "Event"))


def read(fields: Mapping[str, str]) -> Inbound:
    """What the fields of a callback mean. What we do not know is nothing to do, never an error."""
    type_, openid = fields["MsgType"], fields["FromUserName"]
    if type_ == "event":
        return _event(fields, openid)
    if type_ == "text":
        return _text(fields, openid)
    if type_ == "image":
        return Inbound(Kind.PICTURE, openid, media_id=fields.get("MediaId", ""), pic_url=fields.get("PicUrl", ""))
    if type_ == "voice" and (heard := fields.get("Recognition", "").strip()):
        return Inbound(Kind.TEXT, openid, heard)
    return _unreadable(type_, openid)


def _text(fields: Mapping[str, str], openid: str) -> Inbound:
    text, tapped = fields.get("Content", ""), fields.get("bizmsgmenuid", "")
    if Button.is_token(tapped):
        return Inbound(Kind.CHOICE, openid, tapped)
    return _unreadable("sticker", openid) if text.startswith(STICKER) else Inbound(Kind.TEXT, openid, text)


def _unreadable(type_: str, openid: str) -> Inbound:
    if type_ not in UNREADABLE:
        return Inbound(Kind.NOTHING, openid)
    name, sentence = UNREADABLE[type_]
    return Inbound(Kind.UNREADABLE, openid, sentence, said=f"[{name}]")


def _event(fields: Mapping[str, str], openid: str) -> Inbound:
    event, key = fields.get("Event", ""), fields.get("EventKey", "")
    if event == "subscribe":
        return Inbound(Kind.FOLLOWED, openid, key.removeprefix(SCENE_PREFIX))
    if event == "unsubscribe":
        return Inbound(Kind.LEFT, openid)
    if event == "SCAN":
        return Inbound(Kind.SCANNED, openid, key)
    if event in CLICKS:
        return Inbound(Kind.MENU, openid, key)
    if event in ("subscribe_msg_popup_event", "subscribe_msg_change_event"):
        answers = [value for name, value in fields.items() if name.endswith("SubscribeStatusString")]
        return Inbound(Kind.AGREED, openid, count=sum(1 if value == AGREED else -1 for value in answers))
    return Inbound(Kind.NOTHING, openid)
