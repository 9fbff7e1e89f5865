"""What a person has not got yet, put into as few texts as hold it, in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.wechat import rendering
from cases.models import Conversation, Outbox, Person
from cases.outbox import service as outbox


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of one row of the outbox."""

    row: Outbox
    text: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """One text to send, and the pieces in it."""

    text: str
    pieces: Sequence[Piece]

    @property
    def rows(self) -> list[Outbox]:
        """The rows that it has something of."""
        return list(dict.fromkeys(piece.row for piece in self.pieces))


def pieces(rows: Iterable[Outbox], person: Person, conversation: Conversation) -> list[Piece]:
    """What is left to send of rows of the outbox."""
    return [
        Piece(row, text)
        for row in rows
        for text in rendering.parts(row.message, person, conversation)[row.parts_sent :]
    ]


def fill(left: Sequence[Piece]) -> Envelope:
    """The next text: as many pieces as go into one."""
    text, count = rendering.packed([piece.text for piece in left])
    return Envelope(text, left[:count])


def settle(left: Sequence[Piece], envelope: Envelope, means: str) -> list[Outbox]:
    """The envelope has gone: mark what is with the person now. Returns the rows of which something is still `left`."""
    for piece in envelope.pieces:
        piece.row.parts_sent += 1
    open_rows = list(dict.fromkeys(piece.row for piece in left[len(envelope.pieces) :]))
    for row in envelope.rows:
        if row not in open_rows:
            outbox.sent(row, means)
    return open_rows
