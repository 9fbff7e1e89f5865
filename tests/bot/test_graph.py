"""Our graph runner against Rasa's own, on a graph of real components."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphNodeHook, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.graph import InOrderRunner
from bot.nlu.normalizer import TextNormalizer
from bot.nlu.sentence_encoder import SentenceEncoder, meaning
from bot.nlu.text_features import words

INPUT = "__message__"
Make = Callable[[type[GraphRunner]], GraphRunner]


class Noted(GraphNodeHook):
    """Notes which nodes run."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def on_before_node(self, node_name: str, *_: Any, **__: Any) -> dict[str, Any]:
        self.ran.append(node_name)
        return {}

    def on_after_node(self, *_: Any, **__: Any) -> None:
        pass


def node(uses: type[GraphComponent], needs: str, *, is_target: bool = False) -> SchemaNode:
    return SchemaNode({"messages": needs}, uses, "create", "process", {}, eager=True, is_target=is_target)


# Not in the order they run, and with two ways that meet nowhere.
SCHEMA = GraphSchema(
    {
        "meaning": node(SentenceEncoder, "words", is_target=True),
        "words": node(JiebaTokenizer, "spelling"),
        "spelling": node(TextNormalizer, INPUT),
        "again": node(TextNormalizer, "spelling", is_target=True),
    }
)


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
def make(tmp_path: Path, noted: Noted) -> Make:
    """A runner of the graph, of either class."""
    storage = LocalModelStorage.create(tmp_path)
    return lambda runner: runner.create(SCHEMA, storage, ExecutionContext(SCHEMA), hooks=[noted])


def said() -> dict[str, Any]:
    return {INPUT: [Message({TEXT: "付了２００塊，話費沒到"}), Message({TEXT: "你好"})]}


def told(outputs: dict[str, list[Message]]) -> dict[str, list[tuple[str, list[str], list[float]]]]:
    """What can be seen of the messages: text, words and meaning."""
    return {
        name: [(message.get(TEXT), words(message), meaning(message).tolist()) for message in messages]
        for name, messages in outputs.items()
    }


@pytest.mark.parametrize(
    "targets",
    [
        pytest.param(None, id="all targets"),
        pytest.param(["meaning"], id="one"),
        pytest.param(["words", "meaning"], id="two"),
    ],
)
def test_it_gives_what_rasas_own_runner_gives(make: Make, targets: list[str] | None) -> None:
    ours, stock = (make(runner).run(said(), targets) for runner in (InOrderRunner, DaskGraphRunner))
    assert told(ours) == told(stock)
    assert ours.keys() == set(targets or SCHEMA.target_names)


@pytest.mark.parametrize(
    ("targets", "run"),
    [
        pytest.param(None, {"spelling", "words", "meaning", "again"}, id="all targets"),
        pytest.param(["again"], {"spelling", "again"}, id="one way"),
        pytest.param(["words"], {"spelling", "words"}, id="half of a way"),
        pytest.param([INPUT], set(), id="what was put in"),
    ],
)
def test_only_what_a_target_needs_runs_and_once(
    make: Make, noted: Noted, targets: list[str] | None, run: set[str]
) -> None:
    make(InOrderRunner).run(said(), targets)
    assert sorted(noted.ran) == sorted(run)


def test_a_node_runs_after_those_it_needs(make: Make, noted: Noted) -> None:
    make(InOrderRunner).run(said())
    order = noted.ran.index
    assert order("spelling") < order("words") < order("meaning")
    assert order("spelling") < order("again")


def test_what_was_put_in_can_be_asked_for(make: Make) -> None:
    given = said()
    assert make(InOrderRunner).run(given, [INPUT]) == given


def test_each_run_starts_afresh(make: Make) -> None:
    runner = make(InOrderRunner)
    [first], [second] = (runner.run({INPUT: [Message({TEXT: text})]}, ["words"])["words"] for text in ("你好", "再见"))
    assert (words(first), words(second)) == (["你好"], ["再见"])


def test_what_goes_wrong_in_a_node_is_not_hidden(make: Make) -> None:
    with pytest.raises(Exception, match="spelling"):
        make(InOrderRunner).run({INPUT: [None]})
