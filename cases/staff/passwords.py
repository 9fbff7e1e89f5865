"""Passwords: kept as Argon2id, judged by how long somebody would guess."""

import re
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cases.errors import BadInput
from cases.models.base import PUBLIC_ALPHABET

MIN_CHARS = 12
MAX_CHARS = 256
# zxcvbn's best mark: more than 10^10 guesses by somebody who knows the leaked lists and the keyboard.
MIN_SCORE = 4
# It takes longer than linear; what follows only makes a password better.
JUDGED_CHARS = 72
OURS = ("tuikuan", "kameng", "kefu", "退款助手", "卡盟", "客服")
GROUPS, GROUP_CHARS = 4, 5

# The library's parameters are those of RFC 9106 for little memory, above OWASP's least.
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password. As slow without one that is `kept`, so that nobody learns which names exist."""
    nobodys = _nobodys()
    try:
        return _hasher.verify(kept or nobodys, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether it should be hashed anew, as the library's parameters have grown."""
    return _hasher.check_needs_rehash(kept)


def check(password: str, *about: str) -> None:
    """Raises `BadInput` for a password that is too short or too easy. `about` is what is known of its owner.

    Any characters are taken as they are: length counts, not what kinds there are (OWASP ASVS 5.0, 6.2).
    """
    if len(password) < MIN_CHARS:
        raise BadInput(f"密码至少要 {MIN_CHARS} 个字，15 个以上更好。", code="password_short")
    if len(password) > MAX_CHARS:
        raise BadInput(f"密码最多 {MAX_CHARS} 个字。", code="password_long")
    if _score(password, about) < MIN_SCORE:
        raise BadInput("这个密码太容易猜到，或者已经泄露过，请换一个，比如几个不相干的词。", code="password_weak")


def one_time() -> str:
    """A password to be told to somebody and used once: about 98 bits, easy to read out."""
    groups = ("".join(secrets.choice(PUBLIC_ALPHABET) for _ in range(GROUP_CHARS)) for _ in range(GROUPS))
    return "-".join(groups)


def _score(password: str, about: tuple[str, ...]) -> int:
    """zxcvbn's mark, from 0 to 4, for what is left of a password without the words that anybody here would try."""
    from zxcvbn import zxcvbn  # 14 MB of lists, for a moment that is rare

    left = password
    for word in (*OURS, *filter(None, about)):
        left = re.sub(re.escape(word), "", left, flags=re.IGNORECASE)
    return int(zxcvbn(left[:JUDGED_CHARS])["score"]) if left else 0


@cache
def _nobodys() -> str:
    return hashed(one_time())
