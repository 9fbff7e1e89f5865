"""What the knowledge says: whole, plain, free of promises, and fit for a phone. The law of it: test_law.py."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.documents import templates
from cases.documents.fact_base import fact_base
from cases.knowledge import KNOWLEDGE_DIR, LETTERS_DIR, Knowledge, knowledge, letters
from cases.knowledge.procedure import Rung
from cases.knowledge.schema import Answer, EvidencePlan, Guard
from cases.knowledge.sentences import Proofreader, sentences
from cases.knowledge.source import Source
from cases.models import Case
from cases.settings import ROOT

KNOW: Knowledge = knowledge()
PROOFREADER = Proofreader(KNOW)
FILES = [path for path in sorted(KNOWLEDGE_DIR.glob("*.yml")) if path.stem not in ("unverified", "questions")]
LETTERS = [*sorted(LETTERS_DIR.glob("*.txt")), *sorted(LETTERS_DIR.glob("parts/*.j2"))]
NATURES = ("法定", "司法解释", "规章", "平台规则", "惯例")


def spoken(path: Path) -> Iterator[str]:
    """The sentences of one file that people may read."""
    if path.suffix == ".yml":
        yield from (text for _, text in sentences(Source(path).content))
    else:
        yield path.read_text("utf-8")


@pytest.mark.parametrize("path", [*FILES, *LETTERS], ids=lambda path: path.name)
class TestEveryFile:
    def test_neither_shouts_nor_promises(self, path: Path) -> None:
        wrong = re.compile(r"[!！]|保证(?!金)|(?<!不)一定能|肯定能|百分之百|包退")
        assert [text for text in spoken(path) if wrong.search(text)] == []

    def test_neither_insults_nor_claims_to_be_a_lawyer(self, path: Path) -> None:
        wrong = re.compile(r"黑心|无良|垃圾(?!信息)|活该|笨|法律建议|律师建议|我们律师")
        assert [text for text in spoken(path) if wrong.search(text)] == []

    def test_is_chinese_with_chinese_punctuation(self, path: Path) -> None:
        """A half-width comma or question mark between Chinese characters is a slip of the keyboard."""
        wrong = re.compile(r"[一-龥][,?;][一-龥]|。。|，，|，。|？？")
        assert [text for text in spoken(path) if wrong.search(text)] == []


@pytest.mark.parametrize("answer", KNOW.answers.values(), ids=lambda answer: answer.id)
class TestAnswers:
    def test_fits_a_phone_and_says_how_binding_it_is(self, answer: Answer) -> None:
        assert len(answer.short) <= 120
        assert not answer.cites or any(nature in answer.short + (answer.more or "") for nature in NATURES)

    def test_cites_exactly_what_it_names(self, answer: Answer) -> None:
        named = PROOFREADER.cited(answer.short + (answer.more or ""))
        assert set(named) == {(cite.law, cite.article) for cite in answer.cites}

    def test_answers_one_question(self, answer: Answer) -> None:
        assert answer.question.count("？") == 1
        assert answer.question.endswith("？")

    def test_ends_its_sentences(self, answer: Answer) -> None:
        assert [text for text in (answer.short, answer.more or "。") if not text.endswith(("。", "？", "”"))] == []

    def test_sends_nobody_to_an_address_on_the_net(self, answer: Answer) -> None:
        assert not re.search(r"https?:|www\.|\.(com|cn|net|org)\b", answer.short + (answer.more or ""))


class TestParaphrases:
    """Kept apart from what the finder of answers learns, to measure it by."""

    held_out: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "paraphrases.yml").read_text("utf-8"))

    def test_are_of_answers_that_there_are(self) -> None:
        assert self.held_out["asks"].keys() <= KNOW.answers.keys()

    def test_are_not_taught(self) -> None:
        taught = {text for question in KNOW.questions.values() for text in question.asks}
        asked = {text for texts in self.held_out["asks"].values() for text in texts}
        assert not taught & (asked | set(self.held_out["accounts"]))


class TestGuards:
    def test_a_fee_before_a_refund_is_stopped_first(self) -> None:
        say = KNOW.guards["p_second_fee"].say
        assert "停止付款" in say.splitlines()[0]
        assert all(part in say for part in ("诈骗", "110", "96110", "验证码", "共享"))
        assert "可以先付" not in say

    def test_codes_and_screens_are_stopped_first(self) -> None:
        say = KNOW.guards["p_secrets"].say
        assert "停止" in say.splitlines()[0]
        assert all(part in say for part in ("验证码", "密码", "共享屏幕", "110", "96110"))

    def test_a_payment_by_somebody_else_is_stopped_first(self) -> None:
        say = KNOW.guards["p_unauthorized"].say
        assert "停止付款" in say.splitlines()[0]
        assert all(part in say for part in ("110", "96110", "冻结", "支付密码"))

    def test_a_person_in_danger_is_given_a_line_to_call_and_asked_for_nothing(self) -> None:
        say = KNOW.guards["p_self_harm"].say
        assert all(number in say for number in ("12356", "110", "120"))
        assert not re.search(r"付款|订单|截图|？", say)

    def test_a_person_in_danger_comes_before_everything(self) -> None:
        assert next(iter(KNOW.guards)) == "p_self_harm"

    def test_losses_are_stopped_before_the_way_is_changed(self) -> None:
        manners = [guard.manner for guard in KNOW.guards.values()]
        assert manners == sorted(manners, key=("care", "stop", "refuse", "aside").index)

    @pytest.mark.parametrize("guard", KNOW.guards.values(), ids=lambda guard: guard.id)
    def test_speaks_in_short_lines(self, guard: Guard) -> None:
        assert [line for line in guard.say.splitlines() if len(line) > 90] == []

    def test_are_announced_by_intents_that_there_are(self) -> None:
        domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
        intents = {name for entry in domain["intents"] for name in (entry if isinstance(entry, dict) else [entry])}
        assert {guard.intent for guard in KNOW.guards.values()} - {None} <= intents

    def test_guards_of_one_intent_are_told_apart(self) -> None:
        """All but the first of them have cues: it is taken where none is said."""
        by_intent: dict[str | None, list[Guard]] = {}
        for guard in KNOW.guards.values():
            by_intent.setdefault(guard.intent, []).append(guard)
        same = [guards for intent, guards in by_intent.items() if intent is not None]
        assert [guard.id for guards in same for guard in guards[1:] if not guard.cues] == []

    def test_no_word_means_two_of_them(self) -> None:
        words = Counter(word for guard in KNOW.guards.values() for word in guard.unmistakable)
        assert [word for word, n in words.items() if n > 1] == []


PLANS: tuple[EvidencePlan, ...] = (
    *(grievance.evidence for grievance in KNOW.grievances.values()),
    *(sub.evidence for grievance in KNOW.grievances.values() for sub in grievance.subkinds if sub.evidence),
    *(guard.evidence for guard in KNOW.guards.values() if guard.evidence),
)


class TestEvidence:
    def test_is_called_for_by_some_dispute_or_guard(self) -> None:
        called_for = {id_ for plan in PLANS for id_ in (*plan.required, *plan.strengthens)}
        # Name and address are put into the form of 12315 by the person, never sent to us.
        assert KNOW.evidence.keys() - called_for == {"ev_identity"}

    def test_is_called_for_once(self) -> None:
        for plan in PLANS:
            assert [id_ for id_, n in Counter((*plan.required, *plan.strengthens)).items() if n > 1] == []

    def test_of_every_dispute_covers_the_deal_and_what_went_wrong(self) -> None:
        for grievance in KNOW.grievances.values():
            links = {KNOW.evidence[id_].link for id_ in grievance.evidence.required}
            assert links > {"transaction"}

    def test_shows_three_to_seven_things(self) -> None:
        assert [r.id for r in KNOW.evidence.values() if not 3 <= len(r.must_show) <= 7] == []

    def test_can_be_replaced_by_something(self) -> None:
        assert [r.id for r in KNOW.evidence.values() if not r.substitutes] == []

    def test_no_word_means_two_pieces(self) -> None:
        words = Counter(word for r in KNOW.evidence.values() for word in r.aliases)
        assert [word for word, n in words.items() if n > 1] == []

    def test_never_asks_for_a_secret(self) -> None:
        asks = " ".join(r.ask + "".join(r.must_show) for r in KNOW.evidence.values())
        assert not re.search(r"(?<!不)(发|拍|给)[^。，]{0,6}(验证码|支付密码|完整卡密|身份证号)", asks)


class TestQuestions:
    def test_each_asks_for_one_thing(self) -> None:
        asks = [*(f.ask for f in KNOW.facts.values()), *(r.ask for r in KNOW.evidence.values())]
        assert [ask for ask in asks if ask.count("？") > 1 or len(ask) > 40] == []

    def test_no_word_means_two_facts(self) -> None:
        words = Counter(word for fact in KNOW.facts.values() for word in set(fact.aliases))
        assert [word for word, n in words.items() if n > 1] == []

    def test_buttons_of_one_question_differ(self) -> None:
        for fact in KNOW.facts.values():
            for part in ("value", "title"):
                assert len({getattr(choice, part) for choice in fact.choices}) == len(fact.choices)

    def test_every_grievance_has_a_button(self) -> None:
        assert {choice.value for choice in KNOW.facts["dispute_kind"].choices} == KNOW.grievances.keys()


@pytest.mark.parametrize("rung", KNOW.rungs.values(), ids=lambda rung: rung.id)
class TestRungs:
    def test_has_buttons_that_differ(self, rung: Rung) -> None:
        titles = [KNOW.outcomes[id_].title for id_ in rung.outcomes]
        assert len(set(titles)) == len(titles)

    def test_has_few_and_short_things_to_do(self, rung: Rung) -> None:
        assert 2 <= len(rung.do) <= 6
        assert [line for line in rung.do if len(line) > 70 or not line.endswith("。")] == []

    def test_says_why_it_is_closed(self, rung: Rung) -> None:
        assert [condition for condition in rung.pre if not condition.otherwise] == []

    def test_its_letter_is_written_for_it(self, rung: Rung) -> None:
        assert rung.letter is None or KNOW.documents[rung.letter].rung == rung.id

    def test_its_channel_leads_there(self, rung: Rung) -> None:
        assert KNOW.channels[rung.channel].advice == ("optional" if rung.optional else "ladder")


class TestOutcomes:
    def test_belong_to_some_rung(self) -> None:
        assert KNOW.outcomes.keys() == {id_ for rung in KNOW.rungs.values() for id_ in rung.outcomes}

    def test_are_said_in_words_or_have_an_intent(self) -> None:
        """An outcome that neither the NLU nor a cue can hear could only be tapped."""
        heard = {"refunded", "partial", "promised", "refused", "no_reply"}
        assert [o.id for o in KNOW.outcomes.values() if not o.cues and o.id not in heard] == []

    @pytest.mark.parametrize(
        ("said", "outcome"),
        [
            ("他让我先交200解冻费才给退", "asks_fee"),
            ("说好的三天，到现在还是没到账", "not_arrived"),
            ("只退了一半", "partial"),
            ("又补发了一张新的给我", "redelivered"),
            ("平台不肯提供商家的信息", "no_identity"),
            ("页面写着自营", "self_operated"),
            ("个人转账不支持投诉", "personal_transfer"),
            ("不予受理，说材料不全", "not_accepted_materials"),
            ("说不归他们管", "not_accepted_authority"),
            ("他们说我不是消费者", "not_accepted_not_consumer"),
            ("说消协已经处理过了", "not_accepted_handled"),
            ("12315受理了", "accepted"),
            ("调解成功了", "mediated"),
            ("商家不同意调解", "mediation_failed"),
            ("派出所给了受案回执", "filed"),
            ("警察说这是经济纠纷", "civil_dispute"),
            ("公安不予立案", "not_filed"),
            ("法院立案了", "docketed"),
            ("材料被退回来了没立案", "not_docketed"),
            ("和解了", "settled"),
            ("判我赢了，胜诉", "won"),
            ("官司输了", "lost"),
            ("客服把我拉黑了", "gone"),
        ],
    )
    def test_are_heard_in_what_people_write(self, said: str, outcome: str) -> None:
        assert any(re.search(cue, said) for cue in KNOW.outcomes[outcome].cues)

    @pytest.mark.parametrize(
        ("said", "outcome"),
        [
            ("我已经投诉了", "not_accepted_handled"),
            ("还在等受理", "accepted"),
            ("没有收到受理通知", "accepted"),
            ("还没调解成功", "mediated"),
            ("收到不予立案通知书", "filed"),
            ("没给受案回执", "filed"),
            ("法院不给立案了", "docketed"),
            ("没有和解成", "settled"),
            ("平台不是自营的", "self_operated"),
            ("没拉黑我，就是不回", "gone"),
        ],
    )
    def test_are_not_misheard(self, said: str, outcome: str) -> None:
        assert not any(re.search(cue, said) for cue in KNOW.outcomes[outcome].cues)

    @pytest.mark.parametrize(
        ("said", "outcome"),
        [
            ("12315没有受理", "accepted"),
            ("派出所不予受理", "accepted"),
            ("法院还没立案", "docketed"),
            ("调解没成", "mediated"),
            ("调解没成", "settled"),
        ],
    )
    def test_are_not_heard_in_their_contrary(self, said: str, outcome: str) -> None:
        assert not any(re.search(cue, said) for cue in KNOW.outcomes[outcome].cues)


class TestLaws:
    def test_list_no_article_that_nothing_cites(self) -> None:
        cited = {
            (cite.law, cite.article)
            for entries in (KNOW.answers, KNOW.amounts, KNOW.channels, KNOW.deadlines, KNOW.guards, KNOW.pitfalls)
            for entry in entries.values()
            for cite in entry.cites
        }
        cited |= {pair for path in (*FILES, *LETTERS) for text in spoken(path) for pair in PROOFREADER.cited(text)}
        assert {(law.id, article) for law in KNOW.laws.values() for article in law.articles} == cited

    def test_have_dates(self) -> None:
        laws = yaml.safe_load((KNOWLEDGE_DIR / "laws.yml").read_text("utf-8"))
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", law["effective"]) for law in laws)
        assert {law["checked_on"] for law in laws} == {"2026-11-21"}
        assert all(law["effective"] <= law["checked_on"] for law in laws)

    def test_go_by_different_names(self) -> None:
        names = Counter(name for law in KNOW.laws.values() for name in {law.name, *law.short})
        assert [name for name, n in names.items() if n > 1] == []


def a_case(**facts: Any) -> Case:
    return Case(**{"number": "TK7Q2M", "flags": [], "also": [], "unknown": [], **facts})


FULL: dict[str, Any] = {
    "dispute_kind": "not_delivered",
    "subkind": "nd_direct_topup",
    "platform": "速充卡盟",
    "merchant": "小李数码",
    "product": "话费200元",
    "amount": 20_000,
    "contact_attempts": 3,
    "paid_at": date(2026, 11, 18),
    "pay_channel": "wechat",
    "pay_method": "order",
    "order_no": "A20261118001",
    "purpose": "own",
    "operator": "速充网络有限公司",
    "operator_address": "杭州市某某路1号",
}
STATED = ("速充卡盟", "小李数码", "话费200元", "200.00元", "2026年11月18日", "A20261118001")
# What is not a letter about the purchase states less of it; what everybody can read states nobody's numbers.
LEFT_OUT = {
    "public_post": {"小李数码", "A20261118001"},
    "enforcement": {"小李数码", "A20261118001"},
    "evidence_list": {"速充卡盟", "小李数码", "话费200元", "200.00元", "2026年11月18日"},
}


def letter(kind: str, facts: dict[str, Any]) -> str:
    return templates.render(f"{kind}.txt", fact_base(a_case(**facts), KNOW.documents[kind], KNOW))


@pytest.mark.parametrize("kind", KNOW.documents)
class TestLetters:
    def test_states_every_fact_it_has(self, kind: str) -> None:
        text = letter(kind, FULL)
        assert [fact for fact in STATED if fact not in text and fact not in LEFT_OUT.get(kind, ())] == []

    def test_names_every_gap(self, kind: str) -> None:
        text = letter(kind, {})
        assert "（待补充：" in text
        assert "None" not in text

    @pytest.mark.parametrize("facts", [FULL, {}], ids=["full", "empty"])
    def test_reads_as_a_letter(self, kind: str, facts: dict[str, Any]) -> None:
        text = letter(kind, facts)
        assert re.findall(r"None|[{}]|，。|，，|。。|（）|\n{3}|(?<!\d)元(?![）。])", text) == []

    def test_ends_with_the_day_and_the_number_of_the_case(self, kind: str) -> None:
        end = "2026年11月22日" if kind == "public_post" else "2026年11月22日\n材料编号：TK7Q2M"
        assert letter(kind, FULL).endswith(end)

    def test_is_as_short_as_its_channel_wants_it(self, kind: str) -> None:
        assert max(len(letter(kind, FULL)), len(letter(kind, {}))) <= KNOW.documents[kind].max_chars

    def test_neither_threatens_nor_insults(self, kind: str) -> None:
        text = letter(kind, FULL)
        assert re.findall(r"否则|后果自负|曝光|骗子|黑心|无良|垃圾|威胁|起诉你", text) == []

    def test_asks_for_nothing_beyond_the_claim(self, kind: str) -> None:
        """Three times the price is for the person to claim, with what proves the fraud."""
        assert not re.findall(r"(三倍|3倍|退一赔)", letter(kind, FULL))


def test_the_parts_of_letters_are_all_used() -> None:
    used = {part for line in letters.lines(LETTERS_DIR) for part in re.findall(r"parts/\w+\.j2", line.text)}
    # The claim is worked into the facts of every letter (cases/documents/fact_base.py); the bundle is no letter.
    elsewhere = {"parts/claim.j2", "parts/bundle_cover.j2", "parts/bundle_list.j2"}
    assert {f"parts/{path.name}" for path in LETTERS if path.suffix == ".j2"} - used == elsewhere
