"""The clauses of a long message, each as a message of its own that can be classified."""

import re
from collections.abc import Iterator
from itertools import islice

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.text_features import TOKENS

CLAUSE = re.compile(r"[^，。,.;；!！?？~～\s]{4,}")
MAX_CLAUSES = 8


def clauses(message: Message) -> list[Message]:
    """The clauses of four characters and more, with their tokens; none if there is only one."""
    parts = list(islice(_parts(message), MAX_CLAUSES))
    return parts if len(parts) > 1 else []


def _parts(message: Message) -> Iterator[Message]:
    for match in CLAUSE.finditer(str(message.get(TEXT))):
        part = Message({TEXT: match[0]})
        tokens = [token for token in message.get(TOKENS) or [] if match.start() <= token.start < match.end()]
        part.set(TOKENS, tokens)
        yield part
