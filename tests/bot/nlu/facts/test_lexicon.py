"""The words the extractor is told, and the files that tell it."""

from pathlib import Path

import pytest

from bot.nlu import ROOT
from bot.nlu.facts import Lexicon
from bot.nlu.facts.lexicon import PAY_CHANNELS, PAY_METHODS


def test_synonyms_are_told_apart_by_their_ids() -> None:
    lexicon = Lexicon.from_tables({"platform": ["淘宝"]}, {"微信": "wechat", "转账": "personal"})
    assert lexicon == Lexicon(("淘宝",), (), {"微信": "wechat"}, {"转账": "personal"})


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(ValueError, match="weechat"):
        Lexicon.from_tables({}, {"微信": "weechat"})


def test_a_saved_lexicon_is_loaded_as_it_was(lexicon: Lexicon, tmp_path: Path) -> None:
    lexicon.save(tmp_path / "lexicon.json")
    assert Lexicon.load(tmp_path / "lexicon.json") == lexicon


def test_our_tables_name_every_way_of_paying(lexicon: Lexicon) -> None:
    assert set(lexicon.pay_channels.values()) == PAY_CHANNELS
    assert set(lexicon.pay_methods.values()) == PAY_METHODS


def test_the_dictionary_holds_every_phrase_of_our_tables(lexicon: Lexicon) -> None:
    lines = (ROOT / "data/dictionary/trade.txt").read_text(encoding="utf-8").splitlines()
    words = [line.rsplit(" ", 2)[0] for line in lines]
    assert {phrase for _, phrase, _ in lexicon.entries()} <= set(words)
    assert len(words) == len(set(words))
