"""The two graph components as Rasa drives them."""

import subprocess
import sys
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import ROOT
from bot.nlu.fact_extractor import FactExtractor
from bot.nlu.normalizer import TextNormalizer

CONTEXT = ExecutionContext(GraphSchema({}))


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path)


@pytest.fixture
def trained(storage: LocalModelStorage) -> FactExtractor:
    """Trained on two tables, and loaded again from what was stored."""
    resource = Resource("facts")
    data = TrainingData(
        lookup_tables=[
            {"name": "platform", "elements": ["飞鸟"]},
            {"name": "product", "elements": ["豆豆币"]},
        ],
        entity_synonyms={"小绿": "wechat"},
    )
    FactExtractor.create({}, storage, resource, CONTEXT).train(data)
    return FactExtractor.load({}, storage, resource, CONTEXT)


def test_it_finds_what_the_training_data_told(trained: FactExtractor) -> None:
    message = Message({TEXT: "在飞鸟用小绿付了30块的豆豆币"})
    trained.process([message])
    assert [(entity["entity"], entity["value"]) for entity in message.get(ENTITIES)] == [
        ("platform", "飞鸟"),
        ("pay_channel", "wechat"),
        ("amount", 3000),
        ("product", "豆豆币"),
    ]


def test_an_entity_says_where_it_stands_and_who_found_it(trained: FactExtractor) -> None:
    message = Message({TEXT: "付了30块"})
    trained.process([message])
    assert message.get(ENTITIES) == [
        {
            "entity": "amount",
            "value": 3000,
            "start": 2,
            "end": 5,
            "text": "30块",
            "extractor": "FactExtractor",
        }
    ]


def test_days_are_reckoned_in_shanghai(trained: FactExtractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIKUAN_ENVIRONMENT", "development")
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-21T17:00:00+00:00")  # the 22nd, one in the morning
    message = Message({TEXT: "昨天付的"})
    trained.process([message])
    assert [entity["value"] for entity in message.get(ENTITIES)] == ["2026-11-21"]


def test_a_message_without_text_has_no_facts(trained: FactExtractor) -> None:
    message = Message({})
    trained.process([message])
    assert message.get(ENTITIES) == []


def test_an_untrained_extractor_says_so(storage: LocalModelStorage) -> None:
    untrained = FactExtractor.create({}, storage, Resource("facts"), CONTEXT)
    with pytest.raises(RuntimeError, match="before a model was loaded"):
        untrained.process([Message({TEXT: "30块"})])


def test_a_model_without_a_lexicon_does_not_load(storage: LocalModelStorage) -> None:
    with pytest.raises(ValueError, match="facts"):
        FactExtractor.load({}, storage, Resource("facts"), CONTEXT)


def test_the_normalizer_works_in_training_and_in_use(storage: LocalModelStorage) -> None:
    normalizer = TextNormalizer.create({}, storage, Resource("normalizer"), CONTEXT)
    data = normalizer.process_training_data(TrainingData([Message({TEXT: "付了２００塊", "intent": "x"})]))
    assert [message.get(TEXT) for message in data.training_examples] == ["付了200块"]
    assert normalizer.process([Message({TEXT: "ＱＱ幣"})])[0].get(TEXT) == "QQ币"


def test_the_components_do_without_tensorflow() -> None:
    program = "import sys, bot.nlu.fact_extractor, bot.nlu.normalizer; print('tensorflow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
