"""Our intent classifier with one of its two kinds of likeness taken away, to see what each is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot.nlu import least_squares
from bot.nlu.intent_classifier import Ranking, TextIntentClassifier
from bot.nlu.kernel_machine import RIDGE, KernelMachine, Matrix, _closeness
from bot.nlu.sentence_encoder import meaning


class LettersMachine(KernelMachine):
    """Knows the letters that messages share."""

    def fit(self, messages: Sequence[Message], targets: Matrix, importance: NDArray[np.float64]) -> Matrix:
        """As the whole machine's."""
        rows = self._features.fit(messages)
        self._offset = targets.mean(axis=0)
        fitted = least_squares.fit((rows @ rows.T).toarray(), targets - self._offset, importance, RIDGE)
        self._letters = (rows.T @ fitted.dual).astype(np.float16)
        return fitted.left_out + self._offset

    def scores(self, message: Message) -> Matrix:
        """The score of each class, (classes,)."""
        return self.letter_scores(message)


class MeaningMachine(KernelMachine):
    """Knows how close meanings are."""

    def fit(self, messages: Sequence[Message], targets: Matrix, importance: NDArray[np.float64]) -> Matrix:
        """As the whole machine's."""
        self._meanings = np.vstack([meaning(message) for message in messages])
        self._offset = targets.mean(axis=0)
        kernel = _closeness(self._meanings, self._meanings.T)
        fitted = least_squares.fit(kernel, targets - self._offset, importance, RIDGE)
        self._dual = fitted.dual
        return fitted.left_out + self._offset

    def scores(self, message: Message) -> Matrix:
        """The score of each class, (classes,)."""
        return _closeness(self._meanings, meaning(message)) @ self._dual + self._offset


class _Half(TextIntentClassifier):
    machine: ClassVar[type[KernelMachine]]

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._machine = self.machine()

    def _also(self, message: Message, labels: Ranking) -> list[str]:
        """A second grievance is not measured, and looking for one takes both halves."""
        return []

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TextIntentClassifier:
        """The classifier as it was trained, with its own machine."""
        classifier = super().load(config, model_storage, resource, execution_context, **kwargs)
        with model_storage.read_from(resource) as folder:
            classifier._machine = cls.machine.load(folder)
        return classifier


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LettersClassifier(_Half):
    """Without the sentence encoder."""

    machine = LettersMachine


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningClassifier(_Half):
    """Without letters."""

    machine = MeaningMachine
