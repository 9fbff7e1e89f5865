"""What texts say is what the case says: every sum, every day, every name, and a named gap for what is not known."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cases.case.facts import yuan
from cases.case.owing import owed
from cases.documents import cause, past, templates
from cases.documents.fact_base import DEEMED_REFUSAL, claim, fact_base
from cases.documents.past import asked_at, chinese_date
from cases.knowledge import knowledge
from cases.models import Case

EXAMPLES = yaml.safe_load((Path(__file__).parent / "golden" / "cases.yml").read_text("utf-8"))
KINDS = list(knowledge().documents)
TODAY, REPLIES = date(2026, 11, 22), [date(2026, 11, 25), date(2026, 11, 27), date(2026, 12, 1)]
GAP = re.compile(r"（待补充：[^（）]+）")

Example = Callable[..., Case]
TextOf = Callable[[Case, str], str]


def sums_of(case: Case) -> set[str]:
    known = (case.amount, case.delivered_amount, case.recovered_amount, owed(case))
    return {yuan(fen) for fen in known if fen is not None}


def days_of(case: Case) -> set[str]:
    steps = [step.submitted_at.date() for step in case.steps if step.submitted_at]
    known = [case.paid_at, case.refund_requested_at, *steps, TODAY, *REPLIES]
    return {chinese_date(day) for day in known if day}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", EXAMPLES)
class TestEveryText:
    def test_names_no_sum_that_the_case_does_not_have(
        self, example: Example, text_of: TextOf, name: str, kind: str
    ) -> None:
        case = example(name)
        assert set(re.findall(r"(\d+\.\d\d)元", text_of(case, kind))) <= sums_of(case)

    def test_names_no_day_that_the_case_does_not_have(
        self, example: Example, text_of: TextOf, name: str, kind: str
    ) -> None:
        case = example(name)
        assert set(re.findall(r"\d+年\d+月\d+日", text_of(case, kind))) <= days_of(case)

    def test_keeps_within_the_length_of_its_kind(self, example: Example, text_of: TextOf, name: str, kind: str) -> None:
        assert len(text_of(example(name), kind)) <= knowledge().documents[kind].max_chars


# The facts that each text tells when they are known. Only who it is addressed to may fall back on another name.
FACTS: dict[str, Any] = {
    "platform": "极速卡盟",
    "merchant": "小李数码",
    "product": "点卡卡密200元",
    "order_no": "5001",
    "amount": "200.00",
    "paid_at": "2026年11月5日",
    "pay_channel": "微信",
    "pay_method": "下单付给商户",
    "operator": "极速网络科技有限公司",
    "operator_address": "某省某市某区某路1号",
    "contact_attempts": "3次",
    "purpose": "自己生活使用",
}
ADDRESSED = {("demand", "operator"), ("final_demand", "operator")}


@pytest.mark.parametrize("kind", KINDS)
def test_no_unknown_fact_is_silently_missing(example: Example, text_of: TextOf, kind: str) -> None:
    with_all = text_of(example("usual"), kind)
    told = {fact for fact, words in FACTS.items() if words in with_all and (kind, fact) not in ADDRESSED}
    assert len(told) > 1
    for fact in told:
        without = text_of(example("usual", **{fact: None}), kind)
        assert FACTS[fact] not in without
        assert len(GAP.findall(without)) > len(GAP.findall(with_all))


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_is_told_by_some_text(example: Example, text_of: TextOf, fact: str) -> None:
    assert any(FACTS[fact] in text_of(example("usual"), kind) for kind in KINDS)


@pytest.mark.parametrize(
    ("name", "fact", "told"),
    [
        pytest.param("partly_refunded", "delivered_amount", "150.00元", id="how much came"),
        pytest.param("refund_delayed", "refund_requested_at", "2026年10月20日", id="since when the refund is due"),
    ],
)
def test_facts_of_one_kind_of_case_are_told_or_asked_for(
    example: Example, text_of: TextOf, name: str, fact: str, told: str
) -> None:
    assert told in text_of(example(name), "demand")
    without = text_of(example(name, **{fact: None}), "demand")
    assert told not in without
    assert len(GAP.findall(without)) > len(GAP.findall(text_of(example(name), "demand")))


MONEY = st.integers(min_value=1, max_value=10_000_000)


@given(amount=MONEY, back=MONEY, paid=st.dates(date(2024, 1, 1), TODAY))
def test_whatever_the_figures_the_texts_repeat_them(amount: int, back: int, paid: date) -> None:
    case = Case(
        number="K7M2QX9P", dispute_kind="not_delivered", amount=amount, recovered_amount=min(back, amount), paid_at=paid
    )
    case.also, case.unknown, case.flags = [], [], []
    for kind in ("demand", "complaint_12315", "police", "civil_complaint"):
        text = templates.render(f"{kind}.txt", fact_base(case, knowledge().documents[kind], knowledge()))
        assert f"尚欠{yuan(amount - min(back, amount))}元" in text
        assert f"{yuan(amount)}元" in text
        assert chinese_date(paid) in text


class TestClaims:
    @pytest.mark.parametrize(
        ("name", "changed", "claimed"),
        [
            pytest.param("usual", {}, "请退还200.00元，原路退回到付款账户。", id="all"),
            pytest.param(
                "usual",
                {"recovered_amount": 5_000},
                "请退还150.00元（已退50.00元，尚欠150.00元），原路退回到付款账户。",
                id="the rest",
            ),
            pytest.param("nothing_known", {}, "请退还全部款项，原路退回到付款账户。", id="without a sum"),
            pytest.param(
                "partly_refunded",
                {"recovered_amount": None},
                "请补足没有兑现的部分；不能补足的，请退还差价50.00元，原路退回到付款账户。",
                id="the difference",
            ),
            pytest.param(
                "partly_refunded",
                {"delivered_amount": None, "recovered_amount": None},
                "请补足没有兑现的部分；不能补足的，请退还差价（待补充：差价金额），原路退回到付款账户。",
                id="a difference nobody knows",
            ),
            pytest.param(
                "refund_delayed",
                {"recovered_amount": None},
                "请把应退的200.00元原路退回到付款账户，并告知退款单号和到账日期。",
                id="a late refund",
            ),
            pytest.param("minor", {}, "请返还孩子支付的600.00元，原路退回到付款账户。", id="a child's payment"),
            pytest.param("usual", {"dispute_kind": None}, "请退还200.00元，原路退回到付款账户。", id="kind still open"),
        ],
    )
    def test_ask_for_one_sum(self, example: Example, name: str, changed: dict[str, Any], claimed: str) -> None:
        assert claim(example(name, **changed), knowledge()) == claimed

    def test_stand_in_the_text_as_they_are_shown(self, example: Example, text_of: TextOf) -> None:
        for name in EXAMPLES:
            case = example(name)
            assert claim(case, knowledge()) in text_of(case, "demand")


class TestWhatIsOwed:
    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            pytest.param({"amount": 20_000}, 20_000, id="all"),
            pytest.param({"amount": 20_000, "recovered_amount": 5_000}, 15_000, id="less what came back"),
            pytest.param({"amount": 20_000, "recovered_amount": 25_000}, 0, id="never less than nothing"),
            pytest.param({}, None, id="unknown"),
            pytest.param(
                {"dispute_kind": "not_as_described", "amount": 20_000, "delivered_amount": 15_000},
                5_000,
                id="difference",
            ),
            pytest.param(
                {"dispute_kind": "not_as_described", "amount": 20_000, "delivered_amount": 20_000},
                None,
                id="bought at a discount",
            ),
            pytest.param({"dispute_kind": "not_as_described", "amount": 20_000}, None, id="difference unknown"),
            pytest.param(
                {"dispute_kind": "not_as_described", "amount": 20_000, "track": "refund_delayed"},
                20_000,
                id="a refund that was agreed",
            ),
        ],
    )
    def test_is_worked_out_once(self, facts: dict[str, Any], expected: int | None) -> None:
        assert owed(Case(**facts)) == expected


class TestFifteenDays:
    """侵害消费者权益行为处罚办法 8, 10: said only where they have passed, and only to consumers' counterparts."""

    LINE = "超过15日"

    @pytest.mark.parametrize(
        ("days", "is_said"),
        [
            pytest.param(15, False, id="the fifteenth day"),
            pytest.param(16, False, id="its weekend, which moves it on"),
            pytest.param(17, True, id="the day after"),
        ],
    )
    def test_count_from_the_day_the_refund_was_asked_for(
        self, example: Example, text_of: TextOf, days: int, is_said: bool
    ) -> None:
        case = example("refund_delayed", refund_requested_at=TODAY - timedelta(days=days))
        for kind in ("final_demand", "complaint_12315", "report"):
            assert (self.LINE in text_of(case, kind)) is is_said

    def test_count_from_the_demand_where_nobody_promised_anything(self, example: Example, text_of: TextOf) -> None:
        case = example("usual")
        assert self.LINE not in text_of(case, "final_demand")
        case.steps[0].submitted_at -= timedelta(days=10)
        assert asked_at(case) == date(2026, 10, 31)
        assert self.LINE in text_of(case, "final_demand")

    def test_are_not_said_where_nothing_was_asked_for(self, example: Example, text_of: TextOf) -> None:
        case = example("usual", refund_requested_at=None)
        case.steps.clear()
        assert self.LINE not in text_of(case, "final_demand")

    def test_do_not_protect_resellers(self, example: Example, text_of: TextOf) -> None:
        case = example("reseller", refund_requested_at=date(2026, 1, 1))
        assert self.LINE not in text_of(case, "final_demand")


class TestThePast:
    def test_tells_the_steps_in_order_with_number_and_outcome(self, example: Example, text_of: TextOf) -> None:
        lines = text_of(example("usual"), "final_demand").splitlines()
        first = lines.index("2026年11月10日，书面要求商家退款，结果：没人回。")
        assert lines[first + 1] == "2026年11月14日，请平台介入（编号GD-778），结果：拒绝了。"

    def test_ends_where_the_text_itself_was_sent(self, example: Example) -> None:
        case = example("usual")
        kind = knowledge().documents["platform"]
        assert fact_base(case, kind, knowledge())["past"] == ["2026年11月10日，书面要求商家退款，结果：没人回。"]

    def test_does_not_tell_strangers(self, example: Example, text_of: TextOf) -> None:
        assert "GD-778" not in text_of(example("usual"), "public_post")


def test_the_number_of_the_judgment_stands_in_the_enforcement(example: Example, text_of: TextOf) -> None:
    case = example("usual")
    case.steps[1].rung_id, case.steps[1].reference_no = "L10_court", "某民初1号"
    assert "案号：某民初1号" in text_of(case, "enforcement")


@pytest.mark.parametrize(
    ("facts", "called"),
    [
        pytest.param({"subkind": "ci_used"}, "网络购物合同纠纷", id="a card"),
        pytest.param({"subkind": None, "product": "点卡100元"}, "网络购物合同纠纷", id="a card by its name"),
        pytest.param({"subkind": "nd_card_not_issued", "product": "会员激活码"}, "网络购物合同纠纷", id="a code"),
        pytest.param({"subkind": None, "product": None}, "网络购物合同纠纷", id="unknown"),
        pytest.param({"subkind": "nd_direct_topup"}, "网络服务合同纠纷", id="a top-up"),
        pytest.param({"subkind": None, "product": "视频会员一年"}, "网络服务合同纠纷", id="a membership"),
        pytest.param({"subkind": "nd_delayed", "product": "话费200元"}, "网络服务合同纠纷", id="a phone bill"),
    ],
)
def test_the_lawsuit_is_called_by_what_was_bought(
    example: Example, text_of: TextOf, facts: dict[str, Any], called: str
) -> None:
    assert f"案由：{called}" in text_of(example("usual", **facts), "civil_complaint")


@pytest.mark.parametrize("kind", ["police", "complaint_12315", "report", "association", "public_post"])
def test_an_unauthorised_payment_is_not_told_as_a_purchase(example: Example, text_of: TextOf, kind: str) -> None:
    case = example("usual")
    case.flags = ["p_unauthorized"]
    text = text_of(case, kind)
    assert "不是本人操作" in text
    assert "我购买" not in text
    assert "我在极速卡盟购买" not in text


def test_what_the_code_names_exists_in_the_knowledge_base() -> None:
    subkinds = {subkind.id for entry in knowledge().grievances.values() for subkind in entry.subkinds}
    assert subkinds >= cause.GOODS_SUBKINDS | cause.SERVICE_SUBKINDS
    assert set(knowledge().rungs) >= {past.DEMAND, *past.OWN_BUSINESS}
    assert DEEMED_REFUSAL in knowledge().deadlines
