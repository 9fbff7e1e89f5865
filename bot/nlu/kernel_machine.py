"""Scores a message by its likeness to every example: the letters they share, and how close their meanings are.

It is fitted twice: once on all of that, and once on the letters alone, which cost a tenth and settle most messages.

Chinese is written without spaces and by people in a hurry: character n-grams survive typos that break words, words
carry what characters cannot, and the sentence encoder knows what the examples never said. Meaning is compared by a
Gaussian, so only close examples speak: a straight line through the same vectors was measurably worse
(docs/understanding.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.training_data.message import Message

from bot.nlu import least_squares
from bot.nlu.sentence_encoder import meaning
from bot.nlu.text_features import TextFeatures

FILE = "weights.npz"

RIDGE = 0.5
MEANING_WEIGHT = 2.0
MEANING_SHARPNESS = 1.5

Matrix = least_squares.Matrix


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What each example would score had it been left out, (messages, classes): by `all`, and by `letters` alone."""

    all: Matrix
    letters: Matrix


class KernelMachine:
    """Fitted once for a number of classes; then scores one message at a time.

    `meaning_weight` stands against 1 for the characters and 1 for the words that two messages share; the higher the
    `sharpness`, the closer two meanings must be to count.
    """

    def __init__(self, meaning_weight: float = MEANING_WEIGHT, sharpness: float = MEANING_SHARPNESS) -> None:
        self._meaning_weight = meaning_weight
        self._sharpness = sharpness
        self._features = TextFeatures()
        self._letters_alone: NDArray[np.float16] = np.empty((0, 0), np.float16)  # (features, classes)
        self._letters: NDArray[np.float16] = np.empty((0, 0), np.float16)  # (features, classes)
        self._meanings: Matrix = np.empty((0, 0), np.float32)  # (examples, 512)
        self._dual: Matrix = np.empty((0, 0), np.float32)  # (examples, classes)
        self._offset: Matrix = np.empty(0, np.float32)  # (classes,)

    def fit(self, messages: Sequence[Message], targets: Matrix, importance: NDArray[np.float64]) -> LeftOut:
        """Fit `targets` (messages, classes), the rarer with more `importance`."""
        rows = self._features.fit(messages)
        self._meanings = np.vstack([meaning(message) for message in messages])
        self._offset = targets.mean(axis=0)
        shared = (rows @ rows.T).toarray()
        alone = least_squares.fit(shared.copy(), targets - self._offset, importance, RIDGE)
        shared += self._closeness(self._meanings.T)
        fitted = least_squares.fit(shared, targets - self._offset, importance, RIDGE)
        self._dual = fitted.dual
        self._letters_alone = (rows.T @ alone.dual).astype(np.float16)
        self._letters = (rows.T @ fitted.dual).astype(np.float16)
        return LeftOut(fitted.left_out + self._offset, alone.left_out + self._offset)

    def scores(self, message: Message) -> Matrix:
        """The score of each class, (classes,), by letters and meaning."""
        return self._by(self._letters, message) + self._closeness(meaning(message)) @ self._dual

    def letter_scores(self, message: Message) -> Matrix:
        """The score of each class, (classes,), by the letters alone."""
        return self._by(self._letters_alone, message)

    def _closeness(self, meanings: Matrix) -> Matrix:
        """exp(-sharpness · distance²) of the examples' unit vectors and others, weighted."""
        close: Matrix = self._meanings @ meanings
        close -= 1  # in place: of all examples and all examples it is 300 MB
        close *= 2 * self._sharpness
        np.exp(close, out=close)
        close *= self._meaning_weight
        return close

    def _by(self, weights: NDArray[np.float16], message: Message) -> Matrix:
        columns, values = self._features.of(message)
        letters: Matrix = values @ weights[columns].astype(np.float32)
        return letters + self._offset

    def save(self, folder: Path) -> None:
        """Write the features and the weights: arrays and JSON, no code."""
        self._features.save(folder)
        np.savez(
            folder / FILE,
            letters_alone=self._letters_alone,
            letters=self._letters,
            meanings=self._meanings,
            dual=self._dual,
            offset=self._offset,
            closeness=np.array([self._meaning_weight, self._sharpness]),
        )

    @classmethod
    def load(cls, folder: Path) -> KernelMachine:
        """The machine as it was fitted."""
        machine = cls()
        machine._features = TextFeatures.load(folder)
        with np.load(folder / FILE, allow_pickle=False) as arrays:
            machine._letters_alone, machine._letters = arrays["letters_alone"], arrays["letters"]
            machine._meanings = arrays["meanings"]
            machine._dual, machine._offset = arrays["dual"], arrays["offset"]
            machine._meaning_weight, machine._sharpness = map(float, arrays["closeness"])
        return machine
