"""The report as a page that needs nothing beside it."""

from html.parser import HTMLParser

import pytest

from bot.evaluation import LABELS, Example, FactScore, Judged, report
from bot.evaluation.page import page

SCRIPT = "<script>alert('没到账')</script>"
JUDGED = [
    *(Judged(Example("…", label), label, 0.9) for label in LABELS),
    Judged(Example(SCRIPT, "not_delivered"), "merchant_gone", 0.99),
    Judged(Example("充了没影", "not_delivered"), "out_of_scope", 0.7),
    Judged(Example("不太对劲", "not_as_described"), "out_of_scope", 0.4),
]


class Read(HTMLParser):
    """The tags of a page, and the cells of its heat map as (text, style)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.heat: list[tuple[str, str]] = []
        self.text = ""
        self._style: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._style = dict(attrs).get("style")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._style is not None:
            self.heat.append((data, self._style))
            self._style = None


@pytest.fixture(scope="module")
def html() -> str:
    return page("evaluate <a>.jsonl", report(JUDGED), {"amount": FactScore(1, 2, 4)}, worst=2)


@pytest.fixture(scope="module")
def read(html: str) -> Read:
    return Read(html)


def test_what_people_wrote_is_text_and_no_html(html: str, read: Read) -> None:
    assert SCRIPT not in html
    assert SCRIPT in read.text
    assert not {"script", "a"} & {tag for tag, _ in read.tags}
    assert "evaluate <a>.jsonl" in read.text


def test_needs_nothing_beside_it(read: Read) -> None:
    assert [attributes for _, attributes in read.tags if {"src", "href"} & attributes.keys()] == []


def test_holds_the_confusion_as_a_heat_map(read: Read) -> None:
    assert [int(text) for text, _ in read.heat] == [count for row in report(JUDGED).confusion for count in row]


def test_the_larger_the_share_of_its_row_the_darker_a_cell(read: Read) -> None:
    first_row = dict(zip(LABELS, read.heat[: len(LABELS)], strict=True))
    assert {label: style.split("/")[1] for label, (_, style) in first_row.items()} == {
        "not_delivered": " 33%)",
        "not_as_described": " 0%)",
        "merchant_gone": " 33%)",
        "refund_delayed": " 0%)",
        "out_of_scope": " 33%)",
    }


def test_a_label_without_examples_has_a_pale_row() -> None:
    read = Read(page("one", report(JUDGED[:1]), {}, worst=2))
    assert {style.split("/")[1] for text, style in read.heat if text == "0"} == {" 0%)"}


def test_holds_the_scores(read: Read) -> None:
    made = report(JUDGED)
    for score in (made.accuracy, made.macro_f1, *made.interval, made.calibration_error):
        assert f"{score:.3f}" in read.text
    assert all(label in read.text for label in LABELS)


def test_holds_the_scores_of_the_facts_if_there_are_any(read: Read) -> None:
    assert "amount" in read.text
    assert "Facts" not in Read(page("none", report(JUDGED), {}, worst=2)).text


def test_lists_the_most_confident_errors_and_no_more(read: Read) -> None:
    assert read.text.index("alert") < read.text.index("充了没影")
    assert "不太对劲" not in read.text
