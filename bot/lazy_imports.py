"""Keeps out of memory what Rasa imports and this program never calls.

Registering any component imports Rasa's recipe, which reaches `rasa.utils.train_utils` and through it TensorFlow:
seven seconds and hundreds of MB. Loading a model reaches the plots of Rasa's own tests. Each of these modules is found
as usual and run when something in it is first asked for.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

# Only modules that Rasa imports whole (`import x`): taking a name out of a module runs it at once.
_LATER = frozenset({"rasa.utils.train_utils", "rasa.utils.plotting"})


class _LazyFinder(MetaPathFinder):
    """Finds the modules of `_LATER`, and puts off running them."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in _LATER:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def install() -> None:
    """Make them lazy from now on; without effect where one is loaded, or this is installed already."""
    if not any(isinstance(finder, _LazyFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _LazyFinder())
