"""Keeps out of memory what Rasa imports and this program never calls.

Registering any component imports Rasa's recipe, which reaches `rasa.utils.train_utils` and through it TensorFlow:
seven seconds and hundreds of MB. Any message reaches the clients of a dozen messengers, any policy scikit-learn,
loading a model the plots of Rasa's own tests: 80 MB more. Each of these modules is found as usual and run when
something in it is first asked for.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader, _LazyModule  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

_CHANNEL = "rasa.core.channels.channel"

_LATER: Mapping[str, Mapping[str, str]] = {
    "dask": {},  # bot/graph.py runs the graph
    "h5py": {},
    "rasa.core.channels": {"OutputChannel": _CHANNEL, "UserMessage": _CHANNEL},
    "rasa.utils.plotting": {},
    "rasa.utils.tensorflow.model_data": {"ragged_array_to_ndarray": __name__},
    "rasa.utils.tensorflow.model_data_utils": {},
    "rasa.utils.train_utils": {},
    "scipy.sparse.csgraph": {},
}
"""Each module, and the names that are taken out of it on the way, with the module to have them from instead.

Asking for any other name runs it at once.
"""
_PLACE = frozenset({"__file__", "__name__", "__path__", "__spec__"})
"""What Python asks every module on the way to others."""


def ragged_array_to_ndarray(*arrays: Any) -> Any:
    """Rasa's function of this name, which only policies that learn from whole conversations call."""
    return vars(import_module("rasa.utils.tensorflow.model_data"))["ragged_array_to_ndarray"](*arrays)


class _Unread(_LazyModule):
    """A module that has not run yet."""

    def __getattribute__(self, name: str) -> Any:
        known = ModuleType.__getattribute__
        if name in _PLACE:
            return known(self, name)
        elsewhere = _LATER[known(self, "__name__")].get(name)
        return getattr(import_module(elsewhere), name) if elsewhere else super().__getattribute__(name)


class _Later(LazyLoader):
    """Puts off running a module."""

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        module.__class__ = _Unread


class _LazyFinder(MetaPathFinder):
    """Finds the modules of `_LATER`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in _LATER:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _Later(spec.loader)
        return spec


def install() -> None:
    """Make them lazy from now on; without effect where one is loaded, or this is installed already."""
    if not any(isinstance(finder, _LazyFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _LazyFinder())
