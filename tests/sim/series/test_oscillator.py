"""Coupled oscillators: the published bias of GLLA and its correction."""

import numpy as np
import pytest

from sim import series as dyadic
from sim.series.oscillator import derivatives, weights


def test_the_published_bias_of_glla():
    """A sine of period 50 comes out at 53.51782 with embed 5 and tau 5."""
    wave = np.sin(2.0 * np.pi * np.arange(500) / 50.0)
    fit = dyadic.one_oscillator(wave, embed=5, tau=5)
    # The series is no whole number of periods in the windows, so the damping is not quite 0.
    assert 2.0 * np.pi / np.sqrt(-fit.restoring[0, 0]) == pytest.approx(53.51782, abs=5e-3)
    assert 50.0 * dyadic.bias(50.0, 5, 5) == pytest.approx(53.51782, abs=5e-6)
    fixed = dyadic.one_oscillator(wave, embed=5, tau=5, corrected=True)
    assert fixed.periods[0] == pytest.approx(50.0, abs=2e-3) and fixed.corrected


def test_glla_is_exact_for_a_parabola():
    t = np.arange(30) * 0.5
    level, slope, bend = derivatives(1.0 + 2.0 * t + 3.0 * t * t, 5, 2, 0.5)
    np.testing.assert_allclose(bend, 6.0, atol=1e-9)
    np.testing.assert_allclose(slope, 2.0 + 6.0 * t[4:-4], atol=1e-9)
    assert weights(5, 2, 0.5).shape == (5, 3) and len(level) == 22


def solved(h, z, start, times):
    """Two coupled oscillators by SciPy, which knows nothing of GLLA."""
    from scipy.integrate import solve_ivp

    h, z = np.array(h), np.array(z)
    return solve_ivp(
        lambda t, y: np.concatenate([y[2:], h @ y[:2] + z @ y[2:]]),
        (0.0, times[-1]), start, t_eval=times, rtol=1e-11, atol=1e-12,
    ).y[:2]  # fmt: skip


def test_the_correction_undoes_the_bias_of_coupled_damped_oscillators():
    h, z = [[-0.030, 0.006], [0.004, -0.018]], [[-0.015, 0.004], [0.002, -0.010]]
    pair = solved(h, z, [1.0, -0.6, 0.05, 0.02], np.arange(400.0))
    raw = dyadic.oscillators(pair, embed=5, tau=4)
    fixed = dyadic.oscillators(pair, embed=5, tau=4, corrected=True)

    def miss(fit):
        return max(np.abs(fit.restoring - h).max(), np.abs(fit.damping - z).max())

    assert miss(fixed) < 0.25 * miss(raw) and miss(fixed) < 1e-3


def test_a_wave_shared_by_both_cannot_be_told_apart():
    wave = np.sin(np.arange(300) / 8.0)
    with pytest.raises(ValueError, match="rank deficient"):
        dyadic.oscillators(np.stack([wave, -0.5 * wave]))
