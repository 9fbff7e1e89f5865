"""The second factor: a code that a telephone computes every 30 seconds (TOTP, RFC 6238). Each is good once."""

import base64
import hmac
import time
import unicodedata

import pyotp
from cryptography.fernet import Fernet, InvalidToken

from cases import signing
from cases.errors import BadInput
from cases.models import StaffUser

STEP_S = 30
# A telephone's clock may be this many steps off.
TOLERANCE = 1
ISSUER = "退款助手"


def new_secret() -> str:
    """160 random bits, in base 32."""
    return pyotp.random_base32()


def enrol(staff: StaffUser) -> None:
    """Give them a secret to put into their telephone, unless one is waiting for that already."""
    if staff.totp_secret is None:
        staff.totp_secret, staff.totp_used_step = sealed(staff, new_secret()), 0


def is_enrolled(staff: StaffUser) -> bool:
    """Whether their telephone has shown that it has the secret."""
    return staff.totp_secret is not None and staff.totp_used_step > 0


def forget(staff: StaffUser) -> None:
    """The telephone is lost, or somebody else's now."""
    staff.totp_secret, staff.totp_used_step, staff.recovery_hashes = None, 0, []


def uri(staff: StaffUser) -> str:
    """What the QR code for their telephone says."""
    return pyotp.TOTP(secret_of(staff)).provisioning_uri(name=staff.name, issuer_name=ISSUER)


def accept(staff: StaffUser, code: str, at: float | None = None) -> bool:
    """Whether this is a code of now that has not been used. `at` is in seconds since 1970.

    The clock on the wall counts, as it does for the telephone: not the one that stands still in simulations.
    """
    totp = pyotp.TOTP(secret_of(staff))
    typed = "".join(filter(str.isdigit, unicodedata.normalize("NFKC", code)))  # "123 456", or from a Chinese keyboard
    now = int((time.time() if at is None else at) // STEP_S)
    steps = [step for step in range(now - TOLERANCE, now + TOLERANCE + 1) if step > staff.totp_used_step]
    right = [step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode())]
    if not right:
        return False
    staff.totp_used_step = right[0]
    return True


def secret_of(staff: StaffUser) -> str:
    """Their secret. Raises `BadInput` if there is none, or this installation's key has changed since."""
    try:
        return _cipher(staff).decrypt((staff.totp_secret or "").encode()).decode()
    except InvalidToken as error:
        raise BadInput("验证器需要重新绑定，请主管重置这个账号。", code="second_factor_lost") from error


def sealed(staff: StaffUser, secret: str) -> str:
    """The secret as it lies in the database: of no use without this installation's key, or in another's row."""
    return _cipher(staff).encrypt(secret.encode()).decode()


def _cipher(staff: StaffUser) -> Fernet:
    # An HMAC of the key over whose it is: HKDF's expansion to 32 bytes (RFC 5869).
    key = bytes.fromhex(signing.signature("staff totp", str(staff.id)))
    return Fernet(base64.urlsafe_b64encode(key))
