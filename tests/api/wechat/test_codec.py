"""What is opened and how answers are sealed: the platform's examples, another implementation, attackers."""

import base64
import time
from collections.abc import Callable
from itertools import count
from typing import Literal

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given, settings
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto  # type: ignore[import-untyped]
from wechatpy.parser import parse_message  # type: ignore[import-untyped]

from api.wechat import xml
from api.wechat.codec import WINDOW_S, Codec, decrypt, encrypt, sign
from api.wechat.rejection import Reject
from cases.settings import settings as program_settings

# The platform's own example: developers.weixin.qq.com/doc/oplatform, "消息推送".
TOKEN, KEY, APP_ID = "AAAAA", "A" * 43, "wx134c8103faa5a59e"
NOW, NONCE, SALT = 1715943329, "1590219412", b"1205899eaf019bbd"
ENCRYPTED = (
    "D7yzvUNAL930rd28wf21s4hvXhz0L6Uit/p2Di6C5DHyYGpEgdBRnKjBec34JwoQXicwaZC7fOVihW80F4VtsdvE//1vr7oAbqjDv8KenVp+ajKYpJny"
    "Q4zMRhIC+a31fCVOMC03FfzV/QuC94kBP55a+Za3sJgvAn+ZbsNqZI5DkyuzkhQN8OBqCzFhizGmy0xpM0MEA4agpvE+RuNO1rhHTtuJB5yltw1FiYze"
    "cSXJ+y/D2r81VkRn2eYjh2ltsoyfbDR7Is6ookXIFxTfyeNyeHxMeT4KN5WpCDmSbTcUYrbBUlkGLJ9n/rU8YOywma6G7aTb7KZKOqCxgfoUlYEZPk4F"
    "UL/TK7ShriFDMVCLyjQJ15Ob++agDWtcxhfUfe6HIoIpRW8mKNBQiY/Jd1svvuskA1wLef1RTtzKfMpagSCX/laZINmdnX4zrF6kIaR9P4xQrWXbsTFH"
    "TYe0Mg=="
)
QUERY = {
    "signature": "cc0c594499c1634947d5b502f158ee518947db27",
    "timestamp": str(NOW),
    "nonce": NONCE,
    "openid": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
    "encrypt_type": "aes",
    "msg_signature": "6c12a4205838198b8fa631b3220723bb07f1015c",
}
FIELDS = {
    "ToUserName": "gh_97417a04a28d",
    "FromUserName": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
    "CreateTime": "1715943329",
    "MsgType": "event",
    "Event": "debug_demo",
    "debug_str": "hello world",
}
MESSAGE = """<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>
<FromUserName><![CDATA[o9AgO5Kd5ggOC-bXrbNODIiE3bGY]]></FromUserName>
<CreateTime>1715943329</CreateTime>
<MsgType><![CDATA[event]]></MsgType>
<Event><![CDATA[debug_demo]]></Event>
<debug_str><![CDATA[hello world]]></debug_str>
</xml>"""
OTHER_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

Mode = Literal["safe", "compatible", "plain"]
Posted = tuple[dict[str, str], bytes]
ENCRYPTING: list[Mode] = ["safe", "compatible"]


def codec(mode: Mode = "safe", *keys: str, at: float = NOW) -> Codec:
    return Codec(TOKEN, keys or [KEY], APP_ID, mode, now=lambda: at)


def raw(key: str) -> bytes:
    return base64.b64decode(f"{key}=")


def signed(encrypted: str, *, timestamp: str = str(NOW), nonce: str = NONCE, clear: str = "") -> Posted:
    """Query and body as the platform posts them, whatever is in them; `clear` stands beside what is encrypted."""
    query = {
        "signature": sign(TOKEN, timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": sign(TOKEN, timestamp, nonce, encrypted),
    }
    return query, f"<xml>{clear}<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()


def posted(message: str = MESSAGE, key: str = KEY, *, clear: str = "") -> Posted:
    return signed(encrypt(message.encode(), raw(key), APP_ID.encode(), SALT), clear=clear)


def in_the_clear(message: str = MESSAGE, **more: str) -> Posted:
    """A message that is not encrypted, with the signature that the platform gives it."""
    timestamp = str(NOW)
    return {
        "signature": sign(TOKEN, timestamp, NONCE),
        "timestamp": timestamp,
        "nonce": NONCE,
        **more,
    }, message.encode()


def refusal(act: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(Reject) as refused:
        act()
    return refused.value.status, refused.value.reason


class TestThePlatformsExamples:
    def test_asking_for_the_address(self) -> None:
        query = {
            "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
            "timestamp": "1714036504",
            "nonce": "1514711492",
            "echostr": "4375120948345356249",
        }
        assert codec(at=1714036504).verify_url(query) == "4375120948345356249"

    def test_a_message(self) -> None:
        body = f"""<xml>
    <ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>
    <Encrypt><![CDATA[{ENCRYPTED}]]></Encrypt>
</xml>"""
        opened = codec().open(QUERY, body.encode())
        assert (opened.fields, opened.key) == (FIELDS, raw(KEY))

    def test_encrypting_it_again(self) -> None:
        assert encrypt(MESSAGE.encode(), raw(KEY), APP_ID.encode(), SALT) == ENCRYPTED

    @pytest.mark.parametrize(
        ("reply", "app_id", "salt", "encrypted", "signature"),
        [
            pytest.param(
                b'{"demo_resp":"good luck"}',
                b"wxba5fad812f8e6fb9",
                b"707722b803182950",
                "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==",
                "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1",
                id="json",
            ),
            pytest.param(
                b"<xml><demo_resp>[CDATA[good luck]]</demo_resp></xml>",
                b"wx134c8103faa5a59e",
                b"999951349e8ee746",
                "hE8R6mGXHkJJjU72KxzKUd1GEkKJaEZq7vRL8XgK3o+00k8JGq6+pZJUIlTSyhsX+bxIBQ72g3GyvDdIZcr6+3HAZbSvPT9t/o11MI7d6WE"
                "LwqrGd7jMnV0zv3Zc9Nq7",
                "03e0812039325c2712ef5f0f980fd14c70d6e307",
                id="xml",
            ),
        ],
    )
    def test_an_answer(self, reply: bytes, app_id: bytes, salt: bytes, encrypted: str, signature: str) -> None:
        assert encrypt(reply, raw(KEY), app_id, salt) == encrypted
        assert decrypt(base64.b64decode(encrypted), raw(KEY), app_id) == reply
        assert sign(TOKEN, "1713424427", "415670741", encrypted) == signature

    def test_an_event_in_json(self) -> None:
        encrypted = (
            "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsX"
            "UnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajA"
            "sjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
        )
        assert sign(TOKEN, "1714112445", "415670741", encrypted) == "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
        event = decrypt(base64.b64decode(encrypted), raw(KEY), b"wxba5fad812f8e6fb9")
        assert event is not None
        assert event.endswith(b'"Event":"debug_demo","debug_str":"hello world"}')


class TestWithAnotherImplementation:
    """Whatever is said, in whichever direction."""

    oracle = WeChatCrypto(TOKEN, KEY, APP_ID)

    @settings(deadline=None)
    @given(said=st.text())
    def test_ours_opens_what_it_seals(self, said: str) -> None:
        message = xml.text_reply("gh_1", "openid", said, NOW)
        body = self.oracle.encrypt_message(message, NONCE, str(NOW)).encode()
        query = {**QUERY, "msg_signature": xml.read(body)["MsgSignature"]}
        assert codec().open(query, body).fields == xml.read(message.encode())

    @settings(deadline=None)
    @given(said=st.text())
    def test_it_opens_what_ours_seals(self, said: str) -> None:
        reply = xml.text_reply("openid", "gh_1", said, NOW)
        body = codec().seal(reply, raw(KEY), NONCE)
        sealed = xml.read(body.encode())
        assert (sealed["TimeStamp"], sealed["Nonce"]) == (str(NOW), NONCE)
        opened = self.oracle.decrypt_message(body, sealed["MsgSignature"], sealed["TimeStamp"], sealed["Nonce"])
        assert opened == reply
        assert (parse_message(opened).content or "").strip() == xml.read(reply.encode())["Content"].strip()


class TestModes:
    @pytest.mark.parametrize("mode", ENCRYPTING)
    def test_where_messages_are_encrypted_the_encrypted_copy_counts(self, mode: Mode) -> None:
        clear = "<ToUserName>gh_0</ToUserName><FromUserName>somebody_else</FromUserName><Content>forged</Content>"
        assert codec(mode).open(*posted(clear=clear)).fields == FIELDS

    @pytest.mark.parametrize("mode", ENCRYPTING)
    @pytest.mark.parametrize(
        ("downgraded", "refused"),
        [
            pytest.param(in_the_clear(), (403, "not encrypted"), id="as-in-plain-mode"),
            pytest.param(in_the_clear(encrypt_type="raw"), (403, "not encrypted"), id="declared-raw"),
            pytest.param(in_the_clear(encrypt_type="AES"), (403, "not encrypted"), id="declared-otherwise"),
            pytest.param(in_the_clear(encrypt_type="aes"), (400, "nothing encrypted"), id="without-an-encrypted-copy"),
            pytest.param(signed(""), (400, "nothing encrypted"), id="an-empty-copy-with-the-signature-of-plain-mode"),
            pytest.param(
                ({**in_the_clear()[0], "encrypt_type": "aes"}, posted()[1]),
                (403, "wrong signature"),
                id="with-the-signature-of-plain-mode-only",
            ),
            pytest.param(
                ({**posted()[0], "msg_signature": posted()[0]["signature"]}, posted()[1]),
                (403, "wrong signature"),
                id="with-the-signature-of-plain-mode-in-place-of-the-other",
            ),
        ],
    )
    def test_what_is_not_encrypted_or_not_signed_as_such_is_refused(
        self, mode: Mode, downgraded: Posted, refused: tuple[int, str]
    ) -> None:
        assert refusal(lambda: codec(mode).open(*downgraded)) == refused

    def test_in_plain_mode_messages_and_answers_are_plain(self) -> None:
        plain = Codec(TOKEN, [], "", "plain", now=lambda: NOW)
        opened = plain.open(*in_the_clear())
        assert (opened.fields, opened.key) == (FIELDS, None)
        assert plain.seal("<xml></xml>", opened.key, NONCE) == "<xml></xml>"

    def test_in_plain_mode_only_what_is_plain_is_read(self) -> None:
        assert refusal(lambda: codec("plain").open(*posted())) == (400, "no usable ToUserName")


class TestKeys:
    def test_the_answer_is_sealed_with_the_key_that_opened_the_message(self) -> None:
        changing = codec("safe", OTHER_KEY, KEY)
        opened = changing.open(*posted(key=KEY))
        assert (opened.fields, opened.key) == (FIELDS, raw(KEY))
        sealed = xml.read(changing.seal("<xml></xml>", opened.key, NONCE).encode())["Encrypt"]
        assert decrypt(base64.b64decode(sealed), raw(KEY), APP_ID.encode()) == b"<xml></xml>"

    def test_the_current_one_is_tried_first(self) -> None:
        assert codec("safe", OTHER_KEY, KEY).open(*posted(key=OTHER_KEY)).key == raw(OTHER_KEY)

    def test_another_one_opens_nothing(self) -> None:
        expected = (403, "sealed by another key or for another account")
        assert refusal(lambda: codec("safe", OTHER_KEY).open(*posted(key=KEY))) == expected

    def test_the_same_answer_is_never_sealed_alike(self) -> None:
        assert codec().seal("<xml></xml>", raw(KEY), NONCE) != codec().seal("<xml></xml>", raw(KEY), NONCE)

    def test_what_was_opened_shows_neither_message_nor_key(self) -> None:
        assert repr(codec().open(*posted())) == "Opened()"

    def test_the_account_of_the_settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        values = {"TOKEN": TOKEN, "APP_ID": APP_ID, "AES_KEY": OTHER_KEY, "PREVIOUS_AES_KEY": KEY, "MODE": "compatible"}
        for name, value in values.items():
            monkeypatch.setenv(f"TUIKUAN_WECHAT__{name}", value)
        program_settings.cache_clear()
        try:
            encrypted = encrypt(MESSAGE.encode(), raw(KEY), APP_ID.encode(), SALT)
            assert Codec.of_settings().open(*signed(encrypted, timestamp=str(int(time.time())))).fields == FIELDS
        finally:
            program_settings.cache_clear()


def asked(**query: str) -> Callable[[], object]:
    """The platform asks for the address."""
    return lambda: codec().verify_url({**in_the_clear(echostr="1")[0], **query})


def told(**query: str) -> Callable[[], object]:
    """The platform posts an encrypted message."""
    return lambda: codec().open({**posted()[0], **query}, posted()[1])


def told_plainly(**query: str) -> Callable[[], object]:
    return lambda: codec("plain").open({**in_the_clear()[0], **query}, in_the_clear()[1])


class TestSignatures:
    @pytest.mark.parametrize(
        "wrong",
        [
            pytest.param("", id="none"),
            pytest.param("0" * 40, id="another"),
            pytest.param(QUERY["msg_signature"][:-1], id="cut"),
            pytest.param(QUERY["msg_signature"] + "0", id="longer"),
            pytest.param("签" * 40, id="not-ascii"),
            pytest.param(QUERY["msg_signature"] + "签", id="ascii-and-more"),
            pytest.param("\ud800" * 40, id="lone-surrogates"),
        ],
    )
    def test_any_other_is_refused_wherever_one_is_needed(self, wrong: str) -> None:
        expected = (403, "wrong signature")
        assert refusal(asked(signature=wrong)) == expected
        assert refusal(told(msg_signature=wrong)) == expected
        assert refusal(told_plainly(signature=wrong)) == expected

    def test_of_the_two_the_encrypted_message_has_only_the_one_that_covers_it_counts(self) -> None:
        query, body = posted()
        assert codec().open({**query, "signature": "0" * 40}, body).fields == FIELDS

    def test_it_is_made_with_the_token(self) -> None:
        other = Codec("BBBBB", [KEY], APP_ID, "safe", now=lambda: NOW)
        assert refusal(lambda: other.open(*posted())) == (403, "wrong signature")

    @pytest.mark.parametrize("mode", ["safe", "compatible", "plain"])
    def test_a_query_without_anything_is_refused(self, mode: Mode) -> None:
        assert refusal(lambda: codec(mode).open({}, posted()[1]))[0] == 403
        assert refusal(lambda: codec(mode).verify_url({}))[0] == 403

    def test_one_that_is_right_for_a_message_without_its_beginning_is_refused(self) -> None:
        """The signature joins its sorted parts: what one part loses at its beginning, the one before it may gain."""
        cut = 128  # characters of base64: three blocks, so that what remains can be decrypted
        for number in count():
            encrypted = encrypt(MESSAGE.encode(), raw(KEY), APP_ID.encode(), f"{number:016}".encode())
            longer, rest = f"B{encrypted[:cut]}", encrypted[cut:]
            if encrypted > "B" and rest > longer:
                break
        query, _ = signed(encrypted, nonce="B")
        forged, body = signed(rest, nonce=longer)
        assert forged["msg_signature"] == query["msg_signature"]
        assert refusal(lambda: codec().open(forged, body)) == (403, "no usable nonce")


class TestTime:
    @pytest.mark.parametrize("late_s", [-WINDOW_S, 0, WINDOW_S])
    def test_what_is_signed_now_is_taken(self, late_s: int) -> None:
        assert codec(at=NOW + late_s + 0.9).open(*posted()).fields == FIELDS
        assert codec(at=NOW + late_s).verify_url(in_the_clear(echostr="1")[0]) == "1"

    @pytest.mark.parametrize("late_s", [-WINDOW_S - 1, WINDOW_S + 1, 10**9])
    def test_what_was_or_will_be_signed_is_refused(self, late_s: int) -> None:
        expected = (403, "not of this time")
        at = NOW + late_s
        assert refusal(lambda: codec(at=at).open(*posted())) == expected
        assert refusal(lambda: codec("plain", at=at).open(*in_the_clear())) == expected
        assert refusal(lambda: codec(at=at).verify_url(in_the_clear(echostr="1")[0])) == expected

    @pytest.mark.parametrize(
        "timestamp",
        [
            pytest.param("", id="none"),
            pytest.param("now", id="no-number"),
            pytest.param(f"{NOW}.0", id="a-fraction"),
            pytest.param(f"+{NOW}", id="a-sign"),
            pytest.param(f" {NOW}", id="a-space"),
            pytest.param(f"{NOW}\n", id="a-line-end"),
            pytest.param(f"{NOW // 1000}_{NOW % 1000}", id="an-underscore"),
            pytest.param(str(NOW).translate({ord(str(n)): ord("０") + n for n in range(10)}), id="full-width"),
            pytest.param("9" * 5000, id="thousands-of-digits"),
        ],
    )
    def test_what_is_no_time_is_refused_though_it_is_signed(self, timestamp: str) -> None:
        encrypted = encrypt(MESSAGE.encode(), raw(KEY), APP_ID.encode(), SALT)
        assert refusal(lambda: codec().open(*signed(encrypted, timestamp=timestamp))) == (403, "not of this time")

    @pytest.mark.parametrize("nonce", ["", "n" * 65, "随机", "a b", "a\n"], ids=repr)
    def test_so_is_what_is_no_nonce(self, nonce: str) -> None:
        encrypted = encrypt(MESSAGE.encode(), raw(KEY), APP_ID.encode(), SALT)
        assert refusal(lambda: codec().open(*signed(encrypted, nonce=nonce))) == (403, "no usable nonce")


@pytest.mark.parametrize(
    "echo", ["", "<script>alert(1)</script>", "1\n", "号", "1" * 257], ids=["none", "html", "line", "not-ascii", "long"]
)
def test_only_an_echo_that_does_no_harm_is_answered(echo: str) -> None:
    assert refusal(asked(echostr=echo)) == (400, "no usable echostr")


def padded(full: bytes) -> bytes:
    missing = 32 - len(full) % 32
    return full + bytes([missing]) * missing


def inner(message: bytes = MESSAGE.encode(), tail: bytes = APP_ID.encode(), length: int | None = None) -> bytes:
    """What is encrypted, without its padding."""
    return SALT + (len(message) if length is None else length).to_bytes(4, "big") + message + tail


def sealed(padded: bytes) -> str:
    encryptor = Cipher(AES(raw(KEY)), CBC(raw(KEY)[:16])).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


class TestCiphertexts:
    """All of them signed: an attacker cannot do this, but a mistake of ours could leave it to these checks."""

    def test_the_one_that_the_others_differ_from(self) -> None:
        assert codec().open(*signed(sealed(padded(inner())))).fields == FIELDS

    @pytest.mark.parametrize(
        "encrypted",
        [
            pytest.param("****", id="other-characters"),
            pytest.param("====", id="nothing-but-its-padding"),
            pytest.param(ENCRYPTED[:-1], id="cut"),
            pytest.param(f"{ENCRYPTED[:64]}\n{ENCRYPTED[64:]}", id="in-lines"),
            pytest.param("密文", id="not-ascii"),
        ],
    )
    def test_not_base64(self, encrypted: str) -> None:
        assert refusal(lambda: codec().open(*signed(encrypted))) == (400, "not base64")

    @pytest.mark.parametrize(
        "encrypted",
        [
            pytest.param(base64.b64encode(b"x" * 31).decode(), id="less-than-a-block"),
            pytest.param(sealed(b"x" * 16), id="half-a-block-of-ours"),
            pytest.param(sealed(inner(b"x" * 9) + b"\x01"), id="padded-to-16"),
            pytest.param(sealed(bytes(64)), id="padded-by-0"),
            pytest.param(sealed(inner(b"x" * 9) + b"\x31" * 49), id="padded-by-a-block-too-much"),
            pytest.param(sealed(b"\xff" * 64), id="padded-by-more-than-there-is"),
            pytest.param(sealed(padded(inner())[:-2] + b"\x00" + padded(inner())[-1:]), id="padded-unevenly"),
            pytest.param(sealed(b"\x20" * 32), id="nothing-but-padding"),
            pytest.param(sealed(padded(SALT)), id="without-length"),
            pytest.param(sealed(padded(inner(length=0))), id="length-of-nothing"),
            pytest.param(sealed(padded(inner(length=len(MESSAGE) - 1))), id="shorter-than-the-message"),
            pytest.param(sealed(padded(inner(length=len(MESSAGE) + 1))), id="longer-than-the-message"),
            pytest.param(sealed(padded(inner(length=2**32 - 1))), id="longer-than-anything"),
            pytest.param(sealed(padded(inner(tail=b""))), id="for-no-account"),
            pytest.param(sealed(padded(inner(tail=b"wxba5fad812f8e6fb9"))), id="for-another-account"),
            pytest.param(sealed(padded(inner(tail=b"x" + APP_ID.encode()))), id="for-an-account-that-ends-like-ours"),
            pytest.param(sealed(padded(inner(tail=APP_ID.encode() + b"x"))), id="for-an-account-that-begins-like-ours"),
            pytest.param(sealed(padded(inner(tail=APP_ID.encode()[:-1]))), id="for-a-part-of-ours"),
            pytest.param(sealed(padded(inner(tail=APP_ID.upper().encode()))), id="for-ours-in-capitals"),
        ],
    )
    def test_not_sealed_for_us(self, encrypted: str) -> None:
        expected = (403, "sealed by another key or for another account")
        assert refusal(lambda: codec().open(*signed(encrypted))) == expected

    def test_nothing_is_sealed_for_nobody(self) -> None:
        assert decrypt(b"", raw(KEY), APP_ID.encode()) is None

    def test_an_account_without_a_name_opens_no_message_that_is_cut(self) -> None:
        whole = base64.b64decode(sealed(padded(inner(tail=b""))))
        cut = base64.b64decode(sealed(padded(inner(tail=b"", length=len(MESSAGE) + 1))))
        assert (decrypt(whole, raw(KEY), b""), decrypt(cut, raw(KEY), b"")) == (MESSAGE.encode(), None)

    def test_a_hostile_message_is_refused_inside_as_outside(self) -> None:
        message = '<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Content>&e;</Content></xml>'
        assert refusal(lambda: codec().open(*posted(message))) == (400, "document type declared")


class TestFields:
    @pytest.mark.parametrize("name", ["ToUserName", "FromUserName", "MsgType", "CreateTime"])
    @pytest.mark.parametrize("value", [None, "", "是我", "a b", "a\n", "a" * 129], ids=repr)
    def test_a_message_needs_its_sender_receiver_kind_and_time(self, name: str, value: str | None) -> None:
        kept = {field: content for field, content in {**FIELDS, name: value}.items() if content is not None}
        message = (
            "<xml>" + "".join(f"<{field}><![CDATA[{value}]]></{field}>" for field, value in kept.items()) + "</xml>"
        )
        expected = (400, f"no usable {name}")
        assert refusal(lambda: codec().open(*posted(message))) == expected
        assert refusal(lambda: codec("plain").open(*in_the_clear(message))) == expected

    @pytest.mark.parametrize("at", ["soon", "-1", "1.5", "１", "1" * 13])
    def test_its_time_is_in_seconds(self, at: str) -> None:
        message = MESSAGE.replace(f">{NOW}<", f">{at}<")
        assert refusal(lambda: codec().open(*posted(message))) == (400, "no usable CreateTime")
