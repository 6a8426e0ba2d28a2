"""The interval of an estimate is SciPy's percentile bootstrap, but for the last bit."""

import subprocess
import sys

import numpy as np
import pytest

from sim.analysis.measures import RESAMPLES, estimate


@pytest.mark.parametrize("statistic", [np.mean, np.median])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
@pytest.mark.parametrize("couples", [2, 3, 20, 200])
def test_the_interval_is_that_of_scipy(couples, level, statistic):
    from scipy.stats import bootstrap

    values = np.random.default_rng(couples).normal(0.3, 2.0, couples)
    found = estimate(values, seed=7, statistic=statistic, level=level)
    wanted = bootstrap(
        (values,), statistic, n_resamples=RESAMPLES, confidence_level=level, method="percentile",
        rng=np.random.default_rng(7),
    ).confidence_interval  # fmt: skip
    # NumPy versions differ in the last bit of a quantile between two values.
    np.testing.assert_allclose((found.low, found.high), (wanted.low, wanted.high), rtol=1e-13)


def test_an_estimate_does_not_import_scipy():
    code = (
        "import sys; from sim.analysis.measures import estimate; estimate(range(9));"
        "sys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
