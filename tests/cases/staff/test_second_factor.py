"""Codes of the telephone: those of now, each once; and the secret, which is sealed."""

import hmac
import struct
from base64 import b32decode
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sqlalchemy.orm import Session

from cases.errors import BadInput
from cases.models import StaffUser
from cases.settings import settings
from cases.staff import second_factor

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = 1_800_000_015.0  # the middle of a step
STEP = int(NOW) // 30


def code(step: int) -> str:
    """What a telephone shows: RFC 4226 and 6238, written down once more."""
    digest = hmac.digest(b32decode(SECRET), struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


@pytest.mark.parametrize(
    ("steps_off", "is_taken"),
    [(-2, False), (-1, True), (0, True), (1, True), (2, False)],
    ids=["too old", "just over", "of now", "a clock that is fast", "too early"],
)
def test_a_code_is_taken_around_its_half_minute(lin: StaffUser, steps_off: int, is_taken: bool) -> None:
    assert second_factor.accept(lin, code(STEP + steps_off), NOW) is is_taken


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda right: f"{right[:3]} {right[3:]}", id="in two halves"),
        pytest.param(lambda right: f" {right}\n", id="with blanks"),
        pytest.param(lambda right: "".join(chr(ord(digit) + 0xFEE0) for digit in right), id="on a chinese keyboard"),
    ],
)
def test_it_may_be_typed_in_many_ways(lin: StaffUser, typed: Callable[[str], str]) -> None:
    assert second_factor.accept(lin, typed(code(STEP)), NOW)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "١٢٣٤٥٦", "000000 or 1=1", "9" * 500])
def test_nonsense_is_no_code(lin: StaffUser, typed: str) -> None:
    assert not second_factor.accept(lin, typed, NOW)


class TestACodeIsGoodOnce:
    def test_at_the_same_moment(self, lin: StaffUser) -> None:
        assert second_factor.accept(lin, code(STEP), NOW)
        assert not second_factor.accept(lin, code(STEP), NOW)

    def test_nor_is_an_older_one_good_after_it(self, lin: StaffUser) -> None:
        assert second_factor.accept(lin, code(STEP), NOW)
        assert not second_factor.accept(lin, code(STEP - 1), NOW)

    def test_but_the_next_one_is(self, lin: StaffUser) -> None:
        assert second_factor.accept(lin, code(STEP), NOW)
        assert second_factor.accept(lin, code(STEP + 1), NOW)


class TestTheSecret:
    def test_has_160_random_bits(self) -> None:
        assert len(b32decode(second_factor.new_secret())) == 20
        assert len({second_factor.new_secret() for _ in range(100)}) == 100

    def test_is_not_to_be_read_in_the_database(self, lin: StaffUser) -> None:
        assert SECRET not in (lin.totp_secret or "")
        assert second_factor.secret_of(lin) == SECRET

    def test_opens_nothing_in_the_row_of_another(self, lin: StaffUser) -> None:
        other = StaffUser(id=lin.id + 1, totp_secret=lin.totp_secret, totp_used_step=1)
        with pytest.raises(BadInput):
            second_factor.accept(other, code(STEP), NOW)

    def test_is_lost_with_the_key_of_the_installation(self, lin: StaffUser, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_SECRET_KEY", "another key, as long as it has to be")
        settings.cache_clear()
        with pytest.raises(BadInput) as refused:
            second_factor.secret_of(lin)
        assert refused.value.code == "second_factor_lost"

    def test_goes_to_the_telephone_with_a_name(self, lin: StaffUser) -> None:
        uri = urlsplit(second_factor.uri(lin))
        assert (uri.scheme, uri.netloc, unquote(uri.path)) == ("otpauth", "totp", "/退款助手:lin")
        assert parse_qs(uri.query) == {"secret": [SECRET], "issuer": ["退款助手"]}


class TestEnrolling:
    @pytest.fixture
    def wang(self, session: Session, lin: StaffUser) -> StaffUser:
        """Somebody without a telephone yet."""
        second_factor.forget(lin)
        return lin

    def test_gives_a_secret_that_is_not_in_use_before_a_code_was_shown(self, wang: StaffUser) -> None:
        second_factor.enrol(wang)
        assert not second_factor.is_enrolled(wang)

    def test_keeps_the_secret_when_the_page_is_opened_again(self, wang: StaffUser) -> None:
        second_factor.enrol(wang)
        first = second_factor.secret_of(wang)
        second_factor.enrol(wang)
        assert second_factor.secret_of(wang) == first

    def test_never_replaces_one_that_is_in_use(self, lin: StaffUser) -> None:
        second_factor.enrol(lin)
        assert second_factor.secret_of(lin) == SECRET
