"""The letters of a message as numbers."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from bot.nlu.text_features import TextFeatures, character_grams, word_grams

Fitted = tuple[TextFeatures, csr_matrix]


@pytest.fixture(scope="module")
def fitted(taught: list[Message]) -> Fitted:
    """The features, and the rows of the messages that they were fitted to."""
    features = TextFeatures()
    return features, features.fit(taught)


def dense(features: TextFeatures, message: Message, width: int) -> NDArray[np.float32]:
    row = np.zeros(width, np.float32)
    columns, values = features.of(message)
    row[columns] = values
    return row


def test_grams_are_what_lies_in_a_row(said: Callable[[str], Message]) -> None:
    message = said("充值没到账 2次")
    assert character_grams(message)[:8] == ["充", "值", "没", "到", "账", " ", "0", "次"]
    assert {"充值", "充值没", "到账 ", "账 0", " 0次"} <= set(character_grams(message))
    assert {"充值", "没到账", "充值 没到账"} <= set(word_grams(message))


def test_one_message_has_the_row_that_it_was_fitted_with(fitted: Fitted, taught: list[Message]) -> None:
    features, rows = fitted
    for index in range(0, len(taught), 10):
        expected = rows[index].toarray()[0]
        np.testing.assert_allclose(dense(features, taught[index], rows.shape[1]), expected, atol=1e-6)


def test_they_are_the_same_after_they_were_stored(fitted: Fitted, unseen: list[Message], tmp_path: Path) -> None:
    features, rows = fitted
    features.save(tmp_path)
    loaded = TextFeatures.load(tmp_path)
    for message in unseen[::10]:
        expected = dense(features, message, rows.shape[1])
        np.testing.assert_allclose(dense(loaded, message, rows.shape[1]), expected, atol=1e-6)


@pytest.mark.parametrize(
    ("text", "other", "is_same"),
    [
        pytest.param("STEAM充值卡", "steam充值卡", True, id="case says nothing"),
        pytest.param("付了200块", "付了350块", True, id="nor do numbers"),
        pytest.param("打了12315", "打了12345", False, id="but authorities do"),
    ],
)
def test_what_counts(fitted: Fitted, said: Callable[[str], Message], text: str, other: str, is_same: bool) -> None:
    features, rows = fitted
    first, second = (dense(features, said(one), rows.shape[1]) for one in (text, other))
    assert np.array_equal(first, second) is is_same


@pytest.mark.parametrize("text", [pytest.param("", id="nothing"), pytest.param("𠀀𠀁", id="unknown letters")])
def test_a_message_may_have_none(fitted: Fitted, text: str) -> None:
    columns, values = fitted[0].of(Message({TEXT: text}))
    assert (len(columns), len(values)) == (0, 0)
