"""Regularised least squares on a kernel, and confidence that is true.

The fit has a closed form, and so has what each example would score if it had been left out of it: one inverse gives
both (Rifkin and Lippert, "Notes on Regularized Least Squares", 2007, section 3). The left-out scores stand for people
the model has not met, so the temperature that turns scores into chances is fitted on them (Guo et al., "On
Calibration of Modern Neural Networks", 2017).
"""

from dataclasses import dataclass
from os import cpu_count

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fit:
    """`dual` weighs the examples, (n, classes); `left_out` are their scores without themselves, (n, classes)."""

    dual: Matrix
    left_out: Matrix


def fit(kernel: Matrix, targets: Matrix, importance: NDArray[np.float64], ridge: float) -> Fit:
    """Fit `targets` (n, classes) on a positive definite `kernel` (n, n), which is overwritten.

    A mistake on an example costs its `importance`; `ridge` is the cost of large weights.
    Raises ValueError if the kernel is not positive definite.
    """
    kernel[np.diag_indices_from(kernel)] += ridge / importance
    root = _inverse_root(kernel)
    dual = root.T @ (root @ targets)
    own_weight = np.einsum("ij,ij->j", root, root)  # the diagonal of the inverse: all of it that is needed
    return Fit(dual, targets - dual / own_weight[:, np.newaxis])


def _inverse_root(matrix: Matrix) -> Matrix:
    """The lower triangle R with RᵀR = matrix⁻¹; a third less work than the inverse itself."""
    from scipy.linalg import lapack  # 10 MB with the other, and serving needs neither

    with threadpool_limits(cpu_count()):  # the encoder leaves one thread to the process
        # Symmetric, it is its own transpose, which LAPACK takes without copying it.
        factor, failed = lapack.spotrf(matrix.T, lower=True, clean=True, overwrite_a=True)
        if failed:
            raise ValueError("the kernel is not positive definite")
        root, _ = lapack.strtri(factor, lower=True, overwrite_c=True)
    inverse_root: Matrix = root
    return inverse_root


def chances(scores: Matrix, temperature: float) -> Matrix:
    """Scores (…, classes) as probabilities that sum to one."""
    scaled = scores * temperature
    odds = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    shares: Matrix = odds / odds.sum(axis=-1, keepdims=True)
    return shares


def best_temperature(left_out: Matrix, groups: Matrix, truth: NDArray[np.int64]) -> float:
    """The temperature that makes the true groups of classes most likely.

    `groups` (classes, labels) is 1 where a class belongs to a label; `truth` (n,) are label indices.
    """
    from scipy.optimize import minimize_scalar

    rows = np.arange(len(truth))

    def surprise(log_temperature: float) -> float:
        said = chances(left_out, float(np.exp(log_temperature))) @ groups
        return -float(np.log(said[rows, truth] + 1e-9).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(0.0, 5.0), method="bounded").x))
