"""Keeping what is slow to work out for a while."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

from api.staff.fresh import Fresh


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_worked_out_once_until_it_is_old() -> None:
    clock, numbers = Clock(), count()
    kept = Fresh[int](60, clock)
    assert [kept.get("a", lambda: next(numbers)) for _ in range(2)] == [0, 0]
    clock.now = 59.9
    assert kept.get("a", lambda: next(numbers)) == 0
    clock.now = 60.0
    assert kept.get("a", lambda: next(numbers)) == 1


def test_each_key_has_its_own() -> None:
    kept = Fresh[str](60, Clock())
    assert [kept.get(key, lambda key=key: key) for key in ("a", "b", "a")] == ["a", "b", "a"]  # type: ignore[misc]


def test_who_comes_at_once_shares_one_work() -> None:
    kept, numbers = Fresh[int](60, Clock()), count()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: kept.get("a", lambda: next(numbers)), range(50))) == {0}


def test_what_fails_is_not_kept() -> None:
    kept = Fresh[float](60, Clock())
    try:
        kept.get("a", lambda: 1 / 0)
    except ZeroDivisionError:
        assert kept.get("a", lambda: 1.0) == 1.0
