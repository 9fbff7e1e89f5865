"""What stays out of memory until somebody asks for it, each time in a Python of its own."""

import subprocess
import sys
from textwrap import dedent

import pytest

from cases.settings import ROOT

SERVING = """
import sys
from bot.quiet import quiet_rasa
quiet_rasa()
import rasa.core.agent
from bot import patches
patches.apply()
import bot.evaluation, bot.nlu.answer_finder, bot.nlu.fact_extractor, bot.nlu.intent_classifier, bot.nlu.normalizer
import rasa.core.policies.rule_policy, rasa.nlu.classifiers.fallback_classifier, rasa.nlu.tokenizers.jieba_tokenizer
"""

WHETHER_CHANNELS_RAN = "import sys; print('rasa.core.channels.slack' in sys.modules)"


def printed(program: str) -> str:
    """What a program prints."""
    command = [sys.executable, "-W", "ignore", "-c", dedent(program)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_serving_reads_neither_tensorflow_nor_messengers_nor_scikit_learn() -> None:
    heavy = ("tensorflow", "sklearn", "scipy.stats", "matplotlib", "aiogram", "slack_sdk", "h5py._hl", "dask.base")
    assert printed(SERVING + f"print([name for name in {heavy} if name in sys.modules])") == "[]"


@pytest.mark.parametrize(
    "asks",
    [
        pytest.param("from rasa.core.channels import UserMessage, OutputChannel", id="a name that is elsewhere too"),
        pytest.param("import rasa.core.channels.channel", id="a module below it"),
        pytest.param("import rasa.core.channels; import rasa.core.channels", id="itself again"),
        pytest.param("import inspect, sys; inspect.getmodule(type(sys))", id="every module where it lies"),
    ],
)
def test_a_package_is_not_run_for(asks: str) -> None:
    assert printed(f"from bot import lazy_imports; lazy_imports.install(); {asks}; {WHETHER_CHANNELS_RAN}") == "False"


@pytest.mark.parametrize(
    "asks",
    [
        pytest.param("from rasa.core.channels import BUILTIN_CHANNELS", id="another name"),
        pytest.param("from rasa.core.channels import console", id="another module below it"),
    ],
)
def test_a_package_is_run_for(asks: str) -> None:
    assert printed(f"from bot import lazy_imports; lazy_imports.install(); {asks}; {WHETHER_CHANNELS_RAN}") == "True"


def test_a_name_is_the_same_before_a_package_has_run_and_after() -> None:
    program = """
        from bot import lazy_imports; lazy_imports.install()
        from rasa.core.channels import UserMessage as before
        from rasa.core.channels import BUILTIN_CHANNELS, UserMessage as after
        print(before is after, "telegram" in BUILTIN_CHANNELS)
    """
    assert printed(program) == "True True"


def test_a_function_that_stands_for_another_does_what_it_does() -> None:
    program = """
        from bot import lazy_imports; lazy_imports.install()
        from rasa.utils.tensorflow.model_data import ragged_array_to_ndarray as stand_in
        ragged = stand_in([[1, 2], [3, 4]]), stand_in([[1], [2, 3]])
        from rasa.utils.tensorflow.model_data import RasaModelData, ragged_array_to_ndarray as rasas
        print(stand_in is rasas, *(array.shape for array in ragged))
    """
    assert printed(program) == "False (2, 2) (2,)"


def test_it_may_be_installed_twice() -> None:
    program = "import sys; from bot import lazy_imports as it; before = len(sys.meta_path); it.install(); it.install()"
    assert printed(program + "; print(len(sys.meta_path) - before)") == "1"
