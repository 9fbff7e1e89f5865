"""Scores of predicted labels: how often right, on which labels wrong, and whether the confidence is true."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.examples import LABELS, Example

CALIBRATION_BINS = 10
RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Judged:
    """An example beside the label it was given. A label in `also_ok` counts as right."""

    example: Example
    predicted: str
    confidence: float

    @property
    def counted(self) -> str:
        """The predicted label, or the example's own where the predicted one would also be right."""
        return self.example.label if self.predicted in self.example.also_ok else self.predicted

    @property
    def is_right(self) -> bool:
        """Whether the prediction counts as right."""
        return self.counted == self.example.label


@dataclass(frozen=True, slots=True)
class Report:
    """Scores over `LABELS`."""

    accuracy: float
    macro_f1: float
    interval: tuple[float, float]
    """95 % bootstrap interval of the macro-F1"""
    calibration_error: float
    """expected calibration error over ten bins of equal width (Guo et al., 2017)"""
    per_label: dict[str, tuple[float, float, float, int]]
    """label → precision, recall, F1, number of examples"""
    confusion: list[list[int]]
    """rows are labels, columns predictions, in the order of `LABELS`"""
    errors: list[Judged]
    """the wrong ones, the most confident first"""


def report(judged: Sequence[Judged]) -> Report:
    """Compare predicted labels with the examples'."""
    from sklearn import metrics  # 40 MB that every command would hold

    truth = np.array([one.example.label for one in judged])
    counted = np.array([one.counted for one in judged])
    scores = np.array(metrics.precision_recall_fscore_support(truth, counted, labels=LABELS, zero_division=0)).T
    return Report(
        accuracy=float(metrics.accuracy_score(truth, counted)),
        macro_f1=_macro_f1(truth, counted),
        interval=_interval(truth, counted),
        calibration_error=calibration_error([one.confidence for one in judged], [one.is_right for one in judged]),
        per_label={
            label: (float(row[0]), float(row[1]), float(row[2]), int(row[3]))
            for label, row in zip(LABELS, scores, strict=True)
        },
        confusion=metrics.confusion_matrix(truth, counted, labels=LABELS).tolist(),
        errors=sorted((one for one in judged if not one.is_right), key=lambda one: -one.confidence),
    )


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """How far confidence and accuracy lie apart, on average over bins of confidence."""
    confidence, hit = np.asarray(confidences), np.asarray(right, dtype=float)
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = [
        abs(confidence[bins == one].mean() - hit[bins == one].mean()) * np.mean(bins == one) for one in np.unique(bins)
    ]
    return float(sum(gaps))


def _interval(truth: NDArray[np.str_], counted: NDArray[np.str_]) -> tuple[float, float]:
    random = np.random.default_rng(0)
    picks = random.integers(len(truth), size=(RESAMPLES, len(truth)))
    low, high = np.percentile([_macro_f1(truth[pick], counted[pick]) for pick in picks], [2.5, 97.5])
    return float(low), float(high)


def _macro_f1(truth: NDArray[np.str_], counted: NDArray[np.str_]) -> float:
    """As scikit-learn's, without its checks, which cost more than the sums."""
    scores = []
    for label in LABELS:
        is_label, says_label = truth == label, counted == label
        said_or_is = is_label.sum() + says_label.sum()
        scores.append(2 * (is_label & says_label).sum() / said_or_is if said_or_is else 0.0)
    return float(np.mean(scores))
