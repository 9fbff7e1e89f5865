"""What is known of a message as one sparse row: its character n-grams, its words, and its meaning."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.numbers import mask_numbers

TOKENS = "text_tokens"
FILE = "features.json"
# A unit vector beside two TF-IDF rows of unit length: meaning weighs as much as the letters of both.
MEANING_WEIGHT = 3.0


def characters(message: Message) -> str:
    """What the character n-grams are cut from."""
    return mask_numbers(str(message.get(TEXT)).lower())


def words(message: Message) -> list[str]:
    """The tokens of a message, in lower case."""
    return [mask_numbers(token.text.lower()) for token in message.get(TOKENS) or [] if token.text.strip()]


def meaning(message: Message) -> NDArray[np.float32]:
    """The sentence encoder's vector, (1, 512)."""
    _, sentence = message.get_dense_features(TEXT)
    vector: NDArray[np.float32] = sentence.features
    return vector


def _as_it_is(message: Message) -> Message:
    return message


class TextFeatures:
    """Two vocabularies and their TF-IDF weights, fitted once, beside the sentence encoder's vector.

    A term that occurs once in the data tells nothing about the next person, so it takes two.
    """

    def __init__(self) -> None:
        common: dict[str, Any] = {"sublinear_tf": True, "min_df": 2}
        self._by_character = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), preprocessor=characters, **common)
        self._by_word = TfidfVectorizer(
            ngram_range=(1, 2), preprocessor=_as_it_is, tokenizer=words, token_pattern=None, **common
        )

    def fit(self, messages: Sequence[Message]) -> csr_matrix:
        """Learn the vocabularies; returns the rows of `messages`."""
        self._by_character.fit(messages)
        self._by_word.fit(messages)
        return self.of(messages)

    def of(self, messages: Sequence[Message]) -> csr_matrix:
        """One row a message, (n messages, characters + words + 512)."""
        parts = [self._by_character.transform(messages), self._by_word.transform(messages)]
        return csr_matrix(hstack([*parts, MEANING_WEIGHT * np.vstack([meaning(m) for m in messages])]))

    def save(self, folder: Path) -> None:
        """Write both vocabularies with their weights as JSON."""
        state = [
            {
                "vocabulary": {term: int(column) for term, column in part.vocabulary_.items()},
                "idf": part.idf_.tolist(),
            }
            for part in (self._by_character, self._by_word)
        ]
        (folder / FILE).write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TextFeatures:
        """The features as they were fitted."""
        features = cls()
        state = json.loads((folder / FILE).read_text(encoding="utf-8"))
        for part, saved in zip((features._by_character, features._by_word), state, strict=True):
            part.vocabulary_ = saved["vocabulary"]
            part.idf_ = np.asarray(saved["idf"])
        return features
