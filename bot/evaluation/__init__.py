"""How well texts are understood, measured against what people said they mean."""

from bot.evaluation.examples import LABELS, Example, read_examples
from bot.evaluation.facts import FactScore, fact_scores
from bot.evaluation.report import Judged, Report, report

__all__ = ["LABELS", "Example", "FactScore", "Judged", "Report", "fact_scores", "read_examples", "report"]
