"""Passwords: length counts and what can be guessed does not; what is kept tells nothing."""

import time
from collections.abc import Iterator
from statistics import median

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from cases.errors import BadInput
from cases.staff import passwords

GOOD = "walnut trellis magnet 48"


@pytest.fixture(autouse=True)
def quick_passwords() -> Iterator[None]:
    """Not here: they are hashed as they will be."""
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


class TestWhichAreTaken:
    @pytest.mark.parametrize(
        "password",
        [
            pytest.param("x8Kd02-qLm3Z", id="twelve characters"),
            pytest.param("walnut trellis magnet", id="words without capitals, digits or signs"),
            pytest.param("  walnut trellis magnet  ", id="blanks, at its ends too"),
            pytest.param("雨伞 邮局 花生 梯子 四十八", id="chinese"),
            pytest.param("🐝🦊🌵🎻🧊🚲🪁🦉🍋🧵🛶🪐", id="pictures"),
            pytest.param(
                "walnut trellis magnet umbrella post office peanut ladder forty-eig", id="sixty-four characters"
            ),
        ],
    )
    def test_whatever_their_characters(self, password: str) -> None:
        passwords.check(password, "lin", "小林")

    @pytest.mark.parametrize(
        ("password", "code"),
        [
            pytest.param("x8Kd02-qLm3", "password_short", id="eleven characters"),
            pytest.param("x8Kd02-qLm3Z" * 30, "password_long", id="a book"),
            pytest.param("password1234", "password_weak", id="leaked"),
            pytest.param("qwertyuiop123", "password_weak", id="a row of keys"),
            pytest.param("1qaz2wsx3edc4rfv", "password_weak", id="columns of keys"),
            pytest.param("aaaaaaaaaaaaaaaaaaaa", "password_weak", id="one letter"),
            pytest.param("5201314woaini", "password_weak", id="i love you"),
            pytest.param("Tuikuan2026!!!", "password_weak", id="our own name and the year"),
            pytest.param("kefu-TuiKuan-lin-2026", "password_weak", id="several names and the year"),
            pytest.param("tuikuan退款助手kefu", "password_weak", id="nothing but names"),
            pytest.param("linlinlinlin2026", "password_weak", id="their own name and the year"),
            pytest.param("p@ssw0rdp@ssw0rd", "password_weak", id="leaked, in disguise"),
        ],
    )
    def test_but_nothing_short_long_or_easy(self, password: str, code: str) -> None:
        with pytest.raises(BadInput) as refused:
            passwords.check(password, "lin", "小林")
        assert refused.value.code == code

    def test_none_that_is_long_only_by_repeating_an_easy_one(self) -> None:
        with pytest.raises(BadInput):
            passwords.check("password" * 16)


class TestWhatIsKept:
    def test_is_argon2id_above_the_least_that_owasp_asks(self) -> None:
        parameters = extract_parameters(passwords.hashed(GOOD))
        assert parameters.type is Type.ID
        assert parameters.memory_cost >= 19 * 1024
        assert parameters.time_cost >= 2
        assert parameters.salt_len >= 16

    def test_differs_each_time(self) -> None:
        assert passwords.hashed(GOOD) != passwords.hashed(GOOD)

    @pytest.mark.parametrize(
        "typed",
        [
            pytest.param(GOOD.upper(), id="in capitals"),
            pytest.param(GOOD + " ", id="with a blank"),
            pytest.param(GOOD[:-1], id="cut short"),
            pytest.param("", id="nothing"),
        ],
    )
    def test_matches_the_same_characters_only(self, typed: str) -> None:
        kept = passwords.hashed(GOOD)
        assert passwords.matches(kept, GOOD)
        assert not passwords.matches(kept, typed)

    def test_is_told_apart_to_the_last_of_many_characters(self) -> None:
        kept = passwords.hashed("x" * 200 + "a")
        assert not passwords.matches(kept, "x" * 200 + "b")

    def test_that_was_hashed_faster_is_outdated(self) -> None:
        assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8 * 1024).hash(GOOD))
        assert not passwords.is_outdated(passwords.hashed(GOOD))


class TestANameThatNobodyHas:
    def test_has_no_password(self) -> None:
        assert not passwords.matches(None, GOOD)

    def test_takes_as_long(self) -> None:
        """A guess without hashing would take a thousandth."""
        kept = passwords.hashed(GOOD)
        known = median(_seconds(kept) for _ in range(5))
        unknown = median(_seconds(None) for _ in range(5))
        assert unknown > known / 5


class TestAOneTimePassword:
    def test_is_good_enough_to_be_one(self) -> None:
        passwords.check(passwords.one_time())

    def test_differs_each_time(self) -> None:
        assert len({passwords.one_time() for _ in range(100)}) == 100


def _seconds(kept: str | None) -> float:
    started = time.perf_counter()
    passwords.matches(kept, "wrong")
    return time.perf_counter() - started
