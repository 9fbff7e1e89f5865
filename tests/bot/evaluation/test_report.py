"""Scores, held against scikit-learn's and against known cases."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

from bot.evaluation import LABELS, Example, Judged, Report, report
from bot.evaluation.report import calibration_error


def judged(label: str, predicted: str, confidence: float = 0.5, also_ok: tuple[str, ...] = ()) -> Judged:
    return Judged(Example(f"{label} {predicted}", label, also_ok), predicted, confidence)


@pytest.fixture(params=range(5))
def guesses(request: pytest.FixtureRequest) -> tuple[list[str], list[str]]:
    """Random labels and predictions, right about half of the time; some labels may not occur."""
    random = np.random.default_rng(request.param)
    truth = random.choice(LABELS[: request.param + 1], size=60)
    predicted = np.where(random.uniform(size=60) < 0.5, truth, random.choice(LABELS, size=60))
    return truth.tolist(), predicted.tolist()


@pytest.fixture
def made(guesses: tuple[list[str], list[str]]) -> Report:
    return report([judged(truth, predicted) for truth, predicted in zip(*guesses, strict=True)])


class TestAgainstScikitLearn:
    def test_accuracy_and_macro_f1(self, guesses: tuple[list[str], list[str]], made: Report) -> None:
        assert made.accuracy == pytest.approx(accuracy_score(*guesses))
        assert made.macro_f1 == pytest.approx(f1_score(*guesses, labels=LABELS, average="macro", zero_division=0))

    def test_scores_by_label(self, guesses: tuple[list[str], list[str]], made: Report) -> None:
        expected = np.array(precision_recall_fscore_support(*guesses, labels=LABELS, zero_division=0)).T
        assert list(made.per_label) == list(LABELS)
        np.testing.assert_allclose(list(made.per_label.values()), expected)

    def test_confusion(self, guesses: tuple[list[str], list[str]], made: Report) -> None:
        assert made.confusion == confusion_matrix(*guesses, labels=LABELS).tolist()

    def test_the_interval_lies_around_the_score(self, made: Report) -> None:
        low, high = made.interval
        assert 0 <= low < made.macro_f1 < high <= 1


class TestJudging:
    def test_another_label_that_would_be_right_counts_as_right(self) -> None:
        also = judged("not_delivered", "merchant_gone", also_ok=("merchant_gone", "refund_delayed"))
        assert also.is_right
        made = report([also, *(judged(label, label) for label in LABELS)])
        assert (made.accuracy, made.macro_f1, made.errors) == (1, 1, [])
        assert made.per_label["not_delivered"] == (1, 1, 1, 2)

    def test_any_other_is_wrong(self) -> None:
        assert not judged("not_delivered", "out_of_scope", also_ok=("merchant_gone",)).is_right

    def test_errors_come_the_most_confident_first(self) -> None:
        right, *wrong = (
            judged("not_delivered", "not_delivered", 0.99),
            judged("not_delivered", "out_of_scope", 0.3),
            judged("merchant_gone", "out_of_scope", 0.9),
            judged("out_of_scope", "merchant_gone", 0.6),
        )
        errors = report([right, *wrong]).errors
        assert [one.confidence for one in errors] == [0.9, 0.6, 0.3]
        assert right not in errors

    def test_the_same_examples_give_the_same_interval(self) -> None:
        examples = [judged("not_delivered", label) for label in LABELS]
        assert report(examples).interval == report(examples).interval

    def test_one_example_is_enough(self) -> None:
        made = report([judged("not_delivered", "not_delivered", 1.0)])
        assert (made.accuracy, made.macro_f1, made.calibration_error) == (1, 0.2, 0)


class TestCalibrationError:
    @pytest.mark.parametrize(
        ("confidences", "right", "expected"),
        [
            pytest.param([1.0, 1.0], [True, True], 0.0, id="sure and right"),
            pytest.param([1.0, 1.0], [False, False], 1.0, id="sure and wrong"),
            pytest.param([0.0], [False], 0.0, id="knows that it does not know"),
            pytest.param([0.75] * 4, [True, True, True, False], 0.0, id="right as often as it says"),
            pytest.param([0.95] * 2, [True, False], 0.45, id="too sure"),
            pytest.param([0.35] * 2, [True, True], 0.65, id="not sure enough"),
            pytest.param([0.92, 0.98], [True, False], 0.45, id="two of one bin"),
            pytest.param([0.95, 0.15], [False, True], 0.9, id="two bins do not make up for each other"),
            pytest.param([1.0, 1.0, 1.0, 0.6], [True, True, True, False], 0.15, id="bins weigh by their number"),
        ],
    )
    def test_is_the_mean_gap_between_confidence_and_accuracy(
        self, confidences: list[float], right: list[bool], expected: float
    ) -> None:
        assert calibration_error(confidences, right) == pytest.approx(expected)

    def test_a_chance_a_little_above_one_is_one(self) -> None:
        assert calibration_error([float(np.nextafter(np.float32(1), np.float32(2)))], [True]) < 1e-6
