"""The facts of a sentence as Rasa entities."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.facts import Facts, Lexicon, Span
from cases import clock

_LEXICON_FILE = "lexicon.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FactExtractor(GraphComponent):
    """Learns its words from the lookup tables and synonyms of the training data; the rest are rules."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, lexicon: Lexicon | None = None) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._facts = None if lexicon is None else Facts(lexicon)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FactExtractor:
        """One that is still to be trained."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FactExtractor:
        """One with the lexicon of its model. Raises OSError or ValueError if the model has none."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Lexicon.load(folder / _LEXICON_FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Persist the lexicon of the training data. Raises ValueError for a synonym of an unknown id."""
        lexicon = Lexicon.from_tables(_lookups(training_data), training_data.entity_synonyms)
        with self._model_storage.write_to(self._resource) as folder:
            lexicon.save(folder / _LEXICON_FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the facts of each message to its entities."""
        if self._facts is None:
            raise RuntimeError("FactExtractor is asked for facts before a model was loaded")
        now = clock.now().astimezone(clock.SHANGHAI)
        for message in messages:
            entities = _entities(self._facts, message.get(TEXT) or "", now)
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages


def _lookups(training_data: TrainingData) -> dict[str, list[str]]:
    """The phrases of each lookup table written out in the training data (a table may also name a file)."""
    tables = training_data.lookup_tables
    return {table["name"]: table["elements"] for table in tables if isinstance(table["elements"], list)}


def _entities(facts: Facts, text: str, now: datetime) -> list[dict[str, Any]]:
    return [_entity(span) for span in facts.extract(text, now)]


def _entity(span: Span) -> dict[str, Any]:
    return {
        "entity": span.entity,
        "value": span.value,
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "extractor": FactExtractor.__name__,
    }
