"""Which intent a message has: characters, words and meaning, weighed by a logistic regression.

Chinese is written without spaces and by people in a hurry: character n-grams survive typos that break words,
words carry what characters cannot, and the sentence encoder knows what the examples never said. The trained weights
are plain arrays, so a model file holds no code, and loading them needs no TensorFlow.
"""

from __future__ import annotations

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

from bot.nlu.clauses import clauses
from bot.nlu.text_features import TextFeatures

WEIGHTS_FILE = "weights.npz"

Ranking = list[dict[str, Any]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TextIntentClassifier(GraphComponent, IntentClassifier):
    """Sets `intent` and `intent_ranking` of a message from its tokens and characters."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._features = TextFeatures()
        self._intents: NDArray[np.str_] = np.empty(0, dtype=str)
        self._weights: NDArray[np.float64] = np.empty((0, 0))  # (features, intents)
        self._bias: NDArray[np.float64] = np.empty(0)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C` is the inverse of the regularisation; `ranking_length` how many intents are reported.

        A message of intent `account`, or of an unsure one, is read again clause by clause; a grievance that a
        clause makes with at least `clause_confidence` is what the message is about.
        """
        return {
            "C": 10.0,
            "ranking_length": 5,
            "account": "give_facts",
            "grievances": ["not_delivered", "not_as_described", "merchant_gone", "refund_delayed"],
            "clause_confidence": 0.5,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextIntentClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the weights to the examples and persist them."""
        from sklearn.linear_model import LogisticRegression

        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        matrix = self._features.fit(examples)
        model = LogisticRegression(C=self._config["C"], class_weight="balanced", tol=1e-3, max_iter=300)
        model.fit(matrix, [message.get(INTENT) for message in examples])
        self._intents = np.asarray(model.classes_, dtype=str)
        self._weights, self._bias = np.ascontiguousarray(model.coef_.T), model.intercept_
        self._persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message, with its probability."""
        for message in messages:
            ranking = self._raise_grievance(message, self._rank(message))
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages

    def _raise_grievance(self, message: Message, ranking: Ranking) -> Ranking:
        """A long account is mostly facts, and what went wrong is one clause of it."""
        sure = ranking[0]["confidence"] >= self._config["clause_confidence"]
        if sure and ranking[0]["name"] != self._config["account"]:
            return ranking
        best = max(
            (self._rank(clause)[0] for clause in clauses(message)),
            key=lambda top: top["confidence"] * (top["name"] in self._config["grievances"]),
            default=ranking[0],
        )
        if best["name"] not in self._config["grievances"]:
            return ranking
        return [best, *ranking] if best["confidence"] >= self._config["clause_confidence"] else ranking

    def _rank(self, message: Message) -> Ranking:
        columns, values = self._features.of(message)
        logits = values @ self._weights[columns] + self._bias
        odds = np.exp(logits - logits.max())
        chances = odds / odds.sum()
        order = np.argsort(-chances)
        return [{"name": str(self._intents[i]), "confidence": float(chances[i])} for i in order]

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            self._features.save(folder)
            np.savez_compressed(
                folder / WEIGHTS_FILE,
                intents=self._intents,
                weights=self._weights.astype(np.float32),
                bias=self._bias,
            )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TextIntentClassifier:
        """The classifier as it was trained."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._features = TextFeatures.load(folder)
            arrays = np.load(folder / WEIGHTS_FILE, allow_pickle=False)
            classifier._intents = arrays["intents"]
            classifier._weights = arrays["weights"].astype(np.float64)
            classifier._bias = arrays["bias"]
        return classifier
