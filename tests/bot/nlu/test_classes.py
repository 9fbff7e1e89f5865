"""What the classifier tells apart, from training data as Rasa reads it."""

import json

import pytest
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.classes import NO_GRIEVANCE, Classes

GRIEVANCES = ("not_delivered", "merchant_gone")

DATA = """
version: "3.1"
nlu:
  - intent: thank
    examples: |
      - 谢谢
  - intent: not_delivered
    examples: |
      - 没到
  - intent: not_delivered
    metadata: {subkind: nd_delayed}
    examples: |
      - 说好秒到的
  - intent: merchant_gone
    metadata: {subkind: mg_vendor_gone}
    examples: |
      - 被拉黑了
  - intent: greet
    metadata: {subkind: friendly}
    examples: |
      - 你好呀
"""


@pytest.fixture
def messages() -> list[Message]:
    return list(RasaYAMLReader().reads(DATA).intent_examples)


@pytest.fixture
def classes(messages: list[Message]) -> Classes:
    return Classes.of(messages, GRIEVANCES)


def test_intents_are_those_of_the_examples(classes: Classes) -> None:
    assert classes.intents == ("greet", "merchant_gone", "not_delivered", "thank")


def test_subkinds_are_of_grievances_alone_and_may_be_untold(classes: Classes) -> None:
    assert classes.subkinds == (
        ("merchant_gone", "mg_vendor_gone"),
        ("not_delivered", ""),
        ("not_delivered", "nd_delayed"),
    )


def test_labels_are_the_grievances_and_one_for_everything_else(classes: Classes) -> None:
    assert classes.labels == (*GRIEVANCES, NO_GRIEVANCE)


def test_every_intent_belongs_to_one_label(classes: Classes) -> None:
    of_intent = dict(zip(classes.intents, classes.groups.tolist(), strict=True))
    assert of_intent == {
        "greet": [0, 0, 1],
        "merchant_gone": [0, 1, 0],
        "not_delivered": [1, 0, 0],
        "thank": [0, 0, 1],
    }


def test_targets_tell_intent_and_subkind(classes: Classes, messages: list[Message]) -> None:
    columns = [*classes.intents, *classes.subkinds]
    told = [
        [column for column, is_told in zip(columns, row, strict=True) if is_told] for row in classes.targets(messages)
    ]
    assert told == [
        ["thank"],
        ["not_delivered", ("not_delivered", "")],
        ["not_delivered", ("not_delivered", "nd_delayed")],
        ["merchant_gone", ("merchant_gone", "mg_vendor_gone")],
        ["greet"],
    ]


def test_a_model_file_holds_them(classes: Classes) -> None:
    assert Classes.from_json(json.loads(json.dumps(classes.as_json()))) == classes
