"""Regularised least squares and its confidence, held against their definitions."""

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.nlu.least_squares import Matrix, best_temperature, chances, fit

RIDGE = 0.5
EXAMPLES = 40
CLASSES = 3


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def kernel(random: np.random.Generator) -> Matrix:
    """Gaussian likeness of random points."""
    points = random.normal(size=(EXAMPLES, 4))
    squares = ((points[:, np.newaxis] - points) ** 2).sum(axis=2)
    close: Matrix = np.exp(-0.3 * squares).astype(np.float32)
    return close


@pytest.fixture
def targets(random: np.random.Generator) -> Matrix:
    told: Matrix = np.eye(CLASSES, dtype=np.float32)[random.integers(CLASSES, size=EXAMPLES)]
    return told


@pytest.fixture
def importance(random: np.random.Generator) -> NDArray[np.float64]:
    return random.uniform(0.5, 3.0, size=EXAMPLES)


class TestFit:
    def test_solves_the_regularised_equations(
        self, kernel: Matrix, targets: Matrix, importance: NDArray[np.float64]
    ) -> None:
        ridged = kernel + np.diag(RIDGE / importance)
        fitted = fit(kernel.copy(), targets, importance, RIDGE)
        np.testing.assert_allclose(ridged @ fitted.dual, targets, atol=1e-3)

    def test_left_out_scores_are_those_of_a_fit_without_the_example(
        self, kernel: Matrix, targets: Matrix, importance: NDArray[np.float64]
    ) -> None:
        left_out = fit(kernel.copy(), targets, importance, RIDGE).left_out
        for index in range(EXAMPLES):
            rest = np.delete(np.arange(EXAMPLES), index)
            refitted = fit(kernel[np.ix_(rest, rest)].copy(), targets[rest], importance[rest], RIDGE)
            np.testing.assert_allclose(left_out[index], kernel[index, rest] @ refitted.dual, atol=1e-3)

    def test_an_example_of_double_importance_counts_like_two(self, kernel: Matrix, targets: Matrix) -> None:
        importance = np.ones(EXAMPLES)
        importance[0] = 2
        twice = np.append(np.arange(EXAMPLES), 0)
        heavy = kernel @ fit(kernel.copy(), targets, importance, RIDGE).dual
        doubled = fit(kernel[np.ix_(twice, twice)].copy(), targets[twice], np.ones(EXAMPLES + 1), RIDGE)
        np.testing.assert_allclose(heavy, kernel[:, twice] @ doubled.dual, atol=1e-3)

    def test_the_more_important_an_example_the_smaller_its_mistake(self, kernel: Matrix, targets: Matrix) -> None:
        mistakes = []
        for weight in (0.1, 1.0, 10.0):
            importance = np.ones(EXAMPLES)
            importance[0] = weight
            scores = kernel @ fit(kernel.copy(), targets, importance, RIDGE).dual
            mistakes.append(float(np.abs(scores[0] - targets[0]).sum()))
        assert mistakes == sorted(mistakes, reverse=True)

    def test_a_kernel_that_is_not_positive_definite_is_refused(self, targets: Matrix) -> None:
        kernel = -np.eye(EXAMPLES, dtype=np.float32)
        with pytest.raises(ValueError, match="positive definite"):
            fit(kernel, targets, np.ones(EXAMPLES), RIDGE)


class TestChances:
    @pytest.mark.parametrize(
        "shape", [pytest.param((5,), id="one message"), pytest.param((7, 5), id="many"), pytest.param((4,), id="few")]
    )
    @pytest.mark.parametrize("temperature", [0.1, 1.0, 50.0])
    def test_sum_to_one(self, random: np.random.Generator, shape: tuple[int, ...], temperature: float) -> None:
        said = chances(random.normal(size=shape).astype(np.float32), temperature)
        assert said.shape == shape
        np.testing.assert_allclose(said.sum(axis=-1), 1, rtol=1e-5)

    def test_keep_the_order_of_the_scores(self) -> None:
        assert chances(np.array([0.2, -0.1, 0.9], np.float32), 8.0).argsort().tolist() == [1, 0, 2]

    def test_a_higher_temperature_is_surer(self) -> None:
        scores = np.array([0.2, 0.9], np.float32)
        assert chances(scores, 1.0).max() < chances(scores, 5.0).max() < chances(scores, 20.0).max()

    def test_large_scores_do_not_overflow(self) -> None:
        assert chances(np.array([1e4, -1e4], np.float32), 100.0).tolist() == [1.0, 0.0]


class TestTemperature:
    @pytest.mark.parametrize("known", [1.5, 4.0, 20.0])
    def test_recovers_the_one_that_the_truth_was_drawn_with(self, random: np.random.Generator, known: float) -> None:
        scores = random.normal(scale=2 / known, size=(4_000, 4)).astype(np.float32)
        truth = np.array([random.choice(4, p=row / row.sum()) for row in chances(scores, known).astype(np.float64)])
        assert best_temperature(scores, np.eye(4, dtype=np.float32), truth) == pytest.approx(known, rel=0.1)

    def test_is_fitted_on_groups_of_classes(self, random: np.random.Generator) -> None:
        groups = np.array([[1, 0], [1, 0], [0, 1]], np.float32)
        scores = random.normal(size=(4_000, 3)).astype(np.float32)
        said = chances(scores, 3.0) @ groups
        truth = (random.uniform(size=len(said)) > said[:, 0]).astype(np.int64)
        assert best_temperature(scores, groups, truth) == pytest.approx(3.0, rel=0.1)
