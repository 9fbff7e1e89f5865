"""Finding the reviewed answer that a question asks for, with the finder of today's model."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.answer_finder import ASKS, AnswerFinder
from cases.knowledge import knowledge

CONTEXT = ExecutionContext(GraphSchema({}))
CONFIG = AnswerFinder.get_default_config()
RESOURCE = Resource("finder")
SURE = 0.6

Said = Callable[[str], Message]


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    """Where a trained finder lies."""
    made = LocalModelStorage.create(tmp_path_factory.mktemp("finder"))
    AnswerFinder.create(CONFIG, made, RESOURCE, CONTEXT).train(TrainingData())
    return made


@pytest.fixture(scope="module")
def finder(storage: LocalModelStorage) -> AnswerFinder:
    return AnswerFinder.load(CONFIG, storage, RESOURCE, CONTEXT)


def found(finder: AnswerFinder, message: Message, intent: str = "ask_question") -> list[dict[str, Any]]:
    """What it finds in a message of this intent."""
    asked = Message(dict(message.data), features=list(message.features))
    asked.set(INTENT, {"name": intent, "confidence": 0.9})
    [read] = finder.process([asked])
    answers: list[dict[str, Any]] = read.get("answers")
    return answers


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param("12315多久给结果", "a_12315_time", id="12315"),
        pytest.param("虚拟商品不退合法吗", "a_virtual_no_refund", id="no refund"),
        pytest.param("录音要先告诉对方吗", "a_recording", id="recording"),
        pytest.param("要不要先公证", "a_notary", id="notary"),
        pytest.param("黑猫投诉有用吗", "a_heimao", id="heimao"),
        pytest.param("超过48小时还能投诉吗", "a_window", id="window"),
        pytest.param("商家说卡密已使用怎么办", "a_card_used", id="used card"),
        pytest.param("孩子充的钱能退吗", "a_minor", id="minor"),
        pytest.param("要去哪个法院起诉", "a_which_court", id="court"),
        pytest.param("平台说与它无关怎么办", "a_platform_unrelated", id="platform"),
        pytest.param("对方要我先撤诉再退款，怎么办", "a_withdraw_first", id="withdraw first"),
        pytest.param("能要求三倍赔偿吗", "a_triple", id="triple"),
    ],
)
def test_what_people_really_ask_is_found(finder: AnswerFinder, said: Said, question: str, answer: str) -> None:
    best = found(finder, said(question))[0]
    assert best["id"] == answer
    assert best["confidence"] >= SURE


def test_every_question_of_an_answer_finds_it(finder: AnswerFinder, said: Said) -> None:
    answers = knowledge().answers.values()
    missed = [it.id for it in answers if it.id not in [one["id"] for one in found(finder, said(it.question))]]
    assert missed == []


def test_the_likeliest_come_first_and_no_more_than_asked_for(finder: AnswerFinder, said: Said) -> None:
    answers = found(finder, said("平台不理我该找谁"))
    chances = [answer["confidence"] for answer in answers]
    assert chances == sorted(chances, reverse=True)
    assert len(answers) == CONFIG["ranking_length"]


def test_a_question_beside_an_account_is_heard(finder: AnswerFinder, said: Said) -> None:
    best = found(finder, said("我充的话费一直没到账，12315多久给结果"), "not_delivered")[0]
    assert best["id"] == "a_12315_time"


def test_a_message_that_asks_nothing_finds_nothing(finder: AnswerFinder, said: Said) -> None:
    assert found(finder, said("我充的话费一直没到账"), "not_delivered") == []


def test_what_is_surely_about_something_else_costs_no_meaning(finder: AnswerFinder, said: Said) -> None:
    message = Message(dict(said("你们这个加速器支持手机吗").data))  # its words, without its meaning
    message.set(INTENT, {"name": "out_of_scope", "confidence": 0.95})
    finder.process([message])
    assert not message.features


@pytest.mark.parametrize("text", ["能退吗", "合不合法", "找谁要", "这样行不行", "多久有结果？", "能告他不"])
def test_a_question_is_heard_by_its_words(text: str) -> None:
    assert ASKS.search(text)


def test_the_same_after_it_was_stored(finder: AnswerFinder, storage: LocalModelStorage, said: Said) -> None:
    again = AnswerFinder.load(CONFIG, storage, RESOURCE, CONTEXT)
    assert found(again, said("要不要先公证")) == found(finder, said("要不要先公证"))
