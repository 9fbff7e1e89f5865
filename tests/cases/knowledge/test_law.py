"""What the sources of this product got wrong is said nowhere, what is right is, and every number says how it binds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pydantic import BaseModel

from cases.knowledge import KNOWLEDGE_DIR, LETTERS_DIR, Knowledge, knowledge, letters
from cases.knowledge.schema import Answer, Due
from cases.knowledge.sentences import Proofreader, sentences
from cases.knowledge.source import Source

KNOW: Knowledge = knowledge()
NATURES = ("法定", "司法解释", "规章", "平台规则", "惯例")

# How binding each law of laws.yml is, in the words people read.
NATURE_OF = {
    **dict.fromkeys(("consumer_law", "ecommerce_law", "civil_code", "civil_procedure_law", "arbitration_law"), "法定"),
    **dict.fromkeys(("peoples_mediation_law", "public_security_law", "criminal_law", "anti_fraud_law"), "法定"),
    **dict.fromkeys(("consumer_regulation", "payment_regulation", "minors_network_regulation"), "法定"),
    **dict.fromkeys(("telecom_regulation", "litigation_fees"), "法定"),
    **dict.fromkeys(("civil_procedure_interpretation", "evidence_rules", "online_consumption_rules"), "司法解释"),
    **dict.fromkeys(("prepaid_interpretation", "contract_interpretation", "general_part_interpretation"), "司法解释"),
    **dict.fromkeys(("online_litigation_rules", "bank_card_rules", "economic_crime_rules"), "司法解释"),
    **dict.fromkeys(("complaint_measures", "platform_rules_measures", "online_trade_measures"), "规章"),
    **dict.fromkeys(("penalty_measures", "police_procedure"), "规章"),
}
NATURE_WORD = {"statutory": "法定", "judicial": "司法解释", "rule": "规章"}

# What the sources say, in their words or near them, and the entry of unverified.yml that stops it.
WRONG = (
    ("u_45_days", "市场监管部门会在45日内作出处理结果"),
    ("u_45_days", "12315一般45个工作日有结果"),
    ("u_45_days", "受理后四十五日内调解"),
    ("u_12315_judges", "12315可以认定平台承担连带责任"),
    ("u_12315_judges", "打12315，市场监管部门会强制商家退款"),
    ("u_12315_judges", "市场监管局判平台退一赔三"),
    ("u_association_is_12315", "向消费者协会（12315）投诉"),
    ("u_association_is_12315", "拨打12315消协电话"),
    ("u_association_time", "消协会在10个工作日内答复"),
    ("u_report_5_days", "实名举报的，5个工作日内告知是否立案"),
    ("u_old_measures", "根据《网络交易管理办法》，平台要负责"),
    ("u_old_measures", "依据《市场监督管理投诉举报处理暂行办法》"),
    ("u_talk_first", "必须先和商家协商，否则会被驳回"),
    ("u_jutousu", "也可以到聚投诉曝光"),
    ("u_heimao_time", "黑猫投诉上商家7天不处理会被曝光"),
    ("u_12377_refund", "可以向网信办投诉退款"),
    ("u_12377_refund", "12377可以投诉退款"),
    ("u_12378", "银行的事打12378"),
    ("u_12378", "12363会在15日内答复"),
    ("u_register_name", "到企业信用信息公示系统查商家"),
    ("u_icp", "有ICP备案说明平台正规"),
    ("u_payment_power", "支付机构有权暂扣这笔钱"),
    ("u_payment_power", "支付平台应当直接退给你"),
    ("u_alipay_time", "支付宝会在3个工作日内处理"),
    ("u_refund_hours", "虚拟商品退款不超过24小时"),
    ("u_late_fee", "可以要求按日支付滞纳金"),
    ("u_result_paper", "要求平台出具《投诉处理结果说明》"),
    ("u_platform_supervises", "平台对入驻商家负有监管责任"),
    ("u_platform_review", "平台未尽审核义务，承担连带赔偿责任"),
    ("u_ecommerce_35", "依据《电子商务法》第35条，平台包庇违法"),
    ("u_ecommerce_35", "电商法35条保护你"),
    ("u_ecommerce_49", "不退的条款看电商法49条"),
    ("u_consumer_16", "消法16条禁止霸王条款"),
    ("u_fraud_by_delay", "没到账就可以要三倍"),
    ("u_recording", "录音须提前告知对方"),
    ("u_recording", "电话录音要先告诉对方，才符合法律规定"),
    ("u_notary_needed", "电子证据必须公证"),
    ("u_notary_needed", "截图没有公证，在法庭上无效"),
    ("u_notary_needed", "聊天记录需要公证才有法律效力"),
    ("u_transfer_alone", "只有转账记录无法维权"),
    ("u_small_claims_10000", "小额诉讼一般在1万元以下"),
    ("u_small_claims_10000", "1万元以内的用小额诉讼"),
    ("u_small_claims_3_months", "小额诉讼3个月结案"),
    ("u_small_claims_zhejiang", "小额的线是54323元"),
    ("u_least_amount", "超过5000元的才可以起诉"),
    ("u_least_amount", "一万元以上才能诉讼"),
    ("u_mini_court", "在中国移动微法院立案"),
    ("u_class_action", "可以联合提起集体诉讼"),
    ("u_public_security_49", "治安管理处罚法49条：拘留"),
    ("u_cyber_crime_law", "网络犯罪防治法规定"),
    ("u_cases", "2022年北京互联网法院判平台担全责"),
    ("u_cases", "上海某卡盟被处罚"),
    ("u_statistics", "先行赔付的解决率是70%"),
    ("u_statistics", "市场规模5000亿"),
    ("u_promise", "我们保证退款"),
    ("u_promise", "这样做一定能要回来"),
)

# Near what is wrong, and right.
RIGHT = (
    "12315可以调解，不能判三倍，也不能强制退款",
    "要平台连带，得由法院或仲裁认定",
    "消协和12315先选一边",
    "消协处理过的同一件事，12315可以不受理（投诉举报处理办法16条，规章）",
    "协商不是投诉的前提",
    "到国家企业信用信息公示系统查",
    "ICP备案不等于有经营资质",
    "支付机构没有直接退款的法定权力",
    "支付宝要几天，没有核对到",
    "录音不必先告诉对方",
    "录音要先告诉对方吗？",
    "公证不是必须的",
    "1万元以内受理费50元，简易程序减半",
    "小额诉讼2个月，可延1个月；简易程序3个月",
    "起诉没有最低金额",
    "不一定能要回来，看证据",
    "单纯没到账，还不能要三倍",
)


@dataclass(frozen=True)
class Says:
    """What must stand in an answer, and what must not."""

    answer: str
    must: tuple[str, ...]
    never: tuple[str, ...] = ()


# Each correction of the sources, and each of the twelve most important ones, where people read it.
CORRECTIONS = {
    "12315 accepts in 7 working days and mediates for 60 days": Says(
        "a_12315_time", ("7个工作日", "60日"), ("45日", "45个", "45天")
    ),
    "12315 mediates, courts judge": Says("a_12315_power", ("调解", "法院"), ("12315会判",)),
    "an unknown merchant makes the platform liable": Says("a_platform_unrelated", ("消法44条",), ("电商法35条",)),
    "joint liability takes knowledge": Says("a_defendant", ("应当知道", "必要措施"), ("审核",)),
    "small claims are half the average wage, two months and one": Says(
        "a_small_claims", ("年均工资", "50%", "2个月", "1个月", "下落不明"), ("1万", "一万", "3个月")
    ),
    "many sue together": Says("a_group", ("共同诉讼", "代表"), ("集体",)),
    "a lawsuit has no least amount": Says("a_min_amount", ("没有最低金额",), ("5000",)),
    "three times takes fraud, and is at least 500": Says("a_triple", ("故意", "500元"), ("没到账就",)),
    "standard terms are article 26": Says("a_virtual_no_refund", ("消法26条",), ("消法16条", "电商法49条")),
    "a tick does not prove that one was told": Says("a_standard_terms", ("勾选", "不足以"), ("电商法49条",)),
    "one's own calls may be recorded": Says("a_recording", ("不必先告诉", "民诉法解释106条")),
    "a notary is not needed": Says("a_notary", ("并非必须",)),
    "the court's portal has a new name": Says("a_online_filing", ("人民法院在线服务",), ("微法院",)),
    "the register of companies by its name": Says("a_check_merchant", ("国家企业信用信息公示系统",)),
    "12377 is for content": Says("a_12377", ("不处理退款",)),
    "the association is another body": Says("a_association", ("社会组织", "市场监管部门")),
    "payment companies have no power to refund": Says("a_payment_refund", ("没有直接退款的法定权力", "平台规则")),
    "the periods of a platform end no right": Says("a_window", ("惯例", "3年")),
    "15 days are the merchant's line": Says("a_fifteen_days", ("15日", "行为处罚办法8条"), ("滞纳金",)),
    "resellers are no consumers": Says("a_reseller", ("非生活消费", "12315可能不受理"), ("三倍赔偿可以",)),
    "an upstream is no excuse": Says("a_upstream", ("民法典593条",)),
    "delivery is what can be found and used": Says("a_delivered", ("电商法51条",)),
    "the merchant proves that it delivered": Says("a_card_used", ("民诉法解释91条",)),
    "below 3,000 the police still act": Says("a_police_amount", ("没有金额门槛", "3000元")),
    "freezing is for the police": Says("a_freeze", ("公安", "反电诈法20条")),
    "where to complain goes by the published address": Says("a_12315_where", ("投诉举报处理办法13条",)),
    "telecom complaints are about telecom companies": Says("a_telecom", ("先找卖家",)),
    "children below eight": Says("a_minor", ("不满8岁", "监护人"), ("一定全退",)),
}


def spoken() -> Iterator[tuple[str, str]]:
    """Everything in data/knowledge that people may read, and where it stands."""
    for path in sorted(KNOWLEDGE_DIR.glob("*.yml")):
        source = Source(path)
        if path.stem not in ("unverified", "questions"):
            yield from ((source.at(place), text) for place, text in sentences(source.content))
    yield from ((line.at, line.text) for line in letters.lines(LETTERS_DIR))


SPOKEN = tuple(spoken())


class TestWrongVersions:
    @pytest.mark.parametrize(("entry", "sentence"), [pytest.param(*row, id=row[1]) for row in WRONG])
    def test_are_stopped(self, entry: str, sentence: str) -> None:
        assert re.search(KNOW.unverified[entry].pattern, sentence)

    @pytest.mark.parametrize("sentence", RIGHT)
    def test_what_is_right_is_not(self, sentence: str) -> None:
        assert [entry.id for entry in KNOW.unverified.values() if re.search(entry.pattern, sentence)] == []

    @pytest.mark.parametrize("entry", KNOW.unverified)
    def test_stand_nowhere(self, entry: str) -> None:
        pattern = re.compile(KNOW.unverified[entry].pattern)
        assert [(at, text) for at, text in SPOKEN if pattern.search(text)] == []

    def test_every_pattern_has_a_sentence_that_it_stops(self) -> None:
        assert {entry for entry, _ in WRONG} == KNOW.unverified.keys()

    def test_everything_is_read(self) -> None:
        files = {at.rpartition(":")[0] for at, _ in SPOKEN}
        assert files >= {"answers.yml", "guards.yml", "ladder.yml", "letters/demand.txt", "letters/parts/basis.j2"}


class TestRightVersions:
    @pytest.mark.parametrize("says", [pytest.param(says, id=id_) for id_, says in CORRECTIONS.items()])
    def test_are_said(self, says: Says) -> None:
        answer = KNOW.answers[says.answer]
        said = answer.short + (answer.more or "")
        assert [part for part in says.must if part not in said] == []
        assert [part for part in says.never if part in said] == []

    def test_12315_is_asked_for_by_its_periods_alone(self) -> None:
        rung = KNOW.rungs["L6_12315"]
        first = KNOW.deadlines[rung.due[0].deadline]
        second = KNOW.deadlines[rung.outcomes["accepted"].runs or ""]
        assert [(first.amount, first.unit), (second.amount, second.unit)] == [(7, "workday"), (60, "day")]

    def test_12315_cannot_judge(self) -> None:
        cannot = " ".join(KNOW.channels["ch_12315"].cannot)
        assert all(part in cannot for part in ("连带", "三倍", "退款"))

    def test_resellers_are_not_sent_to_12315(self) -> None:
        closed = {condition.fact or condition.no_flag for condition in KNOW.rungs["L6_12315"].pre}
        assert closed >= {"purpose", "p_reseller"}
        assert not {"L6_12315", "L7_association"} & {*KNOW.routes["r_reseller"].rungs, *KNOW.routes["r_resale"].rungs}

    def test_money_that_went_to_a_person_has_no_merchant_complaint(self) -> None:
        [condition] = KNOW.rungs["L4_payment"].pre
        assert (condition.fact, condition.any_of) == ("pay_method", ("order",))
        assert "L4_payment" not in {*KNOW.routes["r_personal"].rungs, *KNOW.routes["r_gone_personal"].rungs}


DIGITS = "几一二两三四五六七八九十百千万"
NUMBER = re.compile(rf"[\d{DIGITS}]+\s*(?:个?工作日|日|天|小时|个月|周岁|岁|年(?![起卡份度])|万?元)")
# Numbers that are nobody's rule.
EXAMPLE = re.compile(r"比如[^。]*|[隔早][一两]天")
NO_RULE = {
    "a_slow_topup": "how slow the slow ones are",
    "p_slow_topup": "how slow the slow ones are",
    "a_lawyer": "how small a case is small",
}
# 3000元 stands in an opinion of 2016 that has the force of an interpretation; laws.yml has no such papers.
NATURE_OF_A_PAPER = {"a_police_amount"}


@pytest.mark.parametrize("answer", KNOW.answers.values(), ids=lambda answer: answer.id)
class TestAnswers:
    def test_every_number_said_at_once_says_how_it_binds(self, answer: Answer) -> None:
        has_rule = any(nature in answer.short for nature in NATURES)
        assert has_rule or answer.id in NO_RULE or not NUMBER.search(answer.short)

    def test_what_is_shown_on_request_does_too(self, answer: Answer) -> None:
        said = answer.short + (answer.more or "")
        has_rule = any(nature in said for nature in NATURES)
        assert has_rule or answer.id in NO_RULE or not NUMBER.search(EXAMPLE.sub("", said))

    def test_the_nature_it_has_is_said(self, answer: Answer) -> None:
        """Where it cites a law at all: `nature` is that of a rule it names."""
        if answer.cites and answer.nature in NATURE_WORD and answer.id not in NATURE_OF_A_PAPER:
            assert NATURE_WORD[answer.nature] in {NATURE_OF[cite.law] for cite in answer.cites}


ENTRIES: tuple[BaseModel, ...] = tuple(
    entry
    for entries in (KNOW.rungs, KNOW.outcomes, KNOW.channels, KNOW.pitfalls, KNOW.guards, KNOW.facts, KNOW.routes)
    for entry in entries.values()
)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_number_on_the_way_says_how_it_binds(entry: BaseModel) -> None:
    said = EXAMPLE.sub("", " ".join(text for _, text in sentences(entry.model_dump(mode="json"))))
    has_rule = any(nature in said for nature in NATURES)
    assert has_rule or getattr(entry, "id", "") in NO_RULE or not NUMBER.search(said)


PROOFREADER = Proofreader(KNOW)
IN_BRACKETS = re.compile(r"（([^（）]*?条[^（）]*?)，(法定|司法解释|规章)(?=[，：）])")
BRACKETS = [(at, cited, nature) for at, text in SPOKEN for cited, nature in IN_BRACKETS.findall(text)]


def test_every_law_is_called_as_binding_as_it_is() -> None:
    wrong = [
        (at, cited, nature)
        for at, cited, nature in BRACKETS
        if {NATURE_OF[law] for law, _ in PROOFREADER.cited(cited)} != {nature}
    ]
    assert len(BRACKETS) > 200
    assert wrong == []


def test_the_nature_of_every_law_is_known() -> None:
    assert NATURE_OF.keys() == KNOW.laws.keys()


# The rules on telecom complaints (规章) are not quoted by article; 电信条例39, under which they stand, is.
UNDER_ANOTHER = {"d_carrier_reply", "d_carrier_appeal", "d_carrier_window"}


@pytest.mark.parametrize("due", KNOW.deadlines.values(), ids=lambda due: due.id)
class TestDeadlines:
    def test_of_law_name_it_and_others_do_not_pretend(self, due: Due) -> None:
        if due.type in NATURE_WORD:
            assert due.cites
        else:
            assert any(word in due.source for word in ("不是法定", "惯例", "规则", "公告", "建议", "只限"))

    def test_are_as_binding_as_the_strongest_law_they_cite(self, due: Due) -> None:
        order = list(NATURE_WORD.values())
        strongest = min((NATURE_OF[cite.law] for cite in due.cites), key=order.index, default=None)
        if due.type in NATURE_WORD and due.id not in UNDER_ANOTHER:
            assert strongest == NATURE_WORD[due.type]
