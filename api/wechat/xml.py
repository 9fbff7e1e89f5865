"""The platform's XML, read strictly and written so that nothing said in it can become part of it."""

import re
from typing import NoReturn
from xml.parsers import expat

from api.wechat.rejection import Reject

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
MAX_ELEMENTS = 64
ROOT = "xml"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold. People send such characters, and the platform passes them on as they are."""


def read(raw: bytes) -> dict[str, str]:
    """The fields of a message by name, those inside another as `SendPicsInfo.Count`.

    A top-level field may be there once; of nested ones that repeat, the first is kept. CDATA is kept as it is,
    whitespace around it and around numbers is layout. Raises `Reject` on anything that is not such a message.
    """
    if len(raw) > MAX_BYTES:
        raise Reject(400, "too large")
    try:
        return _parsed(UNWRITABLE.sub("", raw.decode("utf-8")))
    except UnicodeDecodeError:
        raise Reject(400, "not UTF-8") from None
    except expat.ExpatError:
        raise Reject(400, "not well-formed") from None


def text_reply(to: str, sender: str, content: str, at: int) -> str:
    """A text that answers a message: `to` is its FromUserName, `sender` its ToUserName, `at` seconds since 1970."""
    return _written(ToUserName=to, FromUserName=sender, CreateTime=at, MsgType="text", Content=content)


def encrypted_reply(encrypt: str, signature: str, timestamp: int, nonce: str) -> str:
    """The envelope of an encrypted answer."""
    return _written(Encrypt=encrypt, MsgSignature=signature, TimeStamp=timestamp, Nonce=nonce)


def _written(**fields: str | int) -> str:
    inner = "".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields.items())
    return f"<{ROOT}>{inner}</{ROOT}>"


def _value(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    # In this order: a character that goes may have stood between the two brackets and the angle.
    writable = UNWRITABLE.sub("", value).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{writable}]]>"


def _parsed(text: str) -> dict[str, str]:
    fields = _Fields()
    parser = expat.ParserCreate()
    parser.buffer_text, parser.buffer_size = True, MAX_BYTES  # a run of text comes in one piece
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_declaration
    parser.StartElementHandler, parser.EndElementHandler = fields.start, fields.end
    parser.StartCdataSectionHandler, parser.EndCdataSectionHandler = fields.start_cdata, fields.end_cdata
    parser.CharacterDataHandler = fields.text
    parser.Parse(text, True)  # a str is read as UTF-8, whatever encoding it declares
    return fields.found


def _refuse_declaration(*_: object) -> NoReturn:
    raise Reject(400, "document type declared")


class _Fields:
    """What the parser meets, in its order."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._path: list[str] = []
        self._elements = 0
        self._top_level: set[str] = set()
        self._pieces: list[str] = []
        self._is_leaf = self._is_cdata = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._elements += 1
        self._refuse_oddity(name)
        self._pieces, self._is_leaf = [], True

    def end(self, _name: str) -> None:
        if self._is_leaf and len(self._path) > 1:
            self.found.setdefault(".".join(self._path[1:]), "".join(self._pieces))
        self._path.pop()
        self._is_leaf = False

    def start_cdata(self) -> None:
        self._is_cdata = True

    def end_cdata(self) -> None:
        self._is_cdata = False

    def text(self, text: str) -> None:
        self._pieces.append(text if self._is_cdata else text.strip())

    def _refuse_oddity(self, name: str) -> None:
        depth = len(self._path)
        if depth > MAX_DEPTH:
            raise Reject(400, "too deep")
        if self._elements > MAX_ELEMENTS:
            raise Reject(400, "too many elements")
        if depth == 1 and name != ROOT:
            raise Reject(400, "another root")
        if depth == 2 and name in self._top_level:
            raise Reject(400, "a field twice")
        if depth == 2:
            self._top_level.add(name)
