"""Text cut into words, with the phrases of the lexicon marked: what names, products and channels read."""

import copy
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import jieba
import spacy
from spacy.lang.zh import ChineseTokenizer
from spacy.language import Language
from spacy.pipeline import EntityRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.nlu import ROOT
from bot.nlu.facts.lexicon import Lexicon
from bot.nlu.facts.name_words import PLATFORM_ENDS, SHOP_ENDS

_DICTIONARY = ROOT / "data" / "dictionary" / "trade.txt"
_NEVER_CUT = 500_000  # a frequency no common word has
_START = 2  # characters that tell which word may begin
_LOWER_CASE = {ordinal: ordinal + 32 for ordinal in range(ord("A"), ord("Z") + 1)}


class Words:
    """Reads sentences into spaCy documents. Building takes about a second, reading a fifth of a millisecond."""

    def __init__(self, lexicon: Lexicon, dictionary: Path = _DICTIONARY) -> None:
        entries = [(entity, lower(phrase), value) for entity, phrase, value in lexicon.entries()]
        phrases = [phrase for _, phrase, _ in entries]
        self._nlp = _pipeline(entries, _Segmenter(dictionary, phrases))
        self._starts = {word[:_START] for word in (*phrases, *PLATFORM_ENDS, *SHOP_ENDS)}

    @property
    def vocabulary(self) -> Vocab:
        """What matchers over these documents are built on."""
        return self._nlp.vocab

    def read(self, text: str) -> Doc:
        """The document of `text`, which is in lower case; lexicon phrases are its `ents`.

        An empty one, at no cost, where no phrase and no end of a name can be.
        """
        told = any(
            text[place] in self._starts or text[place : place + _START] in self._starts for place in range(len(text))
        )
        return self._nlp(text) if told else Doc(self._nlp.vocab)


class _Segmenter:
    """jieba with our words and without guessing at unknown ones, which would glue a name to its neighbours.

    A copy, because jieba's own is shared by the process, and Rasa's tokenizer must see the same words in
    training and in use.
    """

    def __init__(self, dictionary: Path, phrases: Iterable[str]) -> None:
        jieba.initialize()
        self._jieba = copy.copy(jieba.dt)
        self._jieba.FREQ = dict(jieba.dt.FREQ)
        self._jieba.user_word_tag_tab = {}
        with dictionary.open("rb") as words:
            self._jieba.load_userdict(words)
        for phrase in phrases:
            self._jieba.add_word(phrase, _NEVER_CUT)

    def cut(self, text: str, cut_all: bool = False) -> Iterator[str]:
        """The words of `text`; spaCy calls this."""
        words: Iterator[str] = self._jieba.cut(text, cut_all=cut_all, HMM=False)
        return words


def _pipeline(entries: Iterable[tuple[str, str, str]], segmenter: _Segmenter) -> Language:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    cast(ChineseTokenizer, nlp.tokenizer).jieba_seg = segmenter
    ruler = cast(EntityRuler, nlp.add_pipe("entity_ruler"))
    ruler.add_patterns([{"label": entity, "pattern": phrase, "id": value} for entity, phrase, value in entries])
    return nlp


def lower(text: str) -> str:
    """Lower-case ASCII alone, so that no character changes its place."""
    return text.translate(_LOWER_CASE)
