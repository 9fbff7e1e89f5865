"""What is slow to work out, kept for a minute: who looks again meanwhile sees the same."""

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

KEPT_S = 60

Value = TypeVar("Value")


class Fresh(Generic[Value]):
    """Values by key, each worked out at most once in `kept_s`; who asks for one that is being made waits for it."""

    def __init__(self, kept_s: float = KEPT_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept_s = kept_s
        self._clock = clock
        self._kept: dict[Hashable, tuple[float, Value]] = {}
        self._making = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of this key, made if there is none or it is too old."""
        with self._making:
            made_at, value = self._kept.get(key, (None, None))
            if made_at is None or value is None or self._clock() - made_at >= self._kept_s:
                value = make()
                self._kept[key] = (self._clock(), value)
            return value
