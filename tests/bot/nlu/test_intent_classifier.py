"""The classifier as Rasa drives it, taught a part of the real sentences."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classes import NO_GRIEVANCE
from bot.nlu.clauses import clauses
from bot.nlu.intent_classifier import TextIntentClassifier
from cases.knowledge import knowledge

CONTEXT = ExecutionContext(GraphSchema({}))
CONFIG = TextIntentClassifier.get_default_config()
RESOURCE = Resource("classifier")
GRIEVANCES: list[str] = CONFIG["grievances"]

Said = Callable[[str], Message]
Load = Callable[..., TextIntentClassifier]


@pytest.fixture(scope="module")
def storage(taught: list[Message], tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    """Where a trained classifier lies."""
    made = LocalModelStorage.create(tmp_path_factory.mktemp("classifier"))
    TextIntentClassifier.create(CONFIG, made, RESOURCE, CONTEXT).train(TrainingData(taught))
    return made


@pytest.fixture(scope="module")
def load(storage: LocalModelStorage) -> Load:
    """`load(subkind_confidence=0.9)` gives it with another setting."""
    return lambda **config: TextIntentClassifier.load({**CONFIG, **config}, storage, RESOURCE, CONTEXT)


@pytest.fixture(scope="module")
def classified(load: Load, unseen: list[Message]) -> list[dict[str, Any]]:
    """What it makes of messages that it has not seen."""
    classifier = load()
    return [read(classifier, message) for message in unseen]


def read(classifier: TextIntentClassifier, message: Message) -> dict[str, Any]:
    """What it makes of the message, which stays as it is."""
    [read] = classifier.process([Message(dict(message.data), features=list(message.features))])
    return {name: read.get(name) for name in ("intent", "intent_ranking", "label_ranking", "subkind", "also")}


class TestWhatAMessageIsAbout:
    def test_each_label_has_its_chance_the_likeliest_first(self, classified: list[dict[str, Any]]) -> None:
        for parse in classified:
            chances = [label["confidence"] for label in parse["label_ranking"]]
            assert {label["name"] for label in parse["label_ranking"]} == {*GRIEVANCES, NO_GRIEVANCE}
            assert sum(chances) == pytest.approx(1, abs=1e-4)
            assert chances == sorted(chances, reverse=True)

    def test_the_intent_is_one_of_the_likeliest_label(self, classified: list[dict[str, Any]]) -> None:
        for parse in classified:
            label, intent = parse["label_ranking"][0]["name"], parse["intent"]["name"]
            assert intent == label or (label == NO_GRIEVANCE and intent not in GRIEVANCES)

    def test_the_label_is_as_likely_as_its_intents_together(
        self, load: Load, said: Said, classified: list[dict[str, Any]]
    ) -> None:
        parse = read(load(ranking_length=99), said("气死我了你们这些骗子"))
        others = [one["confidence"] for one in parse["intent_ranking"] if one["name"] not in GRIEVANCES]
        labels = {label["name"]: label["confidence"] for label in parse["label_ranking"]}
        assert sum(others) == pytest.approx(labels[NO_GRIEVANCE], abs=1e-4)
        assert {len(one["intent_ranking"]) for one in classified} == {CONFIG["ranking_length"]}

    @pytest.mark.parametrize(
        ("text", "label"),
        [
            pytest.param("充的话费到现在一直没到账", "not_delivered", id="not delivered"),
            pytest.param("卖家把我拉黑了，人也找不到了", "merchant_gone", id="merchant gone"),
            pytest.param("说好的退款半个月了还没退回来", "refund_delayed", id="refund delayed"),
            pytest.param("今天天气真不错，我们去哪里吃饭好呢", "out_of_scope", id="out of scope"),
        ],
    )
    def test_plain_words_are_understood(self, load: Load, said: Said, text: str, label: str) -> None:
        assert read(load(), said(text))["label_ranking"][0]["name"] == label

    def test_a_message_without_text_means_nothing(self, load: Load) -> None:
        silent, other = load().process([Message({TEXT: ""}), Message({})])
        assert silent.get(INTENT) == other.get(INTENT) == {"name": None, "confidence": 0.0}


class TestSubkind:
    TELLING = "商家把我拉黑了联系不上"

    def test_is_told_of_a_grievance_when_likely(self, load: Load, said: Said) -> None:
        assert read(load(), said(self.TELLING))["subkind"] == "mg_vendor_gone"

    def test_is_not_told_when_not_likely_enough(self, load: Load, said: Said) -> None:
        assert read(load(subkind_confidence=1.01), said(self.TELLING))["subkind"] is None

    def test_may_be_none_whatever_is_likely_enough(self, load: Load, unseen: list[Message]) -> None:
        classifier = load(subkind_confidence=0.0)
        parses = [read(classifier, message) for message in unseen]
        of_grievances = [parse["subkind"] for parse in parses if parse["intent"]["name"] in GRIEVANCES]
        assert None in of_grievances
        assert any(of_grievances)

    def test_is_one_of_its_grievance(self, classified: list[dict[str, Any]]) -> None:
        kinds = {**knowledge().kinds, **knowledge().tracks}
        told = [(parse["intent"]["name"], parse["subkind"]) for parse in classified if parse["subkind"]]
        assert len(told) > 50
        assert [pair for pair in told if pair[1] not in {subkind.id for subkind in kinds[pair[0]].subkinds}] == []


@pytest.mark.parametrize(
    ("letters_suffice", "is_encoded"),
    [pytest.param(0.0, False, id="they do"), pytest.param(1.1, True, id="they do not")],
)
def test_the_meaning_is_asked_for_only_where_the_letters_do_not_suffice(
    load: Load, said: Said, letters_suffice: float, is_encoded: bool
) -> None:
    message = Message(dict(said("会员没到账").data))  # its words, without its meaning
    load(letters_suffice=letters_suffice).process([message])
    assert bool(message.features) is is_encoded
    assert message.get(INTENT)["name"] == "not_delivered"


class TestASecondGrievance:
    def test_is_what_another_clause_makes(self, load: Load, said: Said) -> None:
        parse = read(load(clause_confidence=0.5), said("卖家把我拉黑了，充的话费也一直没到账"))
        assert sorted([parse["intent"]["name"], *parse["also"]]) == ["merchant_gone", "not_delivered"]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("充的话费一直没到账", id="one clause"),
            pytest.param("充的话费一直没到账，到现在话费还没有到", id="the same twice"),
            pytest.param("充的话费一直没到账，今天天气真不错", id="something else beside it"),
        ],
    )
    def test_is_not_made_up(self, load: Load, said: Said, text: str) -> None:
        parse = read(load(clause_confidence=0.0), said(text))
        assert (parse["intent"]["name"], parse["also"]) == ("not_delivered", [])

    def test_is_none_of_the_goods_beside_one_of_the_goods(self, load: Load, said: Said) -> None:
        message = said("面值少了一半，充的话费也一直没到账")
        by_clauses = read(load(clause_confidence=0.7, of_the_goods=[]), message)
        assert {by_clauses["intent"]["name"], *by_clauses["also"]} == {"not_as_described", "not_delivered"}
        assert read(load(clause_confidence=0.7), message)["also"] == []

    def test_counts_only_when_the_clause_is_sure(self, load: Load, said: Said) -> None:
        assert read(load(clause_confidence=1.01), said("卖家把我拉黑了，充的话费也一直没到账"))["also"] == []

    def test_a_message_about_something_else_makes_none(self, load: Load, unseen: list[Message]) -> None:
        classifier = load(clause_confidence=0.0)
        parses = [read(classifier, message) for message in unseen if clauses(message)]
        assert {bool(parse["also"]) for parse in parses if parse["label_ranking"][0]["name"] == NO_GRIEVANCE} == {False}
        assert any(parse["also"] for parse in parses)


def test_the_same_after_it_was_stored(
    taught: list[Message], load: Load, said: Said, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = "会员没到账"
    trained = TextIntentClassifier.create(
        CONFIG, LocalModelStorage.create(tmp_path_factory.mktemp("x")), RESOURCE, CONTEXT
    )
    trained.train(TrainingData(taught))
    assert read(trained, said(text)) == read(load(), said(text))
