"""Somebody who follows the account, and the platform between: sealed by another implementation than ours."""

import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import time as now
from typing import Any
from xml.etree import ElementTree

from httpx import Response
from starlette.testclient import TestClient
from wechatpy.crypto import WeChatCrypto

from tests.api.wechat.fake_platform import FakePlatform

ACCOUNT = "gh_0123456789ab"
MESSAGE_IDS = itertools.count(7_000_000_000_000_000_000)


def as_xml(fields: Mapping[str, str]) -> str:
    """Fields as the platform writes them."""
    safe = {name: value.replace("]]>", "]]]]><![CDATA[>") for name, value in fields.items()}
    inside = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in safe.items())
    return f"<xml>{inside}</xml>"


@dataclass
class Follower:
    """One openid. `delivered` is what was delivered last, as (fields), to deliver it again."""

    client: TestClient
    platform: FakePlatform
    openid: str = field(default_factory=lambda: f"o{secrets.token_hex(13)}")
    delivered: dict[str, str] = field(default_factory=dict)

    @property
    def crypto(self) -> WeChatCrypto:
        """The other implementation."""
        return WeChatCrypto(self.platform.callback_token, self.platform.aes_key, self.platform.app_id)

    def message(self, type_: str, **more: str) -> dict[str, str]:
        """The fields of a message."""
        return {
            "ToUserName": ACCOUNT,
            "FromUserName": self.openid,
            "CreateTime": str(int(now())),
            "MsgType": type_,
            "MsgId": str(next(MESSAGE_IDS)),
            **more,
        }

    def event(self, name: str, **more: str) -> dict[str, str]:
        """The fields of an event."""
        fields = self.message("event", Event=name, **more)
        del fields["MsgId"]
        return fields

    def post(self, fields: Mapping[str, str]) -> Response:
        """Deliver a callback as the platform does in 安全模式."""
        nonce, timestamp = secrets.token_hex(5), str(int(now()))
        sealed = self.crypto.encrypt_message(as_xml(fields), nonce, timestamp)
        envelope = ElementTree.fromstring(sealed)
        query = {
            "signature": "0" * 40,
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": self.openid,
            "encrypt_type": "aes",
            "msg_signature": envelope.findtext("MsgSignature") or "",
        }
        body = as_xml({"ToUserName": ACCOUNT, "Encrypt": envelope.findtext("Encrypt") or ""})
        return self.client.post("/wechat", params=query, content=body.encode(), headers={"Content-Type": "text/xml"})

    def deliver(self, fields: Mapping[str, str]) -> str | None:
        """Deliver a callback; returns the text that the account answers, `None` for `success`."""
        self.platform.allow(self.openid)
        self.delivered = dict(fields)
        return self.read(self.post(fields))

    def again(self) -> str | None:
        """The platform delivers the last one again."""
        return self.read(self.post(self.delivered))

    def write(self, text: str, **more: str) -> str | None:
        """Write a text."""
        return self.deliver(self.message("text", Content=text, **more))

    def read(self, response: Response) -> str | None:
        """What an answer says. It is to this person, and of at most 2048 bytes."""
        assert response.status_code == 200, response.text
        if response.text == "success":
            return None
        envelope = ElementTree.fromstring(response.text)
        signed = [envelope.findtext(name) or "" for name in ("MsgSignature", "TimeStamp", "Nonce")]
        opened: Any = self.crypto.decrypt_message(response.text, *signed)
        reply = ElementTree.fromstring(opened)
        assert (reply.findtext("ToUserName"), reply.findtext("FromUserName")) == (self.openid, ACCOUNT)
        assert reply.findtext("MsgType") == "text"
        text = reply.findtext("Content") or ""
        assert len(text.encode()) <= 2048
        return text

    @property
    def pushed(self) -> list[str]:
        """The texts that the account sent on its own."""
        return [one.text for one in self.platform.sent if one.kind == "text" and one.to == self.openid]

    def processed(self, key: str | None = None) -> int:
        """How often work on the last callback began."""
        fields = self.delivered
        own = fields.get("MsgId") or "|".join(fields[name] for name in ("FromUserName", "CreateTime", "Event"))
        return int(self.client.get(f"/wechat/_processed/{key or own}").json()["processed"])
