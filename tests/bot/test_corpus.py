"""Reading the training sentences, and finding those that are nearly the same."""

from itertools import product
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from bot.corpus import MAX_LIKENESS, Likeness, Sentence, read


def sentence(text: str) -> Sentence:
    return Sentence(text, "greet")


def likeness_of(first: Sentence, second: Sentence) -> float:
    """The Jaccard index, by its definition."""
    return len(first.pairs & second.pairs) / len(first.pairs | second.pairs)


class TestReading:
    def test_gives_every_sentence_with_its_intent_and_subkind(self, small_corpus: Path) -> None:
        assert [(found.text, found.intent, found.subkind) for found in read(small_corpus)] == [
            ("钱扣了，东西没有", "not_delivered", None),
            ("还没到", "not_delivered", None),
            ("话费没来", "not_delivered", "nd_direct_topup"),
            ("被拉黑了", "merchant_gone", "mg_vendor_gone"),
            ("卷款跑路", "merchant_gone", None),
            ("你好呀", "greet", None),
        ]

    def test_knows_the_file_of_each_in_folders_of_any_depth(self, small_corpus: Path) -> None:
        assert {found.file for found in read(small_corpus)} == {
            small_corpus / "disputes.yml",
            small_corpus / "more" / "talk.yml",
        }

    def test_reads_what_rasa_reads(self, small_corpus: Path) -> None:
        for path in small_corpus.rglob("*.yml"):
            learned = RasaYAMLReader().read(str(path)).intent_examples
            assert [(message.get(TEXT), message.get(INTENT)) for message in learned] == [
                (found.text, found.intent) for found in read(small_corpus) if found.file == path
            ]


class TestLikeness:
    @pytest.mark.parametrize(
        ("text", "known"),
        [
            pytest.param("话费没到账", "话费没到账", id="the same"),
            pytest.param("话费没到账！！", "话费，没到账", id="other punctuation"),
            pytest.param("steam卡没到", "STEAM卡没到", id="other case"),
            pytest.param("充的话费一直没到账", "充的话费一直没有到账", id="a word more"),
            pytest.param("嗯", "嗯。", id="one character"),
            pytest.param("？？？", "？？？", id="punctuation alone"),
        ],
    )
    def test_finds_a_twin(self, text: str, known: str) -> None:
        assert Likeness([sentence(known)]).twin(sentence(text)) == sentence(known)

    @pytest.mark.parametrize(
        ("text", "known"),
        [
            pytest.param("话费没到账", "点券没到账", id="another product"),
            pytest.param("没到账的话费", "话费没到账", id="another order of words"),
            pytest.param("好", "好好", id="half of it"),
            pytest.param("？？？", "……", id="other punctuation alone"),
            pytest.param("abcdef", "abcdzyxw", id="a little in common"),
        ],
    )
    def test_lets_others_pass(self, text: str, known: str) -> None:
        assert Likeness([sentence(known)]).twin(sentence(text)) is None

    def test_exactly_the_limit_is_still_another_sentence(self) -> None:
        first, second = sentence("abcde"), sentence("abcdf")  # 3 pairs of 5 in common
        assert likeness_of(first, second) == MAX_LIKENESS
        assert Likeness([first]).twin(second) is None

    def test_knows_nothing_until_it_is_told(self) -> None:
        likeness = Likeness()
        assert likeness.twin(sentence("话费没到账")) is None
        likeness.add(sentence("话费没到账"))
        assert likeness.twin(sentence("话费没到账")) == sentence("话费没到账")

    def test_agrees_with_the_definition_on_real_sentences(self) -> None:
        real = list(read())[::40]
        changed = [sentence(one.text[: round(len(one.text) * share)]) for one, share in product(real, (0.5, 0.6, 0.7))]
        known = Likeness(real)
        for one in changed:
            is_like = any(likeness_of(one, other) > MAX_LIKENESS for other in real)
            assert (known.twin(one) is not None) is is_like, one.text
