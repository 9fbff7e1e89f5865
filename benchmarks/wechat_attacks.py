"""Hostile inputs for what reads and writes WeChat messages, and what each may lead to. See `wechat_fuzz.py`."""

import base64
from collections.abc import Callable, Sequence
from random import Random

from api.wechat import xml
from api.wechat.codec import Codec, decrypt, encrypt, sign
from api.wechat.parts import CHARACTER_BYTES, split

TOKEN, KEY, APP_ID, NOW, NONCE = "fuzzing", "A" * 43, "wx134c8103faa5a59e", 1715943329, "1590219412"
RAW_KEY, SALT = base64.b64decode(f"{KEY}="), b"1205899eaf019bbd"
SAFE = Codec(TOKEN, [KEY], APP_ID, "safe", now=lambda: NOW)
COMPATIBLE = Codec(TOKEN, [KEY], APP_ID, "compatible", now=lambda: NOW)
PLAIN = Codec(TOKEN, [], "", "plain", now=lambda: NOW)

MESSAGE = xml.text_reply("gh_97417a04a28d", "o9AgO5Kd5ggOC-bXrbNODIiE3bGY", "充的话费没到账 😀]]>", NOW).encode()
FIELDS = xml.read(MESSAGE)
LINK = '<a href="https://example.org/?a=1&b=2">打开材料</a>'
XML_PIECES = (
    *(
        "<xml>",
        "</xml>",
        "<a>",
        "</a>",
        "<a/>",
        "<a b='c'>",
        "<xml",
        ">",
        "<MsgType>",
        "</MsgType>",
        "<Encrypt>",
        "\x1d",
    ),
    *(
        "<![CDATA[",
        "]]>",
        "&lt;",
        "&x;",
        "&#1;",
        "&#xD800;",
        "&#60;",
        "<!--",
        "-->",
        "<?x",
        "?>",
        "\ufeff",
        "\x00",
        "\r",
    ),
    *(
        "<?xml version='1.0' encoding='utf-16'?>",
        "<!DOCTYPE xml [",
        "<!ENTITY x 'y'>",
        "<!ENTITY x SYSTEM 'file:///x'>",
    ),
    *("]>", "<a>" * 9, "<a/>" * 64, "话费", "😀", "\ud800", " ", "\n", "1715943329"),
    *(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in FIELDS.items()),
)
TEXT_PIECES = (
    *"一a1,。！，、； \n\t\r\u3000.?”",
    "\n\n",
    "……",
    LINK,
    "<a ",
    "</a>",
    "👨‍👩‍👧",
    "🇨🇳",
    "e\u0301",
    "\ud800",
    "\u0600",
)
QUERY_PIECES = (
    "",
    "0",
    str(NOW),
    str(NOW + 300),
    str(NOW - 301),
    "aes",
    "raw",
    NONCE,
    "9" * 5000,
    "签",
    "\ud800",
    "１",
    "\n",
)


class Harm(Exception):
    """An input has done what none may do."""


def _check_posted(codec: Codec, query: dict[str, str], body: bytes) -> str:
    """Without the keys: what is opened is what the platform has signed, or nothing is."""
    _demand(codec.open(query, body).fields == FIELDS, "a forged message was opened")
    return "opened"


def _check_message(message: bytes) -> str:
    """Properly sealed and signed, it is read as it is in the clear."""
    query, body = _posted(encrypt(message, RAW_KEY, APP_ID.encode(), SALT))
    opened, clear = COMPATIBLE.open(query, body), PLAIN.open(query, message)
    _demand(opened.fields == clear.fields, "sealing has changed the message")
    return "opened"


def _check_ciphertext(sealed: bytes) -> str:
    """Properly signed, it is opened only if all in it is as it should be."""
    fields = SAFE.open(*_posted(base64.b64encode(sealed).decode())).fields
    message = decrypt(sealed, RAW_KEY, APP_ID.encode())
    _demand(message is not None and fields == xml.read(message), "a message came out of nothing")
    return "opened"


def _check_document(document: bytes) -> str:
    """What can be read can be written, and stays one field."""
    for said in xml.read(document).values():
        again = xml.read(xml.text_reply("a", "b", said, 1).encode())
        _demand(len(again) == 5, "a field became several")
        _demand(again["Content"] == said.replace("\r\n", "\n").replace("\r", "\n"), "a field was changed")
    return "read"


def _check_text(text: str, limit: int) -> str:
    """It is all there in parts that fit; only whitespace between them is gone."""
    at = 0
    for part in split(text, limit):
        _demand(0 < len(part.encode("utf-8", "surrogatepass")) <= limit, "a part is empty or too long")
        begin = text.find(part, at)
        _demand(begin >= at and not text[at:begin].strip(), "something was lost or added")
        at = begin + len(part)
    _demand(not text[at:].strip(), "the end was lost")
    return "split"


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Harm(otherwise)


def _posted(encrypted: str) -> tuple[dict[str, str], bytes]:
    """Query and body as the platform posts them, whatever is encrypted."""
    timestamp = str(NOW)
    query = {
        "signature": sign(TOKEN, timestamp, NONCE),
        "msg_signature": sign(TOKEN, timestamp, NONCE, encrypted),
        "timestamp": timestamp,
        "nonce": NONCE,
        "encrypt_type": "aes",
        "echostr": "1",
    }
    return query, f"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()


QUERY, BODY = _posted(encrypt(MESSAGE, RAW_KEY, APP_ID.encode(), SALT))
CIPHERTEXT = base64.b64decode(xml.read(BODY)["Encrypt"])


def _envelope_with_changes(chance: Random) -> str:
    body = _mutated(chance, BODY) if chance.random() < 0.7 else _document(chance)
    return _check_posted(chance.choice((SAFE, COMPATIBLE)), QUERY, body)


def _query_with_changes(chance: Random) -> str:
    codec, query = chance.choice((SAFE, COMPATIBLE, PLAIN)), _query(chance)
    if chance.random() < 0.3:
        codec.verify_url(query)
        return "echoed"
    return _check_posted(codec, query, chance.choice((BODY, MESSAGE)))


def _random_bytes(chance: Random) -> str:
    codec = chance.choice((SAFE, COMPATIBLE, PLAIN))
    return _check_posted(codec, _query(chance), chance.randbytes(chance.randrange(400)))


def _message(chance: Random) -> str:
    return _check_message(_mutated(chance, MESSAGE) if chance.random() < 0.5 else _document(chance))


def _ciphertext(chance: Random) -> str:
    return _check_ciphertext(
        _mutated(chance, CIPHERTEXT) if chance.random() < 0.5 else chance.randbytes(32 * chance.randrange(8))
    )


ATTACKS: dict[str, Callable[[Random], str]] = {
    "envelopes with changes": _envelope_with_changes,
    "queries with changes": _query_with_changes,
    "random bytes": _random_bytes,
    "messages, signed": _message,
    "ciphertexts, signed": _ciphertext,
    "XML": lambda chance: _check_document(_document(chance)),
    "texts": lambda chance: _check_text(_some(chance, TEXT_PIECES, 60), chance.randint(CHARACTER_BYTES, 200)),
}
"""Each makes an input by chance and says what it did. Raises `Harm`, or `Reject`, as it should."""


def _mutated(chance: Random, original: bytes) -> bytes:
    """Some bytes changed, removed, repeated, or added."""
    changed = bytearray(original)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(changed) + 1)
        stop = start + chance.choice((0, 1, 1, 4, 16, 32))
        new = (b"", chance.randbytes(stop - start), changed[start:stop] * 2, b"\x00", b"<")
        changed[start:stop] = chance.choice(new)
    return bytes(changed)


def _document(chance: Random) -> bytes:
    text = _some(chance, XML_PIECES, 12)
    return (text if chance.random() < 0.3 else f"<xml>{text}</xml>").encode("utf-8", "surrogatepass")


def _query(chance: Random) -> dict[str, str]:
    changed = {name: _some(chance, QUERY_PIECES, 2) for name in chance.choices((*QUERY, "x"), k=chance.randint(1, 3))}
    return {name: value for name, value in {**QUERY, **changed}.items() if chance.random() < 0.95}


def _some(chance: Random, pieces: Sequence[str], most: int) -> str:
    return "".join(chance.choices(pieces, k=chance.randint(0, most)))
