"""From what people wrote to what the NLU learns."""

from pathlib import Path

import pytest
import yaml

from bot.corpus import read
from bot.teaching import Candidate, masked, merge, reviewed, written
from cases.errors import SetupError


def texts(folder: Path, intent: str, subkind: str | None = None) -> list[str]:
    return [one.text for one in read(folder) if (one.intent, one.subkind) == (intent, subkind)]


class TestMasking:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("单号20261118093344没到", "单号***没到", id="an order number"),
            pytest.param("我电话13912345678", "我电话***", id="a telephone number"),
            pytest.param("我电话139 1234 5678，急", "我电话***，急", id="a telephone number in groups"),
            pytest.param("卡号6222-0212-3456-7890", "卡号***", id="a bank card with hyphens"),
            pytest.param("卡号6222 0212 3456 7890", "卡号***", id="a bank card in groups"),
            pytest.param("微信wxid_8k2x的卖家", "微信***的卖家", id="an account"),
            pytest.param("发我邮箱zhang.wei@qq.com吧", "发我邮箱***吧", id="a mail address without a digit"),
            pytest.param("卡密AB12-CD34-EF56用过了", "卡密***用过了", id="a key"),
            pytest.param("第１２３４５号", "第***号", id="full-width digits"),
        ],
    )
    def test_takes_out_what_is_one_persons(self, text: str, expected: str) -> None:
        assert masked(text) == expected
        assert masked(expected) == expected

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("付了200块，到了98.5", id="amounts"),
            pytest.param("11月18号付的", id="a day"),
            pytest.param("打了12315，也打了96110", id="authorities"),
            pytest.param("Steam充值卡 iPhone", id="names"),
            pytest.param("充100送10，买了2 张", id="small numbers"),
        ],
    )
    def test_leaves_the_rest(self, text: str) -> None:
        assert masked(text) == text

    def test_makes_one_clean_line(self) -> None:
        assert masked("  没到账\r\n客服\u3000不理\x07我\x1b ") == "没到账 客服 不理我"


class TestWriting:
    CANDIDATES = (
        Candidate("蓝鲸：说“没货”# 就没下文 - 真服了😤", "merchant_gone", guess="out_of_scope 0.41"),
        Candidate("12315", "ask_question", guess="nlu_fallback 0.25"),
        Candidate("null", None, guess="greet 0.30"),
        Candidate("第一行怪里怪气\n第二行莫名其妙", None),
    )

    def test_what_is_written_can_be_reviewed(self, tmp_path: Path) -> None:
        file = tmp_path / "candidates.yml"
        file.write_text(written(self.CANDIDATES), "utf-8")
        assert [(one.text, one.intent) for one in reviewed(file)] == [(one.text, one.intent) for one in self.CANDIDATES]

    def test_says_what_the_nlu_thought_and_what_to_do(self) -> None:
        made = written(self.CANDIDATES)
        assert made.startswith("# ")
        assert "tuikuan nlu merge" in made
        assert [row["guess"] for row in yaml.safe_load(made)][:2] == ["out_of_scope 0.41", "nlu_fallback 0.25"]

    def test_each_text_is_there_once(self) -> None:
        made = written([Candidate("紫色鲸鱼给退不给退"), Candidate("紫色鲸鱼，给退不给退？")])
        assert [row["text"] for row in yaml.safe_load(made)] == ["紫色鲸鱼给退不给退"]

    def test_what_a_human_has_judged_comes_first_and_wins(self) -> None:
        made = written([Candidate("紫色鲸鱼给退不给退"), Candidate("紫色鲸鱼，给退不给退？", "ask_question")])
        assert [row["intent"] for row in yaml.safe_load(made)] == ["ask_question"]

    def test_what_is_taught_already_is_not(self) -> None:
        assert yaml.safe_load(written([Candidate(one.text) for one in list(read())[::500]])) == []


class TestReviewing:
    def test_takes_intent_and_subkind(self, tmp_path: Path) -> None:
        file = tmp_path / "candidates.yml"
        file.write_text("- {text: 没来, intent: not_delivered, subkind: nd_delayed}\n- {text: 嗯}\n", "utf-8")
        assert reviewed(file) == [Candidate("没来", "not_delivered", "nd_delayed"), Candidate("嗯")]

    def test_an_empty_file_holds_none(self, tmp_path: Path) -> None:
        (tmp_path / "candidates.yml").write_text("# nothing left\n", "utf-8")
        assert reviewed(tmp_path / "candidates.yml") == []

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"- text: [", id="no yaml"),
            pytest.param(b"text: a", id="no list"),
            pytest.param(b"- a\n- b", id="a list of texts"),
            pytest.param(b"7", id="a number"),
            pytest.param(b"- intent: greet", id="no text"),
            pytest.param(b"- {text: 200, intent: give_facts}", id="a text that is a number"),
            pytest.param(b"- {text: a, intent: [greet]}", id="two intents"),
            pytest.param(b"- {text: a, intent: greet, subkind: {b: c}}", id="a subkind that is no name"),
            pytest.param("- text: 没到账".encode("gbk"), id="not utf-8"),
        ],
    )
    def test_a_bad_file_is_named(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "candidates.yml").write_bytes(content)
        with pytest.raises(SetupError, match=r"candidates\.yml"):
            reviewed(tmp_path / "candidates.yml")

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match=r"cannot read .*nothing\.yml"):
            reviewed(tmp_path / "nothing.yml")


class TestMerging:
    @pytest.mark.parametrize(
        ("intent", "subkind"),
        [
            pytest.param("not_delivered", None, id="the first block of its intent"),
            pytest.param("not_delivered", "nd_direct_topup", id="a later block, with a subkind"),
            pytest.param("merchant_gone", "mg_vendor_gone", id="the first block, with a subkind"),
            pytest.param("merchant_gone", None, id="the last block of its file"),
            pytest.param("greet", None, id="another file"),
        ],
    )
    def test_a_sentence_lands_in_its_block(self, small_corpus: Path, intent: str, subkind: str | None) -> None:
        before = texts(small_corpus, intent, subkind)
        candidate = Candidate("紫色鲸鱼在唱歌", intent, subkind)
        assert merge([candidate], small_corpus) == ([candidate], [])
        assert texts(small_corpus, intent, subkind) == [*before, "紫色鲸鱼在唱歌"]
        assert sum("鲸鱼" in one.text for one in read(small_corpus)) == 1

    def test_nothing_else_in_the_file_changes(self, small_corpus: Path) -> None:
        file = small_corpus / "disputes.yml"
        before = file.read_text("utf-8").splitlines()
        merge([Candidate("紫色鲸鱼在唱歌", "not_delivered")], small_corpus)
        after = file.read_text("utf-8").splitlines()
        after.remove("      - 紫色鲸鱼在唱歌")
        assert after == before

    def test_several_come_in_their_order(self, small_corpus: Path) -> None:
        merge([Candidate("紫色鲸鱼在唱歌", "greet"), Candidate("绿色大象会跳舞", "greet")], small_corpus)
        assert texts(small_corpus, "greet") == ["你好呀", "紫色鲸鱼在唱歌", "绿色大象会跳舞"]

    def test_what_is_one_persons_is_taken_out(self, small_corpus: Path) -> None:
        merge([Candidate("单号20261118093344\n鲸鱼wxid_8k2x", "greet")], small_corpus)
        assert texts(small_corpus, "greet")[-1] == "单号*** 鲸鱼***"

    @pytest.mark.parametrize(
        ("candidate", "why"),
        [
            pytest.param(Candidate("话费，没来！", "greet"), "话费没来", id="nearly taught already"),
            pytest.param(Candidate("鲸鱼", "fly"), "fly", id="an unknown intent"),
            pytest.param(Candidate("鲸鱼", None), "no intent", id="no intent"),
            pytest.param(Candidate("鲸鱼", "not_delivered", "nd_fly"), "nd_fly", id="an unknown subkind"),
            pytest.param(Candidate("鲸鱼", "greet", "nd_direct_topup"), "greet", id="the subkind of another intent"),
            pytest.param(Candidate(" \n", "greet"), "nothing", id="no text"),
            pytest.param(Candidate("看[图](a.png)", "greet"), "entity", id="what rasa reads as an entity"),
        ],
    )
    def test_what_cannot_be_taught_is_left_out_and_said(
        self, small_corpus: Path, candidate: Candidate, why: str
    ) -> None:
        before = list(read(small_corpus))
        added, [reason] = merge([candidate], small_corpus)
        assert added == []
        assert why in reason
        assert list(read(small_corpus)) == before

    def test_the_new_ones_are_compared_with_each_other(self, small_corpus: Path) -> None:
        twins = [Candidate("紫色鲸鱼在唱歌", "greet"), Candidate("紫色鲸鱼在唱歌啊", "merchant_gone")]
        added, refused = merge(twins, small_corpus)
        assert added == twins[:1]
        assert len(refused) == 1
