"""Guessing slows down, and nobody is locked out.

After a few failures the next try has to wait, twice as long each time, up to a minute. Tries before that are not looked
at and lengthen nothing, so a right password is taken as soon as the wait is over. Failures count

- from one address, whatever the name;
- for one name, from wherever. But an address from which this name has lately signed in counts only its own: strangers
  who guess keep nobody out at the desk where they always sit.

Times are of the wire. A try is written down as failed before its password is looked at, so that many at once are many.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy.orm import Session

from cases.clock import wire_time
from cases.errors import TryAgain
from cases.models import SignInAttempt
from cases.staff import repository

FREE_PER_NAME, FREE_PER_ADDRESS = 4, 12
LONGEST = timedelta(minutes=1)
# Failures before that are forgiven; where somebody has signed in is remembered longer.
FORGIVEN_AFTER = timedelta(hours=1)
KNOWN_FOR = timedelta(days=30)


class TooFast(TryAgain):
    """Too many failures of late: the next try is looked at in `wait_s` seconds."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"试得太多了，请 {wait_s} 秒后再试。", code="too_fast")
        self.wait_s = wait_s


@dataclass(frozen=True)
class Door:
    """Where somebody tries to come in. The name is a hash: people type passwords there, too."""

    name: str
    address: str

    @classmethod
    def of(cls, name: str, address: str) -> "Door":
        """The door of a name, as it was typed."""
        return cls(hashlib.sha256(name.strip().lower().encode("utf-8", "replace")).hexdigest(), _network(address))


def begin(session: Session, door: Door) -> SignInAttempt:
    """A try that counts as failed until `succeed` or `forgive` is told otherwise. Raises `TooFast`."""
    repository.in_turn(session, repository.SIGNING_IN)
    now = wire_time()
    if (left := _ready_at(session, door, now) - now) > timedelta(0):
        raise TooFast(ceil(left.total_seconds()))
    repository.forget_attempts(session, now - KNOWN_FOR)
    attempt = SignInAttempt(name=door.name, address=door.address, at=now, succeeded=False)
    session.add(attempt)
    session.flush()
    return attempt


def succeed(attempt: SignInAttempt) -> None:
    """It is them: failures before this one no longer count for their name here."""
    attempt.succeeded = True


def forgive(session: Session, attempt: SignInAttempt) -> None:
    """Right as far as it went, but not all the way in: it counts as nothing."""
    session.delete(attempt)


def _network(address: str) -> str:
    """Of IPv6 the /64, of which everybody has as many addresses as they like."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def _ready_at(session: Session, door: Door, now: datetime) -> datetime:
    recent = now - FORGIVEN_AFTER
    of_name = repository.attempts(session, recent, name=door.name)
    if repository.has_signed_in(session, now - KNOWN_FOR, door.name, door.address):
        of_name = [attempt for attempt in of_name if attempt.address == door.address]
    of_address = repository.attempts(session, recent, address=door.address)
    return max(_after(of_name, FREE_PER_NAME, now), _after(of_address, FREE_PER_ADDRESS, now))


def _after(newest_first: list[SignInAttempt], free: int, now: datetime) -> datetime:
    """When the next try may be made, for tries among which a success wipes out the failures before it."""
    failures = next((n for n, attempt in enumerate(newest_first) if attempt.succeeded), len(newest_first))
    if failures <= free:
        return now
    wait = timedelta(seconds=2.0 ** min(failures - free, 10))
    return newest_first[0].at + min(wait, LONGEST)
