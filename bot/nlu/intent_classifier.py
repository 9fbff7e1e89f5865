"""Which intent a message has, which grievance it makes, and of which sub-kind.

The trained weights are plain arrays, so a model file holds no code, and loading them needs no TensorFlow.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classes import Classes
from bot.nlu.clauses import clauses
from bot.nlu.kernel_machine import KernelMachine
from bot.nlu.least_squares import Matrix, best_temperature, chances
from bot.nlu.sentence_encoder import add_meaning

FILE = "classes.json"

Ranking = list[dict[str, Any]]
"""{name, confidence}, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Temperatures:
    """What turns scores into chances: those of letters and meaning, and those of the letters alone."""

    all: float
    letters: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The chances of the intents, the scores of the sub-kinds, and what makes these chances too."""

    intents: Matrix
    subkinds: Matrix
    temperature: float


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TextIntentClassifier(GraphComponent, IntentClassifier):
    """Sets `intent`, `intent_ranking`, `label_ranking`, `subkind` and `also` of a message."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._machine = KernelMachine()
        self._classes = Classes((), (), ())
        self._groups = self._classes.groups
        self._temperatures = Temperatures(1.0, 1.0)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`ranking_length` is how many intents are reported; `grievances` are the intents that are labels.

        All other intents together are one label: what a message is about is decided first, and then which intent.
        A message is read by its letters, and by its meaning too unless they make its label `letters_suffice` likely.
        A sub-kind is told with at least `subkind_confidence`. A grievance beside the main one counts if a clause of
        the message makes it with `clause_confidence`, but goods either came or did not: of `of_the_goods` one counts.
        """
        return {
            "ranking_length": 5,
            "letters_suffice": 0.9,
            "subkind_confidence": 0.5,
            "clause_suspicion": 0.5,
            "clause_confidence": 0.9,
            "of_the_goods": ["not_delivered", "not_as_described"],
            "grievances": ["not_delivered", "not_as_described", "merchant_gone", "refund_delayed"],
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
        """Fit the weights and the temperature to the examples and persist them."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        self._classes = Classes.of(examples, self._config["grievances"])
        targets = self._classes.targets(examples)
        intents = targets[:, : len(self._classes.intents)]
        left_out = self._machine.fit(examples, targets, _importance(intents))
        self._groups = self._classes.groups
        truth = (intents @ self._groups).argmax(axis=1)
        self._temperatures = Temperatures(
            *(self._best_temperature(it, truth) for it in (left_out.all, left_out.letters))
        )
        self._persist()
        return self._resource

    def _best_temperature(self, left_out: Matrix, truth: NDArray[np.int64]) -> float:
        return best_temperature(left_out[:, : len(self._classes.intents)], self._groups, truth)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set what is understood of each message, with its probability; one without text means nothing."""
        for message in messages:
            if message.get(TEXT):
                self._classify(message)
            else:
                message.set("intent", {"name": None, "confidence": 0.0}, add_to_output=True)
        return messages

    def _classify(self, message: Message) -> None:
        read = self._read_letters(message)
        if self._labels(read.intents)[0]["confidence"] < self._config["letters_suffice"]:
            read = self._read_all(message)
        likely = read.intents
        labels = self._labels(likely)
        ranking = self._of_label(labels[0]["name"], _ranking(self._classes.intents, likely))
        message.set("intent", ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking[: self._config["ranking_length"]], add_to_output=True)
        message.set("label_ranking", labels, add_to_output=True)
        message.set("subkind", self._subkind(ranking[0]["name"], read), add_to_output=True)
        message.set("also", self._also(message, labels), add_to_output=True)

    def _read_letters(self, message: Message) -> Reading:
        return self._reading(self._machine.letter_scores(message), self._temperatures.letters)

    def _read_all(self, message: Message) -> Reading:
        add_meaning([message], __name__)
        return self._reading(self._machine.scores(message), self._temperatures.all)

    def _reading(self, scores: Matrix, temperature: float) -> Reading:
        intents, subkinds = np.split(scores, [len(self._classes.intents)])
        return Reading(chances(intents, temperature), subkinds, temperature)

    def _labels(self, likely: Matrix) -> Ranking:
        return _ranking(self._classes.labels, likely @ self._groups)

    def _also(self, message: Message, labels: Ranking) -> list[str]:
        """The grievances that clauses of the message make beside its main one."""
        main, goods = labels[0]["name"], self._config["of_the_goods"]
        if main not in self._classes.grievances:
            return []
        others = set(self._classes.grievances) - {main} - set(goods if main in goods else ())
        suspects = [clause for clause in clauses(message) if self._by_letters(clause) in others]
        tops = [self._labels(self._read_all(clause).intents)[0] for clause in suspects]
        return sorted(others & {top["name"] for top in tops if top["confidence"] >= self._config["clause_confidence"]})

    def _by_letters(self, clause: Message) -> str | None:
        """The label that the letters of a clause speak for, if they rather do."""
        best = self._labels(self._read_letters(clause).intents)[0]
        return str(best["name"]) if best["confidence"] >= self._config["clause_suspicion"] else None

    def _of_label(self, label: str, ranking: Ranking) -> Ranking:
        """The ranking with the intents of the label first."""
        grievances = self._classes.grievances
        is_of_label = [item["name"] == label or {item["name"], label}.isdisjoint(grievances) for item in ranking]
        first = [item for item, is_first in zip(ranking, is_of_label, strict=True) if is_first]
        return first + [item for item, is_first in zip(ranking, is_of_label, strict=True) if not is_first]

    def _subkind(self, intent: str, read: Reading) -> str | None:
        """The likeliest sub-kind of a grievance; `None` if that is "none is told", or not likely enough."""
        own = [index for index, (grievance, _) in enumerate(self._classes.subkinds) if grievance == intent]
        if not own:
            return None
        names = [self._classes.subkinds[index][1] for index in own]
        best = _ranking(names, chances(read.subkinds[own], read.temperature))[0]
        return best["name"] or None if best["confidence"] >= self._config["subkind_confidence"] else None

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            self._machine.save(folder)
            state = {**self._classes.as_json(), "temperatures": [self._temperatures.all, self._temperatures.letters]}
            (folder / FILE).write_text(json.dumps(state), encoding="utf-8")

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
            classifier._machine = KernelMachine.load(folder)
            state = json.loads((folder / FILE).read_text(encoding="utf-8"))
        classifier._classes = Classes.from_json(state)
        classifier._groups = classifier._classes.groups
        classifier._temperatures = Temperatures(*state["temperatures"])
        return classifier


def _importance(intents: NDArray[np.float32]) -> NDArray[np.float64]:
    """What a mistake on each example costs: more for rarer intents, by the square root of how much rarer."""
    counts = intents.sum(axis=0)
    rarity = len(intents) / (len(counts) * counts)
    importance: NDArray[np.float64] = np.sqrt(intents @ rarity).astype(np.float64)
    return importance


def _ranking(names: Sequence[str], likely: NDArray[np.float32]) -> Ranking:
    return [{"name": names[index], "confidence": float(likely[index])} for index in np.argsort(-likely)]
