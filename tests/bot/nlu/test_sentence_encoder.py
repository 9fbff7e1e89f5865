"""What a sentence means, as a vector."""

from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.sentence_encoder import SentenceEncoder, Vectors, add_meaning, meaning

SENTENCES = (
    "话费没到账",
    "我充的话费到现在都没有收到",
    "今天天气真好",
    "卖家把我拉黑了，钱也不退，店铺都注销了，找谁都没有用，我现在到底应该怎么办才好呢",
    "？",
)


@pytest.fixture
def encoder(tmp_path: Path) -> SentenceEncoder:
    context = ExecutionContext(GraphSchema({}), node_name="meaning")
    return SentenceEncoder.create({}, LocalModelStorage.create(tmp_path), Resource("meaning"), context)


def encoded(encoder: SentenceEncoder, *texts: str) -> list[Vectors]:
    return [meaning(message) for message in encoder.process([Message({TEXT: text}) for text in texts])]


def test_every_vector_has_length_one(encoder: SentenceEncoder) -> None:
    vectors = np.array(encoded(encoder, *SENTENCES))
    assert vectors.shape == (len(SENTENCES), 512)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-4)


def test_the_same_in_other_words_is_closer_than_something_else(encoder: SentenceEncoder) -> None:
    said, paraphrased, other = encoded(encoder, *SENTENCES[:3])
    assert said @ paraphrased > said @ other + 0.3


def test_a_sentence_means_the_same_alone_and_among_others(encoder: SentenceEncoder) -> None:
    together = encoded(encoder, *SENTENCES)
    alone = [encoded(encoder, text)[0] for text in SENTENCES]
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_it_means_the_same_in_training_and_in_use(encoder: SentenceEncoder) -> None:
    data = encoder.process_training_data(TrainingData([Message({TEXT: text, "intent": "x"}) for text in SENTENCES]))
    trained = [meaning(message) for message in data.training_examples]
    np.testing.assert_allclose(trained, encoded(encoder, *SENTENCES), atol=1e-4)


@pytest.mark.parametrize(
    ("text", "other", "is_same"),
    [
        pytest.param("充了200块没到", "充了500块没到", True, id="an amount"),
        pytest.param("单号20261118没到", "单号20260903没到", True, id="an order number"),
        pytest.param("打了12315没用", "打了12345没用", False, id="an authority"),
        pytest.param("打了12315没用", "打了22315没用", False, id="an authority beside a number"),
        pytest.param("充了20块没到", "充了200块没到", False, id="a longer number"),
    ],
)
def test_numbers_mean_nothing_unless_they_name_an_authority(
    encoder: SentenceEncoder, text: str, other: str, is_same: bool
) -> None:
    first, second = encoded(encoder, text, other)
    assert np.allclose(first, second, atol=1e-5) is is_same


def test_a_message_without_text_is_left_as_it_is(encoder: SentenceEncoder) -> None:
    silent = Message({TEXT: ""})
    assert encoder.process([silent]) == [silent]
    assert silent.features == []


def test_at_need_a_message_gets_its_meaning_only_when_somebody_asks(tmp_path: Path) -> None:
    context = ExecutionContext(GraphSchema({}), node_name="meaning")
    config = {"at_need": True}
    encoder = SentenceEncoder.create(config, LocalModelStorage.create(tmp_path), Resource("meaning"), context)
    [message] = encoder.process([Message({TEXT: SENTENCES[0]})])
    assert not message.features
    add_meaning([message], "somebody")
    add_meaning([message], "somebody else")
    assert len(message.features) == 1
