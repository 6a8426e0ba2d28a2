"""Restricted likelihood of two partners' rows: random intercepts, residuals by role, correlated.

Rows of one couple i (Laird and Ware 1982; what R's ``nlme`` fits with ``varIdent`` by role and a
correlation within a time)::

    y_i = X_i b + Z_i u_i + e_i,   u_i ~ N(0, G),   (e_A, e_B at one time) ~ N(0, R)

G and R are 2 x 2; Z_i says whose row it is. A time at which one partner is missing has the other's
row alone. All the likelihood needs of the rows are their cross products, summed over a couple.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

FLAT = 1e-2
"""Slope of the deviance at which the search ends: differences of sums in the thousands are no
finer, and the numbers found are then right to some five digits."""


class Rows(NamedTuple):
    """Rows in pairs: ``design`` (times, 2, effects), ``outcome`` (times, 2), ``couple`` (times,).

    ``there`` (times, 2) says whose row is there; ``couple`` counts from 0.
    """

    design: np.ndarray
    outcome: np.ndarray
    there: np.ndarray
    couple: np.ndarray


class Fit(NamedTuple):
    """Effects, their covariance, G, R, and what the robust errors need of each couple.

    ``loglik`` is the restricted log-likelihood, as ``nlme`` counts it.
    """

    effects: np.ndarray
    covariance: np.ndarray
    between: np.ndarray
    residual: np.ndarray
    scores: np.ndarray
    loglik: float


Shape = Callable[[np.ndarray], np.ndarray]
"""Three (or two) free numbers to a covariance matrix of 2 x 2."""


def free(numbers: np.ndarray) -> np.ndarray:
    """Any covariance of 2 x 2: from its Cholesky factor."""
    lower = np.array([[numbers[0], 0.0], [numbers[1], numbers[2]]])
    return lower @ lower.T


def symmetric(numbers: np.ndarray) -> np.ndarray:
    """Equal variances (compound symmetry): from the spread of the sum and of the difference."""
    plus, minus = numbers**2
    return 0.5 * np.array([[plus + minus, plus - minus], [plus - minus, plus + minus]])


def fit(rows: Rows, exchangeable: bool, random: bool = True) -> Fit:
    """Restricted maximum likelihood. ``random=False``: one time a couple, no intercepts of theirs.

    Raises ``ValueError`` where it does not converge.
    """
    from scipy.optimize import minimize

    size = float(rows.outcome[rows.there].std()) or 1.0
    scaled = rows._replace(outcome=rows.outcome / size)
    sums = _sums(scaled)
    shape, begin = (symmetric, [0.5, 0.5]) if exchangeable else (free, [0.5, 0.0, 0.5])
    parts = len(begin)

    def matrices(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        between = shape(numbers[parts:]) if random else np.zeros((2, 2))
        return between, shape(numbers[:parts])

    def cost(numbers: np.ndarray) -> float:
        between, residual = matrices(numbers)
        if not np.linalg.det(residual) > 1e-14:
            return 1e10
        return _solved(sums, between, residual)[0]

    start = np.array([*begin, *begin] if random else begin)
    best = minimize(cost, start, method="BFGS", options={"gtol": FLAT, "maxiter": 500})
    if (
        not np.abs(best.jac).max() <= 5.0 * FLAT
    ):  # a variance of 0 lies on an edge, where slopes are of little use
        best = minimize(
            cost,
            best.x,
            method="Nelder-Mead",
            options={"xatol": 1e-6, "fatol": 1e-8, "maxiter": 5000, "adaptive": True},
        )
    done = best.success or np.abs(best.get("jac", np.inf)).max() <= 5.0 * FLAT
    if not (done and np.isfinite(best.fun) and best.fun < 1e9):
        raise ValueError("actor_partner: the fit did not converge; are there enough couples?")
    between, residual = matrices(best.x)
    deviance, effects, inverse, scores = _solved(sums, between, residual)
    count, free_effects = int(rows.there.sum()), rows.design.shape[-1]
    loglik = -0.5 * (deviance + (count - free_effects) * np.log(2.0 * np.pi * size**2))
    return Fit(
        effects * size,
        inverse * size**2,
        between * size**2,
        residual * size**2,
        scores / size,
        float(loglik),
    )


class _Sums(NamedTuple):
    """Cross products of (role A, role B, design, outcome) by couple: (couples, k, k), and counts.

    ``both``: of A's rows, of B's, and of A's with B's, at times when both are there. ``alone``: of
    A's and of B's rows at other times.
    """

    both: tuple[np.ndarray, np.ndarray, np.ndarray]
    alone: tuple[np.ndarray, np.ndarray]
    pairs: int
    singles: tuple[int, int]


def _sums(rows: Rows) -> _Sums:
    times, _, effects = rows.design.shape
    wide = np.zeros((times, 2, effects + 3))
    wide[:, 0, 0] = wide[:, 1, 1] = 1.0
    wide[:, :, 2:-1], wide[:, :, -1] = rows.design, rows.outcome
    wide = np.where(rows.there[..., None], wide, 0.0)
    couples = int(rows.couple.max()) + 1
    pair = np.asarray(rows.there.all(axis=1))

    def summed(one: np.ndarray, two: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        total = np.zeros((couples, effects + 3, effects + 3))
        np.add.at(total, rows.couple[chosen], one[chosen, :, None] * two[chosen, None, :])
        return total

    first, second = wide[:, 0], wide[:, 1]
    cross = summed(first, second, pair)
    only = (rows.there[:, 0] & ~pair, rows.there[:, 1] & ~pair)
    return _Sums(
        (summed(first, first, pair), summed(second, second, pair), cross + cross.swapaxes(1, 2)),
        (summed(first, first, only[0]), summed(second, second, only[1])),
        int(pair.sum()),
        (int(only[0].sum()), int(only[1].sum())),
    )


def _solved(
    sums: _Sums, between: np.ndarray, residual: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
    """Deviance (without its constant), effects, their covariance, each couple's scores."""
    precision, (var_a, var_b) = np.linalg.inv(residual), residual.diagonal()
    products = (
        precision[0, 0] * sums.both[0]
        + precision[1, 1] * sums.both[1]
        + precision[0, 1] * sums.both[2]
        + sums.alone[0] / var_a
        + sums.alone[1] / var_b
    )
    # (Z'R^-1 Z + G^-1)^-1 without inverting G, which may be singular.
    inner = np.eye(2) + between @ products[:, :2, :2]
    shrunk = np.linalg.solve(inner, np.broadcast_to(between, (len(products), 2, 2)))
    left = products[:, :2, 2:]
    each = products[:, 2:, 2:] - left.swapaxes(1, 2) @ shrunk @ left
    whole = each.sum(axis=0)
    design, with_outcome = whole[:-1, :-1], whole[:-1, -1]
    effects = np.linalg.solve(design, with_outcome)
    rest = float(whole[-1, -1] - with_outcome @ effects)
    logdet = (
        sums.pairs * np.log(np.linalg.det(residual))
        + sums.singles[0] * np.log(var_a)
        + sums.singles[1] * np.log(var_b)
        + np.log(np.linalg.det(inner)).sum()
        + np.linalg.slogdet(design)[1]
    )
    scores = each[:, :-1, -1] - each[:, :-1, :-1] @ effects
    return float(logdet + rest), effects, np.linalg.inv(design), scores
