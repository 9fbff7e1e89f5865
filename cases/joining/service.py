"""Joining two doors: a code is offered on one side; written on the other, it makes the two one person."""

import hashlib
import unicodedata
from datetime import timedelta

from sqlalchemy.orm import Session

from cases import clock
from cases.case.service import log
from cases.errors import BadInput, TryAgain
from cases.joining import merging, repository
from cases.knowledge import knowledge
from cases.models import Actor, LinkCode, Person, public_id
from cases.outbox import reach
from cases.people import repository as people
from cases.transcript import service as transcript

CODE_CHARS = 8
VALID_FOR = timedelta(minutes=10)
MAX_TRIES = 5
TRIES_WITHIN = timedelta(hours=1)


def offer(session: Session, person: Person) -> str:
    """A new code for the person's other door, good for ten minutes and for one join. Older ones are void."""
    now = clock.now()
    repository.void(session, person, now)
    code = public_id(CODE_CHARS)
    session.add(LinkCode(person_id=person.id, code_hash=_hash(code), expires_at=now + VALID_FOR))
    session.flush()
    return code


def owner_of(session: Session, person: Person, code: str) -> Person:
    """Who was given the code that a person has written, in whichever case, width or grouping.

    Raises `BadInput` saying why it opens nothing, and `TryAgain` after five wrong ones within an hour; either way the
    count of wrong ones is in the session, and must be kept.
    """
    words = knowledge().wording
    if _failures(person) >= MAX_TRIES:
        raise TryAgain(words["join_tries_spent"], code="join_tries_spent")
    found = repository.by_hash(session, _hash(code))
    if found is None:
        _count_failure(person)
        raise BadInput(words["join_code_wrong"], code="join_code_wrong")
    if found.used_at is not None:
        raise BadInput(words["join_code_used"], code="join_code_used")
    if found.expires_at <= clock.now():
        raise BadInput(words["join_code_expired"], code="join_code_expired")
    if found.person_id == person.id:
        raise BadInput(words["join_code_own"], code="join_code_own")
    return _fitting(person, session.get_one(Person, found.person_id))


def join(session: Session, speaker: Person, other: Person) -> None:
    """Make two persons one: all that is `other`'s becomes the `speaker`'s, whose turn it is, and `other` is gone.

    Takes the live code of `other`; raises `BadInput` if somebody has done so meanwhile. What the session holds is read
    anew.
    """
    transcript.order(session, other)
    now = clock.now()
    if not repository.use_up(session, other, now):
        raise BadInput(knowledge().wording["join_code_used"], code="join_code_used")
    repository.void(session, speaker, now)
    mine, theirs = (transcript.conversation_of(session, person) for person in (speaker, other))
    merging.merge(session, mine, theirs)
    speaker.created_at = min(speaker.created_at, other.created_at)
    session.flush()
    repository.replace(session, theirs, mine)
    repository.replace(session, other, speaker)
    session.expire_all()
    for case in people.all_cases(session, speaker):
        log(session, case, "joined", actor=Actor.PERSON)


def _fitting(person: Person, owner: Person) -> Person:
    """The owner, unless both have WeChat: it is written to one account, and the other's messages would go there."""
    if reach.wechat(person) is not None and reach.wechat(owner) is not None:
        raise BadInput(knowledge().wording["join_two_wechats"], code="join_two_wechats")
    return owner


def _failures(person: Person) -> int:
    """How many wrong codes the person has written within the last hour."""
    since = person.link_failed_at
    return person.link_failures if since is not None and since > clock.now() - TRIES_WITHIN else 0


def _count_failure(person: Person) -> None:
    before = _failures(person)
    if before == 0:
        person.link_failed_at = clock.now()
    person.link_failures = before + 1


def _hash(code: str) -> str:
    """The SHA-256 of what counts in a code as somebody has written it."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return hashlib.sha256("".join(filter(str.isalnum, plain)).encode()).hexdigest()
