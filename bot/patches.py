"""Three changes to Rasa 3.6.21 that have no supported seam; each says what it saves (docs/adr/0002).

They reach into internals, so another version of Rasa refuses to start until somebody has looked at them again.
"""

from typing import Any

import rasa
from rasa.core import processor
from rasa.core.actions.action import RemoteAction
from rasa.engine.storage.storage import ModelMetadata

from bot.graph import InOrderRunner
from cases.errors import SetupError

KNOWN_VERSION = "3.6.21"


def apply() -> None:
    """Apply them, once. Raises `SetupError` on a Rasa that they were not made for."""
    if rasa.__version__ != KNOWN_VERSION:
        raise SetupError(f"bot/patches.py is for Rasa {KNOWN_VERSION}, this is {rasa.__version__}")
    RemoteAction._validate_action_result = _trust_own_actions
    processor.DaskGraphRunner = InOrderRunner  # the processor names its runner in its code
    ModelMetadata.from_dict = _without_training_graph(ModelMetadata.from_dict)


def _trust_own_actions(_self: RemoteAction, _result: dict[str, Any]) -> bool:
    """Rasa checks a constant schema against its metaschema on each call, the largest single cost of a turn."""
    return True


def _without_training_graph(from_dict: Any) -> Any:
    """Reading a model, Rasa imports every class it was trained with, and TensorFlow behind them."""
    if getattr(from_dict, "lean", False):
        return from_dict

    def lean(serialized: dict[str, Any]) -> ModelMetadata:
        return from_dict({**serialized, "train_schema": {"nodes": {}}})

    lean.lean = True  # type: ignore[attr-defined]  # marks it, so that applying twice changes nothing
    return lean
