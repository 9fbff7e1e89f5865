"""The sentences that the NLU learns from: each a different person's, enough of each kind, nobody's own numbers."""

import re
from collections import Counter

import pytest
import yaml

from bot.corpus import Likeness, Sentence, read
from cases.knowledge import knowledge
from cases.settings import ROOT

SENTENCES: tuple[Sentence, ...] = tuple(read())
KNOW = knowledge()
KINDS = {**KNOW.kinds, **KNOW.tracks}
SUBKINDS = [(kind.id, subkind.id) for kind in KINDS.values() for subkind in kind.subkinds]

FEWEST = 40
FEWEST_OF = {**dict.fromkeys(KNOW.kinds, 400), "refund_delayed": 250, "out_of_scope": 800}
FEWEST_OF["join"] = 5  # 绑定 and its code are known by their form, before the NLU reads them
# What Rasa never learns but decides by itself.
UNTAUGHT = {"nlu_fallback"}

MARKUP = re.compile(r"\][({\[]")
MOBILE = re.compile(r"1[3-9]\d{9}")
IDENTITY_CARD = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])"
)
# 中国移动's own number, which everybody types to top up by card.
HOTLINE = "13800138000"


def intents() -> list[str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    names = [name for entry in domain["intents"] for name in (entry if isinstance(entry, dict) else [entry])]
    return [name for name in names if name not in UNTAUGHT]


def close_up(text: str) -> str:
    """Without what people put between the digits of a long number."""
    return re.sub(r"(?<=\d)[ -](?=\d)", "", text)


class TestEachSentence:
    def test_is_unlike_every_other(self) -> None:
        likeness = Likeness()
        twins = []
        for sentence in SENTENCES:
            twin = likeness.twin(sentence)
            if twin is not None:
                twins.append(f"{sentence.text} ({sentence.intent}) = {twin.text} ({twin.intent})")
            likeness.add(sentence)
        assert twins == []

    def test_says_something_from_its_first_character_to_its_last(self) -> None:
        edged = [(sentence.file, sentence.text) for sentence in SENTENCES if sentence.text != sentence.text.strip()]
        assert edged == []
        assert [sentence.file for sentence in SENTENCES if not sentence.text] == []

    def test_has_nothing_that_rasa_reads_as_an_entity(self) -> None:
        assert [sentence.text for sentence in SENTENCES if MARKUP.search(sentence.text)] == []

    @pytest.mark.parametrize(
        "number", [pytest.param(MOBILE, id="mobile number"), pytest.param(IDENTITY_CARD, id="identity card")]
    )
    def test_has_nobodys_number(self, number: re.Pattern[str]) -> None:
        texts = [close_up(sentence.text).replace(HOTLINE, "") for sentence in SENTENCES]
        assert [text for text in texts if number.search(text)] == []


class TestIntents:
    @pytest.mark.parametrize("intent", intents())
    def test_each_has_enough_sentences(self, intent: str) -> None:
        assert Counter(sentence.intent for sentence in SENTENCES)[intent] >= FEWEST_OF.get(intent, FEWEST)

    def test_all_are_known_to_the_domain(self) -> None:
        assert {sentence.intent for sentence in SENTENCES} - set(intents()) == set()


class TestSubkinds:
    @pytest.mark.parametrize(("kind", "subkind"), [pytest.param(*pair, id=pair[1]) for pair in SUBKINDS])
    def test_each_has_enough_sentences(self, kind: str, subkind: str) -> None:
        told = Counter((sentence.intent, sentence.subkind) for sentence in SENTENCES)
        assert told[kind, subkind] >= FEWEST

    def test_all_are_known_for_their_kind(self) -> None:
        told = {(sentence.intent, sentence.subkind) for sentence in SENTENCES if sentence.subkind is not None}
        assert told - set(SUBKINDS) == set()
