"""Cutting a long message into clauses that can be classified."""

from collections.abc import Callable

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.clauses import MAX_CLAUSES, clauses
from bot.nlu.text_features import words


def texts(message: Message) -> list[str]:
    return [clause.get(TEXT) for clause in clauses(message)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("会员一直没到，客服也把我拉黑了", ["会员一直没到", "客服也把我拉黑了"], id="a comma"),
        pytest.param(
            "会员一直没到。客服不理我；钱不退了～气死我", ["会员一直没到", "客服不理我", "钱不退了"], id="signs"
        ),
        pytest.param("会员一直没到 客服也不理我\n急急急急", ["会员一直没到", "客服也不理我", "急急急急"], id="spaces"),
        pytest.param("喂，会员一直没到，急，客服也不理我", ["会员一直没到", "客服也不理我"], id="some too short"),
    ],
)
def test_they_lie_between_signs_and_have_four_characters(text: str, expected: list[str]) -> None:
    assert texts(Message({TEXT: text})) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("会员一直没到账", id="no sign"),
        pytest.param("会员一直没到账！！", id="signs at its end"),
        pytest.param("喂，会员一直没到账，急", id="others too short"),
        pytest.param("，。？", id="signs alone"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_message_of_one_clause_has_none(text: str) -> None:
    assert clauses(Message({TEXT: text})) == []


def test_each_has_its_own_words(said: Callable[[str], Message]) -> None:
    whole = said("会员一直没到，客服把我拉黑了，怎么办")
    for clause in clauses(whole):
        assert "".join(words(clause)) == clause.get(TEXT)


def test_a_message_without_words_has_clauses_without_words() -> None:
    assert [words(clause) for clause in clauses(Message({TEXT: "会员一直没到，客服也不理我"}))] == [[], []]


def test_a_very_long_story_is_read_from_its_beginning() -> None:
    story = "，".join(f"第{number:03}句话" for number in range(100))
    assert texts(Message({TEXT: story})) == story.split("，")[:MAX_CLAUSES]
