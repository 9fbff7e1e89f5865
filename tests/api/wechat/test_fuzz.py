"""Whatever is sent is opened or refused with `Reject`, and only what the platform has sent is opened.

`benchmarks/wechat_fuzz.py` tries it a million times.
"""

import base64
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from api.wechat import xml
from api.wechat.codec import Codec, Opened, decrypt, encrypt, sign
from api.wechat.rejection import Reject

TOKEN, KEY, APP_ID, NOW = "AAAAA", "A" * 43, "wx134c8103faa5a59e", 1715943329
RAW_KEY = base64.b64decode(f"{KEY}=")
CODECS = {mode: Codec(TOKEN, [KEY], APP_ID, mode, now=lambda: NOW) for mode in ("safe", "compatible", "plain")}
MESSAGE = xml.text_reply("gh_97417a04a28d", "o9AgO5Kd5ggOC", "充的话费没到账 😀", NOW).encode()
FIELDS = xml.read(MESSAGE)

MANY = settings(max_examples=600, derandomize=True, deadline=None)


def posted(message: bytes) -> tuple[dict[str, str], bytes]:
    encrypted = encrypt(message, RAW_KEY, APP_ID.encode(), b"1205899eaf019bbd")
    return signed(encrypted), f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{encrypted}</Encrypt></xml>".encode()


def signed(*parts: str) -> dict[str, str]:
    timestamp, nonce = str(NOW), "1590219412"
    return {
        "signature": sign(TOKEN, timestamp, nonce),
        "msg_signature": sign(TOKEN, timestamp, nonce, *parts),
        "timestamp": timestamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "echostr": "1",
    }


def opened(mode: str, query: dict[str, str], body: bytes) -> Opened | None:
    try:
        return CODECS[mode].open(query, body)
    except Reject:
        return None


modes = st.sampled_from(list(CODECS))
anything = st.text(st.characters(exclude_categories=()), max_size=40)  # lone surrogates too
fields = st.sampled_from([f"<{name}><![CDATA[{value}]]></{name}>" for name, value in FIELDS.items()])
pieces = st.sampled_from(
    [
        *("<xml>", "</xml>", "<a>", "</a>", "<a/>", "<a x='y'>", "<MsgType>", "</MsgType>", "<Encrypt>", "</Encrypt>"),
        *("&lt;", "&x;", "&#1;", "&#xD800;", "<![CDATA[", "]]>", "<!-- ", " -->", "<?x ", "?>", "\x00", "\ufeff"),
        *(
            "<?xml version='1.0' encoding='utf-16'?>",
            "<!DOCTYPE xml [",
            "<!ENTITY x 'y'>",
            "]>",
            "<a>" * 9,
            "<a/>" * 64,
        ),
    ]
)
documents = st.tuples(
    st.lists(pieces, max_size=2),
    st.lists(fields | pieces | anything, max_size=8).map(lambda inner: f"<xml>{''.join(inner)}</xml>"),
).map(lambda parts: ("".join(parts[0]) + parts[1]).encode("utf-8", "surrogatepass"))


@st.composite
def mutated(draw: st.DrawFn, original: bytes) -> bytes:
    """The original with some of its bytes replaced, removed, repeated or added to."""
    changed = bytearray(original)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(changed)))
        stop = draw(st.integers(start, min(start + 8, len(changed))))
        piece = draw(st.binary(max_size=4) | st.just(bytes(changed[start:stop]) * 2))
        changed[start:stop] = piece
    return bytes(changed)


@MANY
@given(modes, st.dictionaries(st.sampled_from(list(signed())), anything), st.binary() | documents)
def test_nothing_unsigned_is_opened(mode: str, query: dict[str, str], body: bytes) -> None:
    assert opened(mode, query, body) is None


@MANY
@given(modes, st.data())
def test_a_query_that_was_changed_opens_nothing_else(mode: str, data: Any) -> None:
    query, body = posted(MESSAGE)
    changed = data.draw(st.dictionaries(st.sampled_from(list(query)), anything, min_size=1))
    message = opened(mode, {**query, **changed}, body)
    assert message is None or message.fields == FIELDS


@MANY
@given(st.sampled_from(["safe", "compatible"]), mutated(posted(MESSAGE)[1]))
def test_a_body_that_was_changed_opens_nothing_else(mode: str, body: bytes) -> None:
    message = opened(mode, posted(MESSAGE)[0], body)
    assert message is None or message.fields == FIELDS


@MANY
@given(documents | mutated(MESSAGE) | st.binary())
def test_what_is_signed_and_no_message_is_refused(message: bytes) -> None:
    for mode in CODECS:
        body = message if mode == "plain" else posted(message)[1]
        query = posted(message)[0]
        found = opened(mode, query, body)
        assert found is None or found.fields == xml.read(message)


@MANY
@given(st.binary(max_size=400) | mutated(base64.b64decode(xml.read(posted(MESSAGE)[1])["Encrypt"])))
def test_what_is_signed_and_was_not_encrypted_for_us_is_refused(sealed: bytes) -> None:
    encrypted = base64.b64encode(sealed).decode()
    found = opened("safe", signed(encrypted), f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode())
    assert found is None or found.fields == xml.read(decrypt(sealed, RAW_KEY, APP_ID.encode()) or b"")
