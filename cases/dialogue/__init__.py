"""The conversation itself, without Rasa: what an understood message does to the case, and what is said back."""

from cases.dialogue.answering import answer, greeting
from cases.dialogue.reply import Bubble, Button
from cases.dialogue.understood import Understood

__all__ = ["Bubble", "Button", "Understood", "answer", "greeting"]
