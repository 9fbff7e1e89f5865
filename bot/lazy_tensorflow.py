"""Keeps TensorFlow out of a process that does not train a neural network.

Registering any component imports Rasa's recipe, which reaches `rasa.utils.train_utils` and through it
TensorFlow: seven seconds and hundreds of MB for helpers we never call. That module is loaded on first use.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

_GATE = "rasa.utils.train_utils"


class _LazyGate(MetaPathFinder):
    """Finds the gate module as usual, and puts off running it until something in it is asked for."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _GATE:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def install() -> None:
    """Make the gate lazy from now on; without effect where it is loaded or installed already."""
    if not any(isinstance(finder, _LazyGate) for finder in sys.meta_path):
        sys.meta_path.insert(0, _LazyGate())
