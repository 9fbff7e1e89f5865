"""Linear intent classifiers that Rasa 3.6 lacks: its `SklearnIntentClassifier` reads dense features only, trains a
kernel machine by grid search, and stores code.

Nothing here imports `bot`, so that a pipeline of stock components is loaded the way stock Rasa loads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

FILE = "weights.npz"


class _Linear(GraphComponent, IntentClassifier):
    """One weight per feature and intent; confidences are the softmax of the intents' scores."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._intents: list[str] = []
        self._weights: NDArray[np.float64] = np.empty((0, 0))  # (features, intents)
        self._offset: NDArray[np.float64] = np.empty(0)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> _Linear:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the weights to the examples and persist them."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        fitted = self._estimator().fit(self._rows(examples), [message.get(INTENT) for message in examples])
        with self._storage.write_to(self._resource) as folder:
            intents = fitted.classes_.astype(str)
            np.savez(folder / FILE, intents=intents, weights=fitted.coef_.T, offset=fitted.intercept_)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the whole ranking of each message."""
        for message in messages:
            likely = softmax((self._rows([message]) @ self._weights)[0] + self._offset)
            ranking = [
                {"name": self._intents[index], "confidence": float(likely[index])} for index in np.argsort(-likely)
            ]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> _Linear:
        """The classifier as it was trained."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as arrays:
            classifier._intents = arrays["intents"].tolist()
            classifier._weights, classifier._offset = arrays["weights"], arrays["offset"]
        return classifier

    def _rows(self, messages: Sequence[Message]) -> Any:
        """The features, sparse or dense, (messages, features)."""
        raise NotImplementedError

    def _estimator(self) -> Any:
        """An unfitted scikit-learn classifier with linear weights."""
        raise NotImplementedError


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CountSvm(_Linear):
    """A linear support vector machine on the sparse features: words and character n-grams."""

    def _rows(self, messages: Sequence[Message]) -> csr_matrix:
        return csr_matrix(vstack([message.get_sparse_features(TEXT)[1].features for message in messages]))

    def _estimator(self) -> LinearSVC:
        return LinearSVC(class_weight="balanced", random_state=0)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningLogistic(_Linear):
    """Logistic regression on the dense features: the sentence vector. `C` is the inverse of the regularisation."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """As scikit-learn's."""
        return {"C": 1.0}

    def _rows(self, messages: Sequence[Message]) -> NDArray[np.float32]:
        return np.vstack([message.get_dense_features(TEXT)[1].features for message in messages])

    def _estimator(self) -> LogisticRegression:
        return LogisticRegression(C=self._config["C"], class_weight="balanced", max_iter=1_000)
