"""The clauses of a long message, each as a message of its own that can be classified."""

import re
from collections.abc import Iterator

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.sentence_encoder import add_meaning
from bot.nlu.text_features import TOKENS

CLAUSE = re.compile(r"[^，。,.;；!！?？~\s]{4,}")
MAX_CLAUSES = 12


def clauses(message: Message) -> list[Message]:
    """The clauses of four characters and more, with the tokens and the meaning the classifier needs."""
    parts = list(_parts(message))[:MAX_CLAUSES]
    if len(parts) < 2:
        return []
    add_meaning(parts, __name__)
    return parts


def _parts(message: Message) -> Iterator[Message]:
    for match in CLAUSE.finditer(str(message.get(TEXT))):
        part = Message({TEXT: match[0]})
        tokens = [token for token in message.get(TOKENS) or [] if match.start() <= token.start < match.end()]
        part.set(TOKENS, tokens)
        yield part
