"""Laws, evidence, questions and procedure as reviewed data: `data/knowledge` as frozen objects."""

from cases.knowledge.base import Knowledge
from cases.knowledge.loader import KNOWLEDGE_DIR, LETTERS_DIR, knowledge, load

__all__ = ["KNOWLEDGE_DIR", "LETTERS_DIR", "Knowledge", "knowledge", "load"]
