"""What money comes to, in 分, and how it is said with a person's own figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.amounts import court_fee, lpr_interest, partial_refund, prorata_membership, small_claims, triple
from cases.case.figures import worked
from cases.knowledge import knowledge
from cases.knowledge.schema import Amount, DeadlineType
from cases.models import Case

FEN = st.integers(0, 10**9)


class TestAPartialRefund:
    @pytest.mark.parametrize(
        ("amount", "delivered", "due"),
        [
            pytest.param(20_000, 5_000, 15_000, id="a part came"),
            pytest.param(20_000, 0, 20_000, id="nothing came"),
            pytest.param(20_000, 20_000, 0, id="everything came"),
        ],
    )
    def test_is_what_was_paid_for_and_never_came(self, amount: int, delivered: int, due: int) -> None:
        assert partial_refund(amount, delivered) == due

    @pytest.mark.parametrize("delivered", [pytest.param(-1, id="less than nothing"), pytest.param(20_001, id="more")])
    def test_has_no_meaning_if_more_came_than_was_paid_for(self, delivered: int) -> None:
        with pytest.raises(ValueError, match="delivered"):
            partial_refund(20_000, delivered)


class TestAMembershipsShare:
    @pytest.mark.parametrize(
        ("paid", "total", "remaining", "due"),
        [
            pytest.param(36_500, 365, 335, 33_500, id="a year of which a month was used"),
            pytest.param(19_800, 365, 335, 18_173, id="rounded up from 18172.6 fen"),
            pytest.param(10_000, 365, 100, 2_740, id="rounded up from 2739.7 fen"),
            pytest.param(10_000, 366, 100, 2_732, id="rounded down from 2732.2 fen"),
            pytest.param(1, 2, 1, 1, id="half a fen is a fen"),
            pytest.param(5, 2, 1, 3, id="half a fen goes up and not to the even number"),
            pytest.param(10_000, 30, 0, 0, id="nothing is left"),
            pytest.param(10_000, 30, 30, 10_000, id="all is left"),
        ],
    )
    def test_is_that_of_the_days_left(self, paid: int, total: int, remaining: int, due: int) -> None:
        assert prorata_membership(paid, total, remaining) == due

    @pytest.mark.parametrize(
        ("paid", "total", "remaining"),
        [
            pytest.param(100, 30, 31, id="more days than there are"),
            pytest.param(100, 30, -1, id="days below none"),
            pytest.param(100, 0, 0, id="no days at all"),
            pytest.param(-1, 30, 1, id="a price below nothing"),
        ],
    )
    def test_has_no_meaning_outside_its_days(self, paid: int, total: int, remaining: int) -> None:
        with pytest.raises(ValueError, match="days"):
            prorata_membership(paid, total, remaining)

    @given(FEN, st.integers(1, 4000), st.data())
    def test_is_never_more_than_was_paid_and_adds_up(self, paid: int, total: int, data: st.DataObject) -> None:
        remaining = data.draw(st.integers(0, total))
        share, used = prorata_membership(paid, total, remaining), prorata_membership(paid, total, total - remaining)
        assert 0 <= share <= paid
        assert share + used - paid in (0, 1)  # both halves of a fen are rounded up


class TestTripleDamages:
    @pytest.mark.parametrize(
        ("price", "damages"),
        [
            pytest.param(20_000, 60_000, id="three times the price"),
            pytest.param(10_000, 50_000, id="but no less than 500 yuan"),
            pytest.param(16_666, 50_000, id="499.98 yuan are still less"),
            pytest.param(16_667, 50_001, id="500.01 are more"),
            pytest.param(0, 50_000, id="even for next to nothing"),
        ],
    )
    def test_come_beside_the_price(self, price: int, damages: int) -> None:
        assert triple(price) == damages

    def test_of_a_negative_price_are_refused(self) -> None:
        with pytest.raises(ValueError, match="price"):
            triple(-1)


class TestInterest:
    @pytest.mark.parametrize(
        ("amount", "rate", "days", "interest"),
        [
            pytest.param(1_000_000, "0.03", 365, 30_000, id="a year at three per cent"),
            pytest.param(1_000_000, "0.0345", 30, 2_836, id="a month at 3.45 per cent: 2835.6 fen"),
            pytest.param(20_000, "0.0365", 5, 10, id="ten fen in five days"),
            pytest.param(50_000, "0.0365", 1, 5, id="five fen a day"),
            pytest.param(5_000, "0.0365", 1, 1, id="half a fen is a fen"),
            pytest.param(20_000, "0.03", 0, 0, id="no days"),
        ],
    )
    def test_is_simple_and_by_the_day(self, amount: int, rate: str, days: int, interest: int) -> None:
        assert lpr_interest(amount, Decimal(rate), days) == interest

    def test_does_not_run_backwards(self) -> None:
        with pytest.raises(ValueError, match="backwards"):
            lpr_interest(20_000, Decimal("0.03"), -1)


class TestTheCourtsFee:
    @pytest.mark.parametrize(
        ("amount", "fee", "halved"),
        [
            pytest.param(20_000, 5_000, 2_500, id="200 yuan"),
            pytest.param(0, 5_000, 2_500, id="nothing but the declaration"),
            pytest.param(1_000_000, 5_000, 2_500, id="10,000 yuan still"),
            pytest.param(1_000_001, None, None, id="no fee is known above"),
        ],
    )
    def test_is_fifty_yuan_up_to_ten_thousand(self, amount: int, fee: int | None, halved: int | None) -> None:
        assert court_fee(amount) == fee
        assert court_fee(amount, summary=True) == halved

    def test_of_a_negative_claim_is_refused(self) -> None:
        with pytest.raises(ValueError, match="claim"):
            court_fee(-1)


class TestSmallClaims:
    @pytest.mark.parametrize(
        ("amount", "way"),
        [
            pytest.param(20_000, "mandatory", id="200 yuan"),
            pytest.param(6_461_000, "mandatory", id="half the wage"),
            pytest.param(6_461_001, "by_agreement", id="one fen more"),
            pytest.param(25_844_000, "by_agreement", id="twice the wage"),
            pytest.param(25_844_001, "no", id="one fen more than that"),
        ],
    )
    def test_are_measured_by_the_wage_of_the_province(self, amount: int, way: str) -> None:
        jiangsu_2026 = 12_922_000  # the High Court there: 64,610 and 258,440 yuan
        assert small_claims(amount, jiangsu_2026) == way

    def test_half_of_an_odd_wage_is_not_rounded(self) -> None:
        assert small_claims(50, 101) == "mandatory"
        assert small_claims(51, 101) == "by_agreement"

    def test_need_a_wage(self) -> None:
        with pytest.raises(ValueError, match="wages"):
            small_claims(20_000, 0)


class TestWorkedOut:
    @pytest.mark.parametrize(
        ("amount_id", "facts", "line"),
        [
            ("triple", {"amount": 20_000}, "按你付的200元算：3倍是600元。"),
            ("triple", {"amount": 9_950}, "按你付的99.50元算：3倍是298.50元，不到500元的按500元。"),
            ("triple", {}, None),
            ("full_refund", {"amount": 20_000}, "按你付的200元算：全退就是200元。"),
            (
                "full_refund",
                {"amount": 20_000, "recovered_amount": 5_000},
                "按你付的200元算：全退就是200元，已经退回50元，还差150元。",
            ),
            (
                "full_refund",
                {"amount": 20_000, "recovered_amount": 20_000},
                "按你付的200元算：全退就是200元，已经退回200元，不差了。",
            ),
            ("full_refund", {}, None),
            (
                "partial_refund",
                {"amount": 20_000, "delivered_amount": 5_000},
                "按你付的200元、到手的50元算：差的是150元。",
            ),
            (
                "partial_refund",
                {"amount": 20_000, "delivered_amount": 5_000, "recovered_amount": 16_000},
                "按你付的200元、到手的50元算：差的是150元，已经退回160元，不差了。",
            ),
            ("partial_refund", {"amount": 20_000}, None),
            ("partial_refund", {"delivered_amount": 5_000}, None),
            ("partial_refund", {"amount": 20_000, "delivered_amount": 30_000}, None),
            ("court_fee", {"amount": 20_000}, "按你要的200元算：受理费50元，简易程序减半是25元。"),
            (
                "court_fee",
                {"amount": 1_200_000, "recovered_amount": 300_000},
                "按你要的9000元算：受理费50元，简易程序减半是25元。",
            ),
            ("court_fee", {"amount": 1_200_000}, None),
            ("court_fee", {}, None),
            ("lpr_interest", {"amount": 20_000}, None),
            ("prorata_membership", {"amount": 20_000}, None),
            ("small_claims", {"amount": 20_000}, None),
        ],
    )
    def test_with_the_cases_figures_or_not_at_all(
        self, amount_id: str, facts: dict[str, int], line: str | None
    ) -> None:
        assert worked(Case(**facts), amount_id, knowledge()) == line


ENTRIES = list(knowledge().amounts.values())


class TestTheKnownAmounts:
    def test_are_these(self) -> None:
        assert [entry.id for entry in ENTRIES] == [
            "full_refund",
            "partial_refund",
            "prorata_membership",
            "triple",
            "lpr_interest",
            "court_fee",
            "small_claims",
        ]

    @pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in ENTRIES])
    def test_name_their_law_and_its_nature_in_words(self, entry: Amount) -> None:
        natures = {DeadlineType.STATUTORY: ("法定", "行政法规"), DeadlineType.JUDICIAL: ("司法解释",)}
        assert entry.cites
        assert any(word in entry.rule for word in natures[entry.type])

    @pytest.mark.parametrize("fixed", ["LPR为", "LPR是", "64610", "258440", "64,610"])
    def test_hold_no_number_that_changes_with_the_year_or_the_province(self, fixed: str) -> None:
        assert not [entry.id for entry in ENTRIES if fixed in entry.rule + entry.not_when]
