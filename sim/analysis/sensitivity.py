"""Which inputs matter: designs and indices of global sensitivity analysis, on SALib.

- **Sobol** (Saltelli et al. 2010, *Comput. Phys. Commun.* 181): share of the output's variance
  that an input explains alone (first order, ``S1``) and with all its interactions (total,
  ``ST``). Needs ``sobol_design``.
- **Morris** (1991, *Technometrics* 33): mean size of one-at-a-time effects, ``mu_star``; cheap,
  for a first look. Needs ``morris_design``.
- **PAWN** (Pianosi and Wagener 2015, *Environ. Model. Softw.* 67): how far an input shifts the
  output's distribution. Takes any sample.

Every table has one row an input, in the order of the problem, with a 95 % interval where the
method has one. Outputs must be finite, one for each point; Sobol and Morris refuse points of
another design. Intervals hold the truth in 95 % of samples of random points; points spread by a
Sobol sequence come closer than the intervals say.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from models.wording import one_of
from sim.analysis import designs
from sim.checks import in_range, is_number, numbers, seed_number, shown

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95
RESAMPLES, MOST_RESAMPLES = 500, 100_000
NARROW = 0.1
"""Half-width of every interval of a total index at which a Sobol analysis counts as converged."""
HOW_TO_GET = 'sensitivity analysis needs SALib: pip install -e ".[analysis]"'
MOST = 2**24
"""Points of a design at most: beyond it a typing error is more likely than a study."""
Problem = dict[str, Any]


def problem(names: list[str], low: Any, high: Any) -> Problem:
    """Inputs with the ends of their ranges, arrays of shape (inputs,), as SALib takes them."""
    low, high = (np.atleast_1d(numbers(end, of)) for end, of in (("low", low), ("high", high)))
    named = isinstance(names, (list, tuple)) and all(isinstance(name, str) for name in names)
    if not named or not names:
        raise ValueError(f"names = {shown(names)}: must be a list of names, one an input")
    if twice := [name for place, name in enumerate(names) if name in names[:place]]:
        raise ValueError(f"names: '{twice[0]}' is there twice")
    if not (len(names) == len(low) == len(high)):
        raise ValueError(f"names {len(names)}, low {len(low)}, high {len(high)}: must be as many")
    bad = [n for n, a, b in zip(names, low, high, strict=True) if not -np.inf < a < b < np.inf]
    if bad:
        raise ValueError(f"range of '{bad[0]}': low must be below high, both finite")
    bounds = np.stack([low, high], axis=1).tolist()
    return {"num_vars": len(names), "names": list(names), "bounds": bounds}


def sobol_design(problem: Problem, samples: int, seed: int) -> np.ndarray:
    """Saltelli's design without second order: (samples (inputs + 2), inputs) points."""
    designs.checked(problem)
    samples = _power(samples)
    with _salib():
        from SALib.sample import sobol
    points = sobol.sample(problem, samples, calc_second_order=False, seed=_small(seed))
    return np.asarray(points)


def morris_design(problem: Problem, trajectories: int, seed: int, levels: int = 4) -> np.ndarray:
    """One-at-a-time trajectories: (trajectories (inputs + 1), inputs) points."""
    designs.checked(problem)
    trajectories = _whole("trajectories", trajectories, 2, MOST)
    levels = _whole("levels", levels, 2, 1000)
    if levels % 2:
        raise ValueError(f"levels = {levels}: must be even")
    with _salib():
        from SALib.sample import morris
    points = morris.sample(problem, trajectories, num_levels=levels, seed=_small(seed))
    return np.asarray(points)


def spread_design(problem: Problem, samples: int, seed: int, method: str) -> np.ndarray:
    """A space-filling sample: ``sobol`` (scrambled sequence) or ``latin_hypercube``."""
    from scipy.stats import qmc

    kinds = {"sobol": qmc.Sobol, "latin_hypercube": qmc.LatinHypercube}
    designs.checked(problem)
    one_of("method", method, kinds)
    samples = _whole("samples", samples, 1, MOST)
    rng = np.random.default_rng(seed_number(seed))
    unit = kinds[method](problem["num_vars"], rng=rng).random(samples)
    low, high = np.array(problem["bounds"]).T
    return low + (high - low) * unit


def sobol_indices(
    problem: Problem,
    output: Any,
    seed: int = 0,
    resamples: int = RESAMPLES,
    points: Any = None,
) -> "pd.DataFrame":
    """First-order and total Sobol indices of ``output``, shape (points,).

    ``points``, shape (points, inputs), must be those of ``sobol_design`` in their order: each block
    is checked, since indices of any other sample are wrong without a sign of it.

    Columns ``S1, S1_low, S1_high, ST, ST_low, ST_high``: intervals from ``resamples`` bootstrap
    samples, normal approximation. An output that never varies has indices of 0.
    """
    import pandas as pd

    designs.checked(problem)
    output = designs.outputs(output)
    designs.check_saltelli(problem, output, points)
    seed = _small(seed)
    names = pd.Index(problem["names"], name="input")
    if np.ptp(output) == 0.0:
        return pd.DataFrame(0.0, names, [f"{s}{e}" for s in ("S1", "ST") for e in ("", *ENDS)])
    with _salib():
        from SALib.analyze import sobol
    resamples = _whole("resamples", resamples, 2, MOST_RESAMPLES)
    options = {"num_resamples": resamples, "conf_level": LEVEL, "seed": seed}
    computed = sobol.analyze(problem, output, calc_second_order=False, **options)
    table: dict[str, Any] = {}
    for index in ("S1", "ST"):
        middle, reach = computed[index], computed[f"{index}_conf"]
        table |= {index: middle, f"{index}_low": middle - reach, f"{index}_high": middle + reach}
    return pd.DataFrame(table, names)


ENDS = ("_low", "_high")


def sobol_convergence(
    problem: Problem, output: Any, seed: int = 0, points: Any = None
) -> "pd.DataFrame":
    """Sobol indices from an eighth, a quarter, a half and all of the base samples.

    Columns as ``sobol_indices`` plus ``samples``. If the intervals don't narrow, or the order
    of the inputs still changes, more samples are needed.
    """
    import pandas as pd

    designs.checked(problem)
    output = designs.outputs(output)
    designs.check_saltelli(problem, output, points)
    each = problem["num_vars"] + 2
    samples = len(output) // each
    sizes = [n for n in (samples // 8, samples // 4, samples // 2, samples) if n >= 4]
    parts = [
        sobol_indices(problem, output[: n * each], seed, 200, points[: n * each]).assign(samples=n)
        for n in sizes or [samples]
    ]
    return pd.concat(parts).reset_index()


def converged(indices: "pd.DataFrame", narrow: float = NARROW) -> bool:
    """Whether every interval of a total index reaches at most ``narrow`` to either side."""
    narrow = in_range("narrow", narrow, 0.0, None, "half-width of an interval", open_=True)
    if not {"ST_low", "ST_high"} <= set(getattr(indices, "columns", ())):
        raise ValueError(f"indices = {shown(indices)}: must be the table of sobol_indices")
    return bool(((indices.ST_high - indices.ST_low) / 2.0 <= narrow).all())


def morris_indices(
    problem: Problem, points: Any, output: Any, seed: int = 0, levels: int = 4
) -> "pd.DataFrame":
    """Mean absolute elementary effect ``mu_star`` with interval, ``mu`` and ``sigma``.

    ``points`` must be those of ``morris_design`` with the same ``levels``, in their order; they are
    checked. Effects are per range of the input. ``sigma`` large beside ``mu_star``: curved or
    interacting.
    """
    import pandas as pd

    designs.checked(problem)
    output = designs.outputs(output)
    designs.check_morris(problem, output, points, levels)
    with _salib():
        from SALib.analyze import morris
    options = {"num_levels": levels, "conf_level": LEVEL, "seed": _small(seed)}
    computed = morris.analyze(problem, np.asarray(points, float), output, **options)
    middle, reach = (
        np.asarray(computed["mu_star"], float),
        np.asarray(computed["mu_star_conf"], float),
    )
    table = {"mu_star": middle, "mu_star_low": middle - reach, "mu_star_high": middle + reach}
    table |= {name: np.asarray(computed[name], float) for name in ("mu", "sigma")}
    return pd.DataFrame(table, pd.Index(problem["names"], name="input"))


def pawn_indices(
    problem: Problem,
    points: Any,
    output: Any,
    seed: int = 0,
    slices: int = 10,
    permutations: int = 39,
) -> "pd.DataFrame":
    """Median Kolmogorov-Smirnov distance over ``slices`` of each input, and what chance gives.

    ``dummy`` is the index that the largest of as many inputs without any influence exceeds in 5 %
    of samples of this size, from ``permutations`` of the output: an index below it means nothing.
    There is no interval: the distance is biased upwards in samples of usual size, resampling adds
    to the bias, and 95 % bootstrap intervals held the truth in 0 to 28 % of samples of 256 points.
    """
    import pandas as pd

    designs.checked(problem)
    output = designs.outputs(output)
    points = designs.points_of(problem, points, len(output))
    slices = _slices(slices, len(output))
    permutations = _whole("permutations", permutations, 19, MOST_RESAMPLES)
    random = np.random.default_rng(_small(seed))
    shuffled = (random.permutation(output) for _ in range(permutations))
    chance = [_pawn(problem, points, each, slices).max() for each in shuffled]
    table = {
        "pawn": _pawn(problem, points, output, slices),
        "dummy": float(np.quantile(chance, LEVEL, method="higher")),
    }
    return pd.DataFrame(table, pd.Index(problem["names"], name="input"))


def noise_share(errors: Any, output: Any) -> float:
    """Share of the variance of ``output`` that is Monte-Carlo error, from its standard errors.

    No index can explain this share: it is chance within cells, not an input.
    """
    errors, output = numbers("errors", errors), designs.outputs(output)
    if errors.shape != output.shape or (errors < 0.0).any():
        raise ValueError(f"errors: must be numbers of at least 0, one for each of {len(output)}")
    total = float(np.var(output))
    return float(np.mean(errors**2)) / total if total > 0.0 else float("nan")


def _pawn(problem: Problem, points: np.ndarray, output: np.ndarray, slices: int) -> np.ndarray:
    with _salib():
        from SALib.analyze import pawn
    computed = pawn.analyze(problem, points, output, S=slices)
    return np.asarray(computed["median"], float)


def _slices(slices: Any, points: int) -> int:
    """How many slices an input is cut into; refuses numbers that SALib can't cut into."""
    slices = _whole("slices", slices, 2, points // 2)
    if not _cut_evenly(slices):
        fewer = next(n for n in range(slices, 1, -1) if _cut_evenly(n))
        raise ValueError(f"slices = {slices}: can't be cut without rounding; nearest: {fewer}")
    return slices


def _cut_evenly(slices: int) -> bool:
    """Whether steps of one slice end at 1; SALib 1.6 adds them up and trips over what is beyond."""
    return bool(np.arange(0.0, 1.0 + 1.0 / slices, 1.0 / slices).max() <= 1.0)


def _whole(name: str, value: int, least: int, most: int) -> int:
    known = is_number(value) and value == int(value)
    if not known or not least <= value <= most:
        raise ValueError(f"{name} = {shown(value)}: must be a whole number in {least} to {most}")
    return int(value)


def _power(samples: int) -> int:
    samples = _whole("samples", samples, 2, MOST)
    if samples < 2 or samples & (samples - 1):
        raise ValueError(f"samples = {samples}: must be a power of 2 of at least 2")
    return samples


def _small(seed: int) -> int:
    """SALib takes seeds of 32 bits."""
    return seed_number(seed) % 2**32


@contextmanager
def _salib() -> Iterator[None]:
    """Around an import of SALib's: where it is missing, one line says how to get it."""
    try:
        yield
    except ImportError as fault:
        raise ValueError(HOW_TO_GET) from fault
