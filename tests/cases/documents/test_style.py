"""How texts speak: facts and one claim, no insult, no threat, no more than the law gives, nobody else's data."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from cases.knowledge import knowledge
from cases.knowledge.sentences import Proofreader
from cases.models import Case

EXAMPLES = yaml.safe_load((Path(__file__).parent / "golden" / "cases.yml").read_text("utf-8"))
KINDS = list(knowledge().documents)

INSULTS = r"骗子|无耻|黑心|垃圾|奸商|流氓|无良|恶心|坑人|诈骗犯|不要脸"
THREATS = r"曝光|后果自负|否则|等着|别怪|身败名裂|让你们|媒体|封杀|走着瞧|不客气"
OVERCLAIMS = r"三倍|十倍|退一赔|精神损失|误工费|滞纳金|连带责任|必须立即|一定要|构成诈骗|属于诈骗|欺诈行为"
# Asked whether it was fraud, the police say; damages are a line of the lawsuit that says no until a person says yes.
EXCEPTIONS = ("是否属于诈骗，由公安机关认定", "惩罚性赔偿：不主张")

Example = Callable[..., Case]
TextOf = Callable[[Case, str], str]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", EXAMPLES)
class TestEveryText:
    @pytest.mark.parametrize(
        "never",
        [
            pytest.param(INSULTS, id="insults"),
            pytest.param(THREATS, id="threatens"),
            pytest.param(OVERCLAIMS, id="claims too much"),
            pytest.param(r"[!！?？]", id="shouts"),
            pytest.param(r"None|undefined|\{\{|\{%", id="shows its making"),
            pytest.param(r"[ \t]\n|\n{3,}|（（|））", id="is untidy"),
            pytest.param(r"(?<!\d)1[3-9]\d{9}(?!\d)", id="tells a telephone number"),
        ],
    )
    def test_never(self, example: Example, text_of: TextOf, name: str, kind: str, never: str) -> None:
        lines = [line for line in text_of(example(name), kind).split("\n") if not any(e in line for e in EXCEPTIONS)]
        assert re.findall(never, "\n".join(lines)) == []

    def test_cites_only_what_the_knowledge_base_has(
        self, example: Example, text_of: TextOf, name: str, kind: str
    ) -> None:
        text = text_of(example(name), kind)
        assert list(Proofreader(knowledge()).faults(text)) == []
        assert set(re.findall(r"《(.+?)》", text)) <= {law.name for law in knowledge().laws.values()}

    def test_says_nothing_that_is_wrong_or_unverified(
        self, example: Example, text_of: TextOf, name: str, kind: str
    ) -> None:
        text = text_of(example(name), kind)
        assert [entry.id for entry in knowledge().unverified.values() if re.search(entry.pattern, text)] == []

    def test_has_a_title_sections_and_a_date(self, example: Example, text_of: TextOf, name: str, kind: str) -> None:
        title, *rest = text_of(example(name), kind).split("\n")
        assert title
        assert rest[0] == ""
        assert "2026年11月22日" in rest[-2:]
        numbers = [line[0] for line in rest if re.match(r"[一二三四五六七八九十]、", line)]
        assert numbers == list("一二三四五六七八九十"[: len(numbers)])


@pytest.mark.parametrize("kind", ["demand", "final_demand"])
def test_a_demand_names_one_sum_and_one_day(example: Example, text_of: TextOf, kind: str) -> None:
    text = text_of(example("usual"), kind)
    section = text.split("三、", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"\d+\.\d\d元", section)) == {"200.00元"}
    assert len(set(re.findall(r"\d+年\d+月\d+日", section))) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_reseller_leans_on_contract_law_alone(example: Example, text_of: TextOf, kind: str) -> None:
    text = text_of(example("reseller"), kind)
    laws = {"民法典", "民事诉讼法", "最高人民法院关于适用民事诉讼法的解释", "公安机关办理刑事案件程序规定"}
    assert set(re.findall(r"《(.+?)》", text)) <= laws
    assert "这笔消费是为了自己" not in text


def test_the_flag_and_the_purpose_each_make_a_reseller(example: Example, text_of: TextOf) -> None:
    by_flag, by_purpose = example("usual", purpose=None), example("usual", purpose="resale")
    by_flag.flags = ["p_reseller"]
    for case in (by_flag, by_purpose):
        assert "消费者权益保护法" not in text_of(case, "platform")
        assert "《民法典》第577条" in text_of(case, "platform")


@pytest.mark.parametrize("kind", ["demand", "platform", "complaint_12315", "civil_complaint"])
def test_a_childs_payment_leans_on_the_law_of_minors(example: Example, text_of: TextOf, kind: str) -> None:
    text = text_of(example("minor"), kind)
    assert {"19", "20", "144", "145", "157"} <= {
        article for law, article in Proofreader(knowledge()).cited(text) if law == "civil_code"
    }
    assert "577" not in text


def test_an_illegal_purchase_is_left_to_the_court(example: Example, text_of: TextOf) -> None:
    case = example("usual")
    case.flags = ["p_illegal_goods"]
    text = text_of(case, "civil_complaint")
    assert "《民法典》第153、157条" in text
    assert "惩罚性赔偿" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_payment_to_a_person_is_never_called_one_to_a_merchant(example: Example, text_of: TextOf, kind: str) -> None:
    text = text_of(example("personal_payment"), kind)
    assert "付给商户" not in text
    assert "对商户的交易投诉" not in text


def test_an_unknown_payee_is_not_called_a_merchant_either(example: Example, text_of: TextOf) -> None:
    assert text_of(example("usual", pay_method=None), "payment").startswith("对收款方的交易投诉\n")


def test_a_report_asks_for_no_refund(example: Example, text_of: TextOf) -> None:
    for name in EXAMPLES:
        text = text_of(example(name), "report")
        assert "不请求退款" in text
        assert "请退还" not in text


def test_the_association_comes_with_a_warning(example: Example, text_of: TextOf) -> None:
    assert "12315可以不受理（《市场监督管理投诉举报处理办法》第16条" in text_of(example("usual"), "association")


def test_the_form_of_12315_has_its_fields_in_its_order(example: Example, text_of: TextOf) -> None:
    text = text_of(example("usual"), "complaint_12315")
    fields = ["投诉人", "被投诉人", "投诉请求", "事实经过", "依据", "材料"]
    assert [text.index(f"、{field}\n") for field in fields] == sorted(text.index(f"、{field}\n") for field in fields)


class TestThePlatformIsAsked:
    @pytest.mark.parametrize(
        "wish",
        [
            pytest.param("提供商家的真实名称、地址和有效联系方式（《消费者权益保护法》第44条", id="who the seller is"),
            pytest.param("原始合同和交易记录（《电子商务法》第62条）", id="for the records"),
            pytest.param(
                "说明事实、理由和依据，并由人工复核（《网络交易平台规则监督管理办法》第19条）", id="for reasons"
            ),
        ],
    )
    def test(self, example: Example, text_of: TextOf, wish: str) -> None:
        assert wish in text_of(example("usual"), "platform")


class TestAPublicPost:
    def test_hides_the_name_of_a_person(self, example: Example, text_of: TextOf) -> None:
        text = text_of(example("personal_payment"), "public_post")
        assert "老王" not in text
        assert "王某" in text

    def test_names_a_shop(self, example: Example, text_of: TextOf) -> None:
        assert "小李数码" in text_of(example("usual"), "public_post")

    def test_tells_only_the_end_of_the_order_number(self, example: Example, text_of: TextOf) -> None:
        text = text_of(example("usual"), "public_post")
        assert "A20261105001" not in text
        assert "尾号5001" in text


def test_where_numbers_are_hidden_the_authorities_are_told_so(example: Example, text_of: TextOf) -> None:
    for kind in ("complaint_12315", "association", "report", "police", "civil_complaint"):
        assert "上面遮住的号码" in text_of(example("personal_payment"), kind)
        assert "上面遮住的号码" not in text_of(example("usual"), kind)


def test_the_list_of_evidence_says_what_each_piece_proves(example: Example, text_of: TextOf) -> None:
    case = example("usual")
    text = text_of(case, "evidence_list")
    assert "1｜订单详情｜买了什么、向谁买、订单现在的状态｜2｜" + "00" * 32 + "；" + "01" * 32 in text
    assert "4｜聊天记录｜向对方提出过要求，以及对方的答复｜（待补充：页数）｜原件由本人保存" in text


@pytest.mark.parametrize("requirement", knowledge().evidence)
def test_every_piece_of_evidence_can_be_listed(example: Example, text_of: TextOf, requirement: str) -> None:
    case = example("usual")
    case.evidence[0].requirement_id = requirement
    assert f"｜{knowledge().evidence[requirement].name}｜" in text_of(case, "evidence_list")
