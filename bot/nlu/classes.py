"""What the classifier tells apart: intents, the labels they belong to, and the sub-kinds of the grievances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

NO_GRIEVANCE = "out_of_scope"
"""The label of every intent that is no grievance."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The columns of a target matrix: the intents, then the sub-kinds.

    A sub-kind is (grievance, id); the empty id stands for examples of a grievance that tell none.
    """

    intents: tuple[str, ...]
    subkinds: tuple[tuple[str, str], ...]
    grievances: tuple[str, ...]

    @classmethod
    def of(cls, messages: Sequence[Message], grievances: Sequence[str]) -> Classes:
        """The classes that occur in the examples."""
        intents = sorted({str(message.get(INTENT)) for message in messages})
        subkinds = sorted({_subkind(message) for message in messages if message.get(INTENT) in grievances})
        return cls(tuple(intents), tuple(subkinds), tuple(grievances))

    @property
    def labels(self) -> tuple[str, ...]:
        """The grievances, and the label of everything else."""
        return (*self.grievances, NO_GRIEVANCE)

    @property
    def groups(self) -> NDArray[np.float32]:
        """1 where an intent belongs to a label, (intents, labels)."""
        named = [intent if intent in self.grievances else NO_GRIEVANCE for intent in self.intents]
        return np.array([[name == label for label in self.labels] for name in named], dtype=np.float32)

    def targets(self, messages: Sequence[Message]) -> NDArray[np.float32]:
        """1 where an example is of a class, (messages, intents + sub-kinds)."""
        made = np.zeros((len(messages), len(self.intents) + len(self.subkinds)), dtype=np.float32)
        for row, message in zip(made, messages, strict=True):
            row[self.intents.index(message.get(INTENT))] = 1
            if message.get(INTENT) in self.grievances:
                row[len(self.intents) + self.subkinds.index(_subkind(message))] = 1
        return made

    def as_json(self) -> dict[str, Any]:
        """For a model file."""
        return {"intents": self.intents, "subkinds": self.subkinds, "grievances": self.grievances}

    @classmethod
    def from_json(cls, state: dict[str, Any]) -> Classes:
        """From a model file."""
        return cls(tuple(state["intents"]), tuple(map(tuple, state["subkinds"])), tuple(state["grievances"]))


def _subkind(message: Message) -> tuple[str, str]:
    of_intent = (message.get("metadata") or {}).get("intent") or {}
    return str(message.get(INTENT)), str(of_intent.get("subkind", ""))
