"""The numbers of choices, for channels that show none as buttons: 回复 1、2、3."""

from cases.models import Conversation

# A number in answer to these is the answer itself.
NUMERIC_QUESTIONS = ("fact.amount", "fact.delivered_amount", "fact.order_no", "fact.recovered_amount")


def is_open(conversation: Conversation) -> bool:
    """Whether a bare number means a choice."""
    return conversation.asked not in NUMERIC_QUESTIONS


def number_of(conversation: Conversation, token: str) -> int | None:
    """The number of a choice, from 1, if it is on offer."""
    tokens = [button["token"] for button in conversation.offered]
    return tokens.index(token) + 1 if token in tokens else None
