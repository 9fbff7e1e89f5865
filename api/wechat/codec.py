"""Opens what the platform posts and seals what it is answered: signature, time, AES, and whose account it is.

After developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.md. The signature is the only proof of
where a message comes from, and in plain mode it does not cover the message.
"""

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Self

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from api.wechat import xml
from api.wechat.rejection import Reject
from cases.settings import settings

BLOCK_BYTES = 32
SALT_BYTES = 16
LENGTH_BYTES = 4
WINDOW_S = 300

TIMESTAMP = re.compile(r"[0-9]{1,12}")
NAME = re.compile(r"[!-~]{1,128}")
# What is signed is joined without separators. A nonce this short cannot pass for the first blocks of a ciphertext.
NONCE = re.compile(r"[!-~]{1,64}")
ECHO = re.compile(r"[A-Za-z0-9+/=._-]{1,256}")
REQUIRED = {"ToUserName": NAME, "FromUserName": NAME, "MsgType": NAME, "CreateTime": TIMESTAMP}


@dataclass(frozen=True, slots=True)
class Opened:
    """A message from the platform. `key` opened it and seals its answer; `None`: it came, and is answered, plain."""

    fields: dict[str, str] = field(repr=False)
    key: bytes | None = field(repr=False)


class Codec:
    """For one account. Every method raises `Reject`, and nothing else, on what is not as the platform sends it.

    `keys` are EncodingAESKeys of 43 characters: the current one and, while it is changed, the previous one. The
    account's `mode` decides what is demanded, never the query: otherwise leaving out a parameter would turn it off.
    Times are in seconds.
    """

    def __init__(
        self,
        token: str,
        keys: Sequence[str],
        app_id: str,
        mode: Literal["safe", "compatible", "plain"],
        window_s: int = WINDOW_S,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._token = token
        self._keys = [base64.b64decode(f"{key}=") for key in keys]
        self._app_id = app_id.encode()
        self._is_plain = mode == "plain"
        self._window_s = window_s
        self._now = now

    @classmethod
    def of_settings(cls) -> Self:
        """The codec of the account in the settings."""
        wechat = settings().wechat
        keys = [key.get_secret_value() for key in (wechat.aes_key, wechat.previous_aes_key)]
        return cls(wechat.token.get_secret_value(), [key for key in keys if key], wechat.app_id, wechat.mode)

    def verify_url(self, query: Mapping[str, str]) -> str:
        """What to answer, letter by letter, when the platform asks whether the address is ours."""
        self._verify(query, "signature")
        echo = query.get("echostr", "")
        if not ECHO.fullmatch(echo):
            raise Reject(400, "no usable echostr")
        return echo

    def open(self, query: Mapping[str, str], raw: bytes) -> Opened:
        """Verify, decrypt and read a posted message. Of one that also comes in the clear, the encrypted copy counts."""
        if self._is_plain:
            self._verify(query, "signature")
            return Opened(_message(raw), None)
        if query.get("encrypt_type") != "aes":
            raise Reject(403, "not encrypted")
        encrypted = xml.read(raw).get("Encrypt")
        if not encrypted:
            raise Reject(400, "nothing encrypted")
        self._verify(query, "msg_signature", encrypted)
        message, key = self._decrypted(encrypted)
        return Opened(_message(message), key)

    def seal(self, reply: str, key: bytes | None, nonce: str) -> str:
        """The body of an answer: `key` is that of the message, `nonce` that of its query."""
        if key is None:
            return reply
        timestamp = int(self._now())
        salt = secrets.token_urlsafe(SALT_BYTES * 3 // 4).encode()
        encrypted = encrypt(reply.encode(), key, self._app_id, salt)
        signature = sign(self._token, str(timestamp), nonce, encrypted)
        return xml.encrypted_reply(encrypted, signature, timestamp, nonce)

    def _verify(self, query: Mapping[str, str], name: str, *signed: str) -> None:
        """Refuse a query from another time, or whose parameter `name` does not sign it and what is `signed` with it."""
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        if not (TIMESTAMP.fullmatch(timestamp) and abs(int(self._now()) - int(timestamp)) <= self._window_s):
            raise Reject(403, "not of this time")
        if not NONCE.fullmatch(nonce):
            raise Reject(403, "no usable nonce")
        expected = sign(self._token, timestamp, nonce, *signed)
        # Bytes: the comparison of strings refuses what is not ASCII with an error of its own.
        if not hmac.compare_digest(expected.encode(), query.get(name, "").encode("utf-8", "replace")):
            raise Reject(403, "wrong signature")

    def _decrypted(self, encrypted: str) -> tuple[bytes, bytes]:
        """The message and the key that opened it."""
        try:
            sealed = base64.b64decode(encrypted, validate=True)
        except ValueError:
            raise Reject(400, "not base64") from None
        for key in self._keys:
            message = decrypt(sealed, key, self._app_id)
            if message is not None:
                return message, key
        raise Reject(403, "sealed by another key or for another account")


def sign(*parts: str) -> str:
    """The platform's signature: SHA-1, in hexadecimal, of the sorted parts. One of them is the token, our secret."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324  # the platform's choice


def encrypt(message: bytes, key: bytes, app_id: bytes, salt: bytes) -> str:
    """AES-256-CBC over salt (16 bytes), length of the message, message, app id and padding to 32; in base64."""
    full = salt + len(message).to_bytes(LENGTH_BYTES, "big") + message + app_id
    missing = BLOCK_BYTES - len(full) % BLOCK_BYTES
    encryptor = _cipher(key).encryptor()
    return base64.b64encode(encryptor.update(full + bytes([missing]) * missing) + encryptor.finalize()).decode()


def decrypt(sealed: bytes, key: bytes, app_id: bytes) -> bytes | None:
    """The message that `encrypt` sealed with this key for this account, or `None`."""
    if not sealed or len(sealed) % BLOCK_BYTES:
        return None
    decryptor = _cipher(key).decryptor()
    padded = decryptor.update(sealed) + decryptor.finalize()
    padding = padded[-1]
    if not (1 <= padding <= BLOCK_BYTES and padded.endswith(bytes([padding]) * padding)):
        return None
    length, rest = padded[SALT_BYTES : SALT_BYTES + LENGTH_BYTES], padded[SALT_BYTES + LENGTH_BYTES : -padding]
    message = rest[: int.from_bytes(length, "big")]
    is_whole = len(message) == int.from_bytes(length, "big")
    return message if is_whole and rest[len(message) :] == app_id else None


def _cipher(key: bytes) -> Cipher[CBC]:
    return Cipher(AES(key), CBC(key[: AES.block_size // 8]))


def _message(raw: bytes) -> dict[str, str]:
    fields = xml.read(raw)
    for name, form in REQUIRED.items():
        if not form.fullmatch(fields.get(name, "")):
            raise Reject(400, f"no usable {name}")
    return fields
