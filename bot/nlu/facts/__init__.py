"""Facts of a purchase, read from a Chinese sentence by rules. Plain Python: knows no Rasa."""

from bot.nlu.facts.extract import Facts
from bot.nlu.facts.lexicon import Lexicon
from bot.nlu.facts.span import Span

__all__ = ["Facts", "Lexicon", "Span"]
