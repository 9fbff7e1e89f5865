"""What the knowledge says: found by those who ask, true to its sources, free of promises."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cases.knowledge import KNOWLEDGE_DIR, LETTERS_DIR, Knowledge, knowledge
from cases.knowledge.schema import DisputeKind, Track

KNOW: Knowledge = knowledge()
FILES = sorted([*KNOWLEDGE_DIR.glob("*.yml"), *LETTERS_DIR.glob("*.txt")])
LETTERS = sorted(path.name for path in LETTERS_DIR.glob("*.txt"))

# How people ask, in their own words, beside the question each answer carries.
PARAPHRASES: dict[str, tuple[str, str, str]] = {
    "a_virtual_no_refund": (
        "平台不退一律违法吗",
        "他们说虚拟商品一经售出不退不换，这算霸王条款吧，违法吗",
        "虚拟商品支持七天无理由吗",
    ),
    "a_12315_time": ("打了12315要等几天啊", "12315什么时候能有回复", "投诉到12315多长时间处理"),
    "a_notary": ("截图需要去公证吗", "聊天记录不公证有效吗", "是不是必须做公证才行"),
    "a_recording": (
        "我打电话录音违法吗",
        "偷偷录音可以当证据吗",
        "通话录音没告诉对方还有效吗",
    ),
    "a_heimao": ("要不要去黑猫发一下", "黑猫投诉管用不", "黑猫那边多久有结果"),
    "a_payment_refund": (
        "微信会不会直接退给我",
        "投诉支付宝有用吗",
        "支付平台能帮我把钱追回吗",
    ),
    "a_window": (
        "过了72小时还能不能投诉",
        "都超过三个月了还可以维权吗",
        "现在投诉会不会太晚",
    ),
    "a_card_used": (
        "客服说这张卡已经使用过了",
        "卖家一口咬定卡密已激活",
        "我怎么证明卡密没用过",
    ),
    "a_minor": (
        "孩子12岁充了6000",
        "家里小孩偷偷充了三千块能退吗",
        "未成年人充值能退吗",
    ),
    "a_which_court": ("在哪个法院告他", "打官司要去外地吗", "网上怎么立案"),
    "a_court_cost": ("打官司贵不贵", "诉讼费谁出", "起诉要不要请律师"),
    "a_platform_unrelated": (
        "平台说不归他们管，让我找商家",
        "卡盟平台有责任吗",
        "我可以直接告平台吗",
    ),
    "a_withdraw_first": (
        "客服让我先撤投诉再打款",
        "他说先点已解决才给退",
        "要不要先取消投诉",
    ),
    "a_triple": ("可以退一赔三吗", "能不能赔我3倍", "我想要三倍赔偿"),
    "a_police": ("这点钱报警会受理吗", "要不要报警", "去派出所有没有用"),
    "a_association": (
        "消费者协会跟12315是一回事吗",
        "找消协还是12315",
        "消委会和12315哪个好",
    ),
    "a_personal_code": (
        "个人收款码付的钱怎么办",
        "转账给个人的能要回来吗",
        "扫的私人码能投诉吗",
    ),
    "a_reseller": (
        "我是代理分站被骗货款",
        "我是做代理的能投诉吗",
        "转卖的算不算消费者",
    ),
    "a_small_claims": (
        "几百块值得起诉吗",
        "多少钱才能起诉",
        "小额诉讼怎么走",
    ),
    "a_data_safety": (
        "我的截图会不会被别人看到",
        "你们会不会泄露我的信息",
        "怎么删除我的资料",
    ),
    "a_official": ("你们是12315的人吗", "你是真人还是机器人", "你们收费吗"),
    "a_upstream": (
        "客服一直推给上游",
        "他说是接口问题",
        "供应商的问题跟我有什么关系",
    ),
    "a_refund_time": ("退款几天到账", "什么时候能退给我", "退款需要多久"),
    "a_chances": ("这钱还追得回来吗", "有没有希望要回来", "胜算大不大"),
    "a_fake_evidence": (
        "能不能帮我p图改下时间",
        "我可以假装是孩子充的吗",
        "教我伪造一个聊天记录",
    ),
    "a_illegal_goods": (
        "买刷粉被骗了怎么办",
        "外挂没用能退吗",
        "买账号被找回可以投诉吗",
    ),
}

# A plain account of what happened asks nothing.
ACCOUNTS = (
    "我在速充卡盟充了200元话费，显示成功但是没到账",
    "给孩子充的话费一直没到，卖家不理人",
    "我在一个代理那里买的会员，只给了一个月",
    "用支付宝付了88元，会员没到想退款",
    "首充双倍没有给我，只到了一半",
    "申请退款好几天了还是处理中",
    "超过24小时了还没到账",
    "这个平台是骗子，网站打不开了",
    "买的黑卡会员没到账",
    "psn点卡兑换不了，想退",
    "工商银行卡付的，11月18号付的",
    "卡密提示已被使用",
    "付款时间是11月18日，订单号A20261118",
    "商家把我拉黑了，群也解散了",
    "我要退款",
    "没有截图，聊天记录删了",
)

# What the domain model says an answer must and must not say.
ASSERTIONS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("12315多久给结果", ("7个工作日", "60日", "调解"), ("45日",)),
    ("平台不退一律违法吗", ("显著提示", "无理由与违约区别"), ("一律退三",)),
    ("要不要先公证", ("非必须",), ("必须公证",)),
    ("支付宝会直接退我吗", ("平台规则", "商户收款"), ("法律规定必须退",)),
    ("我是代理分站被骗货款", ("非生活消费", "合同或报警"), ("三倍赔偿",)),
    ("孩子12岁充了6000", ("监护人未同意", "年龄智力", "证据"), ("一定全退",)),
)

# How short answers and letters call the laws of laws.yml.
SHORT_NAMES = {
    "消法实施条例": "consumer_regulation",
    "消法": "consumer_law",
    "电商法": "ecommerce_law",
    "民法典": "civil_code",
    "民诉法解释": "civil_procedure_interpretation",
    "民诉法": "civil_procedure_law",
    "证据规定": "evidence_rules",
    "网络消费规定": "online_consumption_rules",
    "投诉举报处理办法": "complaint_measures",
    "支付机构条例": "payment_regulation",
    "行为处罚办法": "penalty_measures",
    "治安管理处罚法": "public_security_law",
    "公安程序规定": "police_procedure",
    "诉讼费用交纳办法": "litigation_fees",
}
NATURES = ("法定", "司法解释", "规章", "平台规则", "惯例")


def normalised(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def answers_to(text: str) -> list[str]:
    asked = normalised(text)
    return [answer.id for answer in KNOW.answers.values() if any(re.search(pattern, asked) for pattern in answer.asks)]


def cited_in(short: str) -> Iterator[tuple[str, str]]:
    """The (law id, article) pairs that the text names, e.g. 民法典19、20条."""
    law = ""
    names = "|".join(SHORT_NAMES)
    for name, numbers in re.findall(rf"({names})?((?:\d+、)*\d+)条", short):
        law = SHORT_NAMES[name] if name else law
        yield from ((law, number) for number in numbers.split("、"))


class TestAnswers:
    @pytest.mark.parametrize("answer_id", KNOW.answers)
    def test_is_found_by_its_question_and_no_other_answer_is(self, answer_id: str) -> None:
        assert answers_to(KNOW.answers[answer_id].question) == [answer_id]

    @pytest.mark.parametrize(
        ("answer_id", "text"),
        [(answer_id, text) for answer_id, texts in PARAPHRASES.items() for text in texts],
    )
    def test_is_found_however_it_is_asked(self, answer_id: str, text: str) -> None:
        assert answers_to(text) == [answer_id]

    @pytest.mark.parametrize("text", ACCOUNTS)
    def test_does_not_answer_what_was_not_asked(self, text: str) -> None:
        assert answers_to(text) == []

    def test_all_have_paraphrases(self) -> None:
        assert PARAPHRASES.keys() == KNOW.answers.keys()

    @pytest.mark.parametrize("answer_id", KNOW.answers)
    def test_fits_a_phone_and_says_how_binding_it_is(self, answer_id: str) -> None:
        answer = KNOW.answers[answer_id]
        assert len(answer.short) <= 120
        assert not answer.cites or any(nature in answer.short for nature in NATURES)

    @pytest.mark.parametrize("answer_id", KNOW.answers)
    def test_cites_exactly_what_it_names(self, answer_id: str) -> None:
        answer = KNOW.answers[answer_id]
        assert set(cited_in(answer.short)) == {(cite.law, cite.article) for cite in answer.cites}

    @pytest.mark.parametrize(("question", "must", "must_not"), ASSERTIONS)
    def test_says_what_it_must(self, question: str, must: tuple[str, ...], must_not: tuple[str, ...]) -> None:
        [answer_id] = answers_to(question)
        short = KNOW.answers[answer_id].short
        assert [part for part in must if part not in short] == []
        assert [part for part in must_not if part in short] == []


class TestPitfalls:
    def test_a_fee_before_a_refund_is_stopped_first(self) -> None:
        say = KNOW.pitfalls["p_second_fee"].say
        assert "停止付款" in say.splitlines()[0]
        assert all(part in say for part in ("诈骗", "110", "96110", "验证码", "共享屏幕"))
        assert "可以先付" not in say

    def test_a_payment_by_somebody_else_is_stopped_first(self) -> None:
        say = KNOW.pitfalls["p_unauthorized"].say
        assert "停止付款" in say.splitlines()[0]
        assert all(part in say for part in ("110", "96110", "验证码", "共享屏幕"))

    def test_a_person_in_danger_is_given_a_line_to_call(self) -> None:
        say = KNOW.pitfalls["p_self_harm"].say
        assert all(number in say for number in ("12356", "110", "120"))
        assert "付款" not in say


class TestEveryFile:
    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
    def test_neither_shouts_nor_promises(self, path: Path) -> None:
        text = path.read_text("utf-8")
        assert re.findall(r"[!！]|保证(?!金)|一定能|肯定能|百分之百|包退", text) == []

    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
    def test_states_nothing_outdated_or_unverified(self, path: Path) -> None:
        text = path.read_text("utf-8")
        assert re.findall(r"45\s*[日天]|45个工作日|聚投诉|移动微法院|集体诉讼|12378", text) == []


class TestKinds:
    entries: tuple[DisputeKind | Track, ...] = (*KNOW.kinds.values(), *KNOW.tracks.values())

    def test_subkinds_are_unique(self) -> None:
        subkinds = [subkind for entry in self.entries for subkind in entry.subkinds]
        assert [id_ for id_, n in Counter(s.id for s in subkinds).items() if n > 1] == []

    @pytest.mark.parametrize("amount", ["200.00", ""])
    def test_claims_read_well_with_and_without_an_amount(self, amount: str) -> None:
        environment = Environment(undefined=StrictUndefined, autoescape=False)
        for entry in self.entries:
            claim = environment.from_string(entry.claim).render(amount=amount)
            assert claim.endswith("。")
            assert ("200.00元" in claim) is bool(amount)


class TestQuestions:
    def test_each_asks_for_one_thing(self) -> None:
        asks = [*(f.ask for f in KNOW.facts.values()), *(r.ask for r in KNOW.evidence.values())]
        assert [ask for ask in asks if ask.count("？") > 1 or len(ask) > 40] == []

    def test_buttons_set_known_kinds(self) -> None:
        values = {choice.value for choice in KNOW.facts["dispute_kind"].choices}
        assert values == KNOW.kinds.keys() | KNOW.tracks.keys()

    def test_evidence_shows_three_to_seven_things(self) -> None:
        assert [r.id for r in KNOW.evidence.values() if not 3 <= len(r.must_show) <= 7] == []

    def test_no_word_means_two_pieces_of_evidence(self) -> None:
        words = Counter(word for r in KNOW.evidence.values() for word in r.aliases)
        assert [word for word, n in words.items() if n > 1] == []


class TestLadder:
    def test_only_the_law_is_called_statutory(self) -> None:
        for rung in KNOW.rungs.values():
            assert rung.due is None or (rung.due.type == "statutory") == ("条" in rung.due.source)


FULL: dict[str, object] = {
    "kind": "未到账",
    "subkind_name": "直充显示成功但没到账",
    "platform": "速充卡盟",
    "merchant": "小李数码",
    "product": "话费200元",
    "amount": "200.00",
    "delivered_amount": "50.00",
    "contact_attempts": "3",
    "paid_at": "2026年11月18日",
    "pay_channel": "微信支付",
    "pay_method": "order",
    "order_no": "A20261118001",
    "claim": "请退还我支付的200.00元，原路退回到付款账户。",
    "today": "2026年11月22日",
    "reply_by": "2026年11月25日",
    "evidence": ["订单详情", "付款凭证"],
    "missing": ["聊天记录"],
    "case_number": "TK7Q2M",
}
EMPTY: dict[str, object] = {
    **{name: [] if isinstance(value, list) else "" for name, value in FULL.items()},
    "claim": "请退还我支付的全部款项，原路退回到付款账户。",
    "today": "2026年11月22日",
    "case_number": "TK7Q2M",
}


def rendered(name: str, context: dict[str, object], *, trim: bool = False) -> str:
    environment = Environment(loader=FileSystemLoader(LETTERS_DIR), undefined=StrictUndefined, autoescape=False)
    environment.trim_blocks = environment.lstrip_blocks = trim
    return environment.get_template(name).render(context)


@pytest.mark.parametrize("name", LETTERS)
class TestLetters:
    def test_states_every_fact_it_has(self, name: str) -> None:
        text = rendered(name, FULL)
        facts = ("速充卡盟", "小李数码", "话费200元", "200.00元", "2026年11月18日", "A20261118001")
        assert [fact for fact in facts if fact not in text] == []
        assert "50.00元" in text
        assert "2. 付款凭证" in text

    def test_names_every_gap(self, name: str) -> None:
        text = rendered(name, EMPTY)
        for gap in ("订单号", "付款日期", "付款金额"):
            assert f"（待补充：{gap}）" in text
        assert "未到账" not in text

    @pytest.mark.parametrize("context", [FULL, EMPTY], ids=["full", "empty"])
    def test_reads_as_a_letter(self, name: str, context: dict[str, object]) -> None:
        text = rendered(name, context)
        assert "\n\n\n" not in text
        assert re.findall(r"None|[{}]|，。|，，|。。|（）|(?<!\d)元", text) == []
        assert text.strip().endswith("材料编号：TK7Q2M")

    def test_states_its_claim_or_its_request(self, name: str) -> None:
        text = rendered(name, FULL)
        assert str(FULL["claim"]) in text or "三、请求" in text

    def test_does_not_depend_on_how_blocks_are_trimmed(self, name: str) -> None:
        assert rendered(name, FULL) == rendered(name, FULL, trim=True)
        assert rendered(name, EMPTY) == rendered(name, EMPTY, trim=True)

    def test_neither_threatens_nor_insults(self, name: str) -> None:
        text = rendered(name, FULL)
        assert re.findall(r"否则|后果自负|曝光|骗子|黑心|无良|垃圾|威胁|起诉你", text) == []

    def test_cites_only_articles_laws_has(self, name: str) -> None:
        articles = {law.name: law.articles for law in KNOW.laws.values()}
        cited = re.findall(r"《([^》]+)》第(\d+)条", rendered(name, FULL))
        assert cited
        assert [(law, article) for law, article in cited if article not in articles[law]] == []


def test_laws_lists_no_article_that_nothing_cites() -> None:
    names = {law.name: law.id for law in KNOW.laws.values()}
    letters = "".join(rendered(name, FULL) for name in LETTERS)
    used = {(c.law, c.article) for answer in KNOW.answers.values() for c in answer.cites}
    used |= {(names[law], n) for law, n in re.findall(r"《([^》]+)》第(\d+)条", letters)}
    used |= {pair for r in KNOW.rungs.values() if r.due for pair in cited_in(r.due.source)}
    listed = {(law.id, article) for law in KNOW.laws.values() for article in law.articles}
    assert listed == used


def test_dates_in_laws_are_iso_dates() -> None:
    laws = yaml.safe_load((KNOWLEDGE_DIR / "laws.yml").read_text("utf-8"))
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", law["effective"]) for law in laws)
    assert {law["checked_on"] for law in laws} == {"2026-11-21"}
