"""What a text is found by: every pair of neighbouring characters, and every number and Latin word.

Pairs need no dictionary. Whatever two characters or more are searched for, a text that contains them is found, where
words would be missed as soon as a sentence is cut differently from the query, or by another version of the dictionary
(docs/adr/0015-search-by-pairs.md). Texts are compared as `cases.plain_text` writes them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cases.plain_text import plain

PAIR = 2
TAIL = 4  # 尾号: people give a long number by its last places
MAX_CHARS = 64
MAX_TERMS = 20

_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: a term of the index, or the beginning of some."""

    text: str
    is_beginning: bool = False


def terms(text: str) -> set[str]:
    """What the index has for a text: `没到账 KF20261122` → 没到, 到账, 账, kf20261122, 1122."""
    return {term for run in _runs(text) for term in (_latin(run) if run.isascii() else _pairs(run))}


def wanted(query: str) -> tuple[Term, ...]:
    """What a text must have, all of it, to be found by a query; empty if the query has no letter and no digit."""
    found = dict.fromkeys(term for run in _runs(query) for term in _wanted_of(run))
    return tuple(found)[:MAX_TERMS]


def _runs(text: str) -> Iterator[str]:
    for part in text.split():
        yield from _RUN.findall(plain(part))


def _latin(run: str) -> Iterator[str]:
    yield run[:MAX_CHARS]
    yield run[-TAIL:]


def _pairs(run: str) -> Iterator[str]:
    """The last character stands alone, so that each of them begins a term."""
    return (run[place : place + PAIR] for place in range(len(run)))


def _wanted_of(run: str) -> Iterator[Term]:
    if run.isascii() or len(run) < PAIR:
        yield Term(run[:MAX_CHARS], is_beginning=True)
    else:
        yield from (Term(run[place : place + PAIR]) for place in range(len(run) - 1))
