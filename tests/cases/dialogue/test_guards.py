"""What the rules notice by themselves in any message, what they leave alone, and what is said then."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
import yaml

from bot.corpus import Likeness, Sentence, read
from cases.dialogue.guards import announced, is_named, noticed, pattern_of
from cases.dialogue.understood import GRIEVANCES
from cases.knowledge import knowledge
from cases.knowledge.schema import Guard
from cases.plain_text import plain
from cases.settings import ROOT

KNOW = knowledge()
GUARDS = tuple(KNOW.guards.values())
STOPS = tuple(guard for guard in GUARDS if guard.manner == "stop")
PHRASINGS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("guard_phrasings.yml").read_text("utf-8")
)
HELD_OUT = [
    json.loads(line) for line in (ROOT / "benchmarks" / "guards_held_out.jsonl").read_text("utf-8").splitlines()
]
TAUGHT = tuple(read())
UNPLACED = "nlu_fallback"

FEWEST = 20
FEWEST_NEAR_MISSES = 60
MOMENT_S = 0.5
ID_OF = pytest.mark.parametrize("guard", [pytest.param(guard, id=guard.id) for guard in GUARDS])


def phrasings(part: str) -> list[object]:
    return [pytest.param(id_, text, id=f"{id_}-{text}") for id_, parts in PHRASINGS.items() for text in parts[part]]


def said_to(text: str, intent: str = UNPLACED, *, is_sure: bool = False) -> set[str]:
    """The guards that a message brings up, told or beside."""
    first = announced(text, intent, is_sure, GUARDS)
    beside = noticed(text, GUARDS, intent if is_sure else None)
    return {guard.id for guard in (first, *beside) if guard is not None}


def announced_id(text: str, intent: str = UNPLACED, *, is_sure: bool = False) -> str | None:
    found = announced(text, intent, is_sure, GUARDS)
    return found.id if found else None


def of_own_intent(guard: Guard) -> Iterator[str]:
    return (sentence.text for sentence in TAUGHT if sentence.intent == guard.intent)


class TestWords:
    """What is recognised without any help from the NLU."""

    @pytest.mark.parametrize(("guard_id", "text"), phrasings("recognised"))
    def test_tell_a_guard(self, guard_id: str, text: str) -> None:
        assert guard_id in said_to(text)

    @pytest.mark.parametrize(("guard_id", "text"), phrasings("near_misses"))
    def test_leave_its_neighbours_alone(self, guard_id: str, text: str) -> None:
        assert guard_id not in said_to(text)

    def test_stop_and_refuse_nobody_who_only_complains(self) -> None:
        stopped = [(announced_id(s.text), s.text) for s in TAUGHT if s.intent in GRIEVANCES]
        assert [(guard, text) for guard, text in stopped if guard is not None] == []

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("客 服 让 我 把\n验证码 发 给 他", id="spaced out"),
            pytest.param("能不能帮我Ｐ图，把时间改成昨天", id="full-width"),
            pytest.param("他叫我下载AnyDesk再退款", id="capitals"),
        ],
    )
    def test_are_found_however_they_are_typed(self, text: str) -> None:
        assert said_to(text)

    def test_of_a_long_message_are_found_wherever_they_stand(self) -> None:
        account = "我上个月在一家卡盟买的点券，客服开头说两小时到，后来又说上游没货，我等了一个礼拜，" * 12
        assert said_to(f"{account}昨天他让我先交两百解冻费才退款，{account}") == {"p_second_fee"}

    def test_of_several_guards_are_all_heard(self) -> None:
        text = "我是做代理的，拿我12岁儿子偷偷充的钱进了一批货，现在不想活了"
        assert said_to(text) == {"p_self_harm", "p_reseller", "p_minor"}

    @pytest.mark.parametrize("text", ["", "？？？", "嗯", "订单号20261118093344，付了200，微信付的"])
    def test_are_not_seen_where_there_are_none(self, text: str) -> None:
        assert said_to(text) == set()


class TestAnnounced:
    """The one script that goes before everything else."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("让我先交解冻费才退，我不想活了", "p_self_harm", id="a life before a loss"),
            pytest.param("再不退我就上门堵他，他还要我先交解冻费才退", "p_second_fee", id="a loss before a refusal"),
            pytest.param("先交解冻费，还要我把验证码发给他", "p_second_fee", id="a fee before a code"),
            pytest.param("验证码发给他了，卡被盗刷了三千", "p_secrets", id="a code before what came of it"),
        ],
    )
    def test_the_graver_guard_goes_first(self, text: str, expected: str) -> None:
        assert announced_id(text) == expected

    @pytest.mark.parametrize("is_sure", [True, False])
    def test_despair_is_heard_however_unsure(self, is_sure: bool) -> None:
        assert announced_id("好累", "self_harm", is_sure=is_sure) == "p_self_harm"

    @pytest.mark.parametrize(
        "intent", sorted({g.intent for g in GUARDS if g.manner in ("stop", "refuse") and g.intent})
    )
    def test_other_intents_count_only_when_sure(self, intent: str) -> None:
        assert announced_id("就是这样", intent) is None
        assert announced_id("就是这样", intent, is_sure=True) is not None

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("说交完马上就好", "p_second_fee", id="no cue"),
            pytest.param("他叫我扫脸", "p_secrets", id="a face"),
            pytest.param("睡觉的时候连扣了几笔", "p_unauthorized", id="charges in one's sleep"),
        ],
    )
    def test_a_cue_tells_which_danger_is_meant(self, text: str, expected: str) -> None:
        assert announced_id(text, "danger", is_sure=True) == expected

    def test_words_go_before_the_intent(self) -> None:
        assert announced_id("我的银行卡被盗刷了", "danger", is_sure=True) == "p_unauthorized"

    def test_what_is_only_mentioned_beside_is_never_announced(self) -> None:
        asides = [guard for guard in GUARDS if guard.manner == "aside"]
        texts = [text for guard in asides for text in PHRASINGS[guard.id]["recognised"]]
        told = {announced_id(text, guard.intent or UNPLACED, is_sure=True) for guard in asides for text in texts}
        assert told & {guard.id for guard in asides} == set()


class TestNoticed:
    """What is mentioned beside whatever else the message does."""

    @pytest.mark.parametrize("intent", ["minor", "reseller", "illegal_goods"])
    def test_a_sure_intent_is_enough(self, intent: str) -> None:
        assert [guard.intent for guard in noticed("就是这样", GUARDS, intent)] == [intent]
        assert noticed("就是这样", GUARDS) == []

    def test_only_asides_are_given(self) -> None:
        found = noticed("我儿子偷偷充了三千，客服让我先交解冻费才退", GUARDS, "danger")
        assert [guard.id for guard in found] == ["p_minor"]


class TestPatterns:
    @ID_OF
    def test_each_finds_something(self, guard: Guard) -> None:
        texts = [plain(text) for text in (*PHRASINGS[guard.id]["recognised"], *of_own_intent(guard))]
        idle = [notice for notice in guard.notices if not any(pattern_of(notice).search(text) for text in texts)]
        assert idle == []

    def test_may_share_words_and_only_words_that_exist(self) -> None:
        assert pattern_of("<child>充的").search("孩子充的")
        with pytest.raises(KeyError):
            pattern_of("<chlid>充的")

    @pytest.mark.parametrize(
        "piece", ["我我是做了的过", "要我先交钱", "孩子拿我手机", "买了的个过", "他要我把，", "一1"]
    )
    def test_read_a_long_message_in_a_moment(self, piece: str) -> None:
        said_to(piece)
        started = perf_counter()
        said_to(piece * 200)
        assert perf_counter() - started < MOMENT_S


class TestScripts:
    @ID_OF
    def test_are_short_lines_without_an_exclamation(self, guard: Guard) -> None:
        lines = guard.say.splitlines()
        assert len(guard.say) <= 300
        assert len(lines) >= 4
        assert max(map(len, lines)) <= 90
        assert re.findall(r"[!！]|https?:", guard.say) == []

    @ID_OF
    def test_promise_nothing(self, guard: Guard) -> None:
        assert re.findall(r"一定(能|会|可以)|保证(能|会)|肯定|全额退|全退|包退", guard.say) == []

    @ID_OF
    def test_cite_what_they_name_with_its_nature(self, guard: Guard) -> None:
        short = {name: law.id for law in KNOW.laws.values() for name in (law.name, *law.short)}
        named = re.findall(rf"({'|'.join(short)})((?:\d+、)*\d+)条，(法定|司法解释|规章|平台规则|惯例)", guard.say)
        articles = {(short[law], number) for law, numbers, _ in named for number in numbers.split("、")}
        assert articles == {(cite.law, cite.article) for cite in guard.cites}
        assert guard.say.count("条，") == len(named)

    @pytest.mark.parametrize("guard", [pytest.param(guard, id=guard.id) for guard in STOPS])
    def test_of_a_loss_that_goes_on_say_first_what_to_stop_then_whom_to_call(self, guard: Guard) -> None:
        first, *others = guard.say.splitlines()
        rest = "\n".join(others)
        assert first.startswith("请先停止")
        assert all(words in rest for words in ("110", "96110", "付款记录", "对方账号", "聊天", "链接"))

    @pytest.mark.parametrize(
        ("guard_id", "words"),
        [
            pytest.param("p_self_harm", ("12356", "110", "120", "陪"), id="somebody to talk to"),
            pytest.param("p_second_fee", ("诈骗", "停止付款"), id="a fee is a fraud"),
            pytest.param("p_secrets", ("验证码", "共享屏幕", "不用发给我"), id="no codes to anybody, us included"),
            pytest.param("p_unauthorized", ("冻结", "受案回执"), id="freeze, and a receipt"),
            pytest.param("p_minor", ("监护人未同意", "年龄智力", "证据", "不能说成孩子付的"), id="age, proof, honesty"),
            pytest.param("p_reseller", ("非生活消费", "合同或报警", "12315"), id="no consumer, another way"),
            pytest.param("p_illegal_goods", ("无效", "说不准", "照实说"), id="void, no promise, the truth"),
            pytest.param(
                "p_fake_evidence", ("帮不了", "照实写", "可以这样做"), id="a plain no, and what to do instead"
            ),
            pytest.param("p_threat", ("敲诈", "照实投诉"), id="what it risks, and what is allowed"),
            pytest.param("p_slow_topup", ("停机", "照实说", "一步步要"), id="the risk, and the way on"),
        ],
    )
    def test_say_what_matters(self, guard_id: str, words: tuple[str, ...]) -> None:
        assert [word for word in words if word not in KNOW.guards[guard_id].say] == []

    def test_for_resellers_offer_no_threefold_damages(self) -> None:
        assert "三倍赔偿" not in KNOW.guards["p_reseller"].say


class TestSentences:
    def test_there_are_enough_for_each_guard(self) -> None:
        assert PHRASINGS.keys() == KNOW.guards.keys()
        counts = {len(parts[part]) for parts in PHRASINGS.values() for part in ("recognised", "near_misses")}
        assert min(counts) >= FEWEST

    def test_held_out_there_are_enough_for_each_guard_and_for_none(self) -> None:
        counts = Counter(row["guard"] for row in HELD_OUT)
        assert counts.keys() == {*KNOW.guards, None}
        assert min(counts[guard_id] for guard_id in KNOW.guards) >= FEWEST
        assert counts[None] >= FEWEST_NEAR_MISSES

    def test_none_is_taught(self) -> None:
        likeness = Likeness(TAUGHT)
        texts = [text for parts in PHRASINGS.values() for part in parts.values() for text in part]
        texts += [row["text"] for row in HELD_OUT]
        assert [text for text in texts if likeness.twin(Sentence(text, "")) is not None] == []

    def test_nothing_held_out_has_been_tested_on(self) -> None:
        tested = {plain(text) for parts in PHRASINGS.values() for part in parts.values() for text in part}
        assert [row["text"] for row in HELD_OUT if plain(row["text"]) in tested] == []


def test_the_normal_form_has_no_spaces_capitals_or_wide_letters() -> None:
    assert plain("Ｐ 图，\nQ币") == "p图,q币"
    assert unicodedata.is_normalized("NFKC", plain("①２３"))


def test_a_word_that_cannot_be_mistaken_is_enough() -> None:
    guard = KNOW.guards["p_second_fee"]
    assert all(is_named(word, guard) for word in guard.unmistakable)
