"""The report as a page of its own: scores, the confusion as a heat map, what was wrong."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.evaluation.examples import LABELS
from bot.evaluation.facts import FactScore
from bot.evaluation.report import Report

TEMPLATE = "page.html"


def page(title: str, result: Report, facts: Mapping[str, FactScore], worst: int) -> str:
    """An HTML document that needs nothing beside it, with the `worst` most confident errors."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template(TEMPLATE).render(
        title=title,
        result=result,
        facts=facts,
        labels=LABELS,
        heat=_heat(result.confusion),
        errors=result.errors[:worst],
    )


def _heat(confusion: list[list[int]]) -> list[list[tuple[int, int]]]:
    """Each count, and its share of its row in per cent: how dark its cell is."""
    return [[(count, round(100 * count / (sum(row) or 1))) for count in row] for row in confusion]
