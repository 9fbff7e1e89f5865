"""What the answer finder is compared with, and what lets `parse_texts.py` read the answers that any pipeline found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import softmax
from sklearn.svm import LinearSVC

from bot.nlu.sentence_encoder import SentenceEncoder, meaning
from bot.nlu.text_features import TextFeatures

Arrays = dict[str, NDArray[Any]]

FILE = "weights.npz"
SELECTED = "response_selector"
DEFAULT = "default"  # what Rasa calls a selector that is trained for no intent in particular


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Ranking(GraphComponent):
    """The last of each pipeline: writes what was found into `label_ranking`, [{name, confidence}], likeliest first."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Ranking:
        """There is nothing to set."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the answers alike, whoever found them."""
        for message in messages:
            selected = message.get(SELECTED, {}).get(DEFAULT, {}).get("ranking", [])
            found = [(item[INTENT_RESPONSE_KEY], item["confidence"]) for item in selected]
            found += [(item["id"], item["confidence"]) for item in message.get("answers") or []]
            ranking = [{"name": name.rpartition("/")[2], "confidence": confidence} for name, confidence in found]
            message.set("label_ranking", ranking, add_to_output=True)
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MeaningFeaturizer(SentenceEncoder, Featurizer):
    """The sentence vector as Rasa's response selector demands it.

    That wants a `Featurizer` with a feature for each token, though without a transformer it looks at the sentence's
    alone; and on numbers as small as those of a unit vector its weights shrink to nothing, so they get a variance of 1.
    """

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Every config will do."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode the examples."""
        examples = super().process_training_data(training_data).training_examples
        self._reshape([message for message in examples if message.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode each message that has a text."""
        self._reshape([message for message in super().process(messages) if message.get(TEXT)])
        return messages

    def _reshape(self, messages: list[Message]) -> None:
        for message in messages:
            vector = meaning(message)[np.newaxis, :]
            vector = vector * vector.size**0.5
            message.features = [
                Features(vector, kind, TEXT, self._name) for kind in (FEATURE_TYPE_SEQUENCE, FEATURE_TYPE_SENTENCE)
            ]


class _Finder(GraphComponent):
    """Scores every answer for each message; its arrays are persisted."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._answers: list[str] = []
        self._arrays: Arrays = {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> _Finder:
        """An untrained finder."""
        return cls(config, model_storage, resource)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """As many answers as ours names."""
        return {"ranking_length": 3}

    def train(self, training_data: TrainingData) -> Resource:
        """Fit to the examples and persist what was fitted."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        answers, truth = np.unique([message.get(INTENT_RESPONSE_KEY) for message in examples], return_inverse=True)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / FILE, answers=answers, **self._fit(examples, truth, folder))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the likeliest answers of each message."""
        for message in messages:
            scores = self._scores(message)
            best = np.argsort(-scores)[: self._config["ranking_length"]]
            answers = [{"id": self._answers[index], "confidence": float(scores[index])} for index in best]
            message.set("answers", answers)
        return messages

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> _Finder:
        """The finder as it was trained."""
        finder = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            finder._recall(folder)
            with np.load(folder / FILE, allow_pickle=False) as arrays:
                finder._arrays = dict(arrays)
        finder._answers = finder._arrays["answers"].tolist()
        return finder

    def _fit(self, examples: Sequence[Message], truth: NDArray[np.int64], folder: Path) -> Arrays:
        """The arrays to keep; `truth` are the indices of the examples' answers. What is no array goes into `folder`."""
        raise NotImplementedError

    def _recall(self, folder: Path) -> None:
        """Read what is no array."""

    def _scores(self, message: Message) -> NDArray[np.float64]:
        """How likely each answer is, (answers,)."""
        raise NotImplementedError


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LetterSvm(_Finder):
    """A linear support vector machine on the TF-IDF of character n-grams and words; softmax of its margins."""

    _features: TextFeatures

    def _fit(self, examples: Sequence[Message], truth: NDArray[np.int64], folder: Path) -> Arrays:
        self._features = TextFeatures()
        machine = LinearSVC(class_weight="balanced", random_state=0).fit(self._features.fit(examples), truth)
        self._features.save(folder)
        return {"weights": machine.coef_.T, "offset": machine.intercept_}

    def _recall(self, folder: Path) -> None:
        self._features = TextFeatures.load(folder)

    def _scores(self, message: Message) -> NDArray[np.float64]:
        columns, values = self._features.of(message)
        likely: NDArray[np.float64] = softmax(values @ self._arrays["weights"][columns] + self._arrays["offset"])
        return likely


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NearestMeaning(_Finder):
    """The cosine of the sentence vector and that of the closest example of each answer."""

    def _fit(self, examples: Sequence[Message], truth: NDArray[np.int64], folder: Path) -> Arrays:
        return {"meanings": np.vstack([meaning(message) for message in examples]), "truth": truth}

    def _scores(self, message: Message) -> NDArray[np.float64]:
        closest = np.full(len(self._answers), -1.0)
        np.maximum.at(closest, self._arrays["truth"], self._arrays["meanings"] @ meaning(message))
        return closest
