"""Coupled damped oscillators, with derivatives estimated by GLLA, its bias, and a way to undo it.

Generalised local linear approximation (Boker et al. 2010) fits a parabola to a few samples, and a
wave that bends within them is flattened. Equation, for each partner::

    y'' = h * y + z * y' + h_p * partner + z_p * partner'
"""

from typing import Any, NamedTuple

import numpy as np
import xarray as xr

from models.wording import shown
from sim.checks import flag, in_range, whole
from sim.series.checks import check_length, check_rank, couple_by_couple, enough
from sim.series.copies import check_copies
from sim.series.pieces import numbers, prepared, step

MOST_SAMPLES = 10_000
TERMS = ("h", "z", "h_partner", "z_partner")


def weights(embed: int, tau: int, dt: float) -> np.ndarray:
    """Weights (embed, 3) that turn ``embed`` samples, ``tau`` apart, into level, slope and bend."""
    embed, tau = spans(embed, tau)
    dt = in_range("dt", dt, 0.0, None, "time between two samples", open_=True)
    times = offsets(embed, tau, dt)
    loading = np.column_stack([np.ones(embed), times, 0.5 * times**2])
    return np.linalg.pinv(loading).T


def spans(embed: Any, tau: Any) -> tuple[int, int]:
    """How many samples a window has, and how many steps lie between two of them."""
    return (
        whole("embed", embed, "samples in a window", 3, MOST_SAMPLES),
        whole("tau", tau, "steps between samples", 1, MOST_SAMPLES),
    )


def offsets(embed: int, tau: int, dt: float) -> np.ndarray:
    """Times of the samples around their middle."""
    return (np.arange(embed) - (embed - 1) / 2.0) * tau * dt


def derivatives(values: np.ndarray, embed: int, tau: int, dt: float) -> np.ndarray:
    """Level, first and second derivative along the last axis: shape (3, ..., windows)."""
    width = (embed - 1) * tau + 1
    windows = np.lib.stride_tricks.sliding_window_view(values, width, axis=-1)[..., ::tau]
    return np.moveaxis(windows @ weights(embed, tau, dt), -1, 0)


class Oscillators(NamedTuple):
    """Coefficients of one couple: ``restoring`` (h) and ``damping`` (z), each (partner, of whom).

    ``periods`` are those of the couple's oscillating modes, in the unit of ``dt``; ``corrected``
    says whether the bias of the derivatives was undone.
    """

    restoring: np.ndarray
    damping: np.ndarray
    periods: np.ndarray
    corrected: bool


def bias(period: float, embed: int, tau: int, dt: float = 1.0) -> float:
    """The period that GLLA makes of an undamped wave of ``period``, over that period."""
    embed, tau = spans(embed, tau)
    period = in_range("period", period, 0.0, None, "time a wave takes", open_=True)
    level, _, bend = gains(2j * np.pi / period, weights(embed, tau, dt), offsets(embed, tau, dt))
    ratio = np.real(bend / level)
    return float(2.0 * np.pi / np.sqrt(-ratio) / period) if ratio < 0.0 else np.nan


def gains(rate: complex, weight: np.ndarray, times: np.ndarray) -> np.ndarray:
    """What GLLA makes of ``exp(rate t)`` at t = 0: level, slope, bend (1, rate, rate^2 if true)."""
    return np.exp(rate * times) @ weight


def oscillators(
    pair: np.ndarray,
    embed: int = 5,
    tau: int = 1,
    dt: float = 1.0,
    corrected: bool = False,
    piece: np.ndarray | None = None,
) -> Oscillators:
    """The coupled oscillators of two series, shape (2, times), by least squares on derivatives.

    Windows with a missing value, or reaching over two of the ``piece`` numbers (times,), are left
    out; each person's mean is that over all there is.

    ``corrected`` undoes the bias: exact for noise-free linear oscillators whose modes the samples
    can tell apart; noise in the values still biases (as it does uncorrected). Raises
    ``ValueError`` where the predictors are not independent, as in one pure wave shared by both.
    """
    embed, tau = spans(embed, tau)
    pair = _values("pair", pair, (2, None))
    flag("corrected", corrected)
    if pair.shape[-1] <= (embed - 1) * tau + 5:
        raise ValueError(f"series of {pair.shape[-1]} values: too short for embed and tau")
    if not np.isfinite(pair).any(axis=-1).all():
        raise ValueError("series: a partner has no value at all")
    centred = pair - np.nanmean(pair, axis=-1, keepdims=True)
    level, slope, bend = derivatives(centred, embed, tau, dt)
    whole = np.isfinite(level).all(axis=0)
    if piece is not None:
        whole &= piece[: whole.size] == piece[len(piece) - whole.size :]
    level, slope, bend = level[:, whole], slope[:, whole], bend[:, whole]
    enough(bend.T, 5, "(one)")
    predictors = np.column_stack([*level, *slope])
    check_rank(predictors, ("level A", "level B", "slope A", "slope B"), "(one)")
    found = np.linalg.lstsq(predictors, bend.T, rcond=None)[0].T
    return _result(found[:, :2], found[:, 2:], embed, tau, dt, corrected)


def one_oscillator(
    values: np.ndarray, embed: int = 5, tau: int = 1, dt: float = 1.0, corrected: bool = False
) -> Oscillators:
    """The damped oscillator of a single series: restoring and damping of shape (1, 1)."""
    embed, tau = spans(embed, tau)
    flag("corrected", corrected)
    values = _values("values", values, (None,))
    if len(values) <= (embed - 1) * tau + 5 or not np.isfinite(values).all():
        raise ValueError(f"values: {len(values)} of them must be finite, and enough for embed, tau")
    level, slope, bend = derivatives(values - values.mean(), embed, tau, dt)
    found = np.linalg.lstsq(np.column_stack([level, slope]), bend, rcond=None)[0]
    return _result(found[:1, None], found[1:, None], embed, tau, dt, corrected)


def _values(name: str, given: Any, shape: tuple[int | None, ...]) -> np.ndarray:
    """Series as an array of numbers of this shape; None stands for any length."""
    try:
        values = np.asarray(given, float)
    except (TypeError, ValueError):
        values = np.array(np.nan)
    fits = values.ndim == len(shape) and all(
        want in (None, have) for want, have in zip(shape, values.shape, strict=True)
    )
    if not fits or np.ma.is_masked(given):
        raise ValueError(
            f"{name} = {shown(given)}: must be numbers, {'two' if len(shape) > 1 else 'one'} series"
        )
    return values


def _result(
    h: np.ndarray, z: np.ndarray, embed: int, tau: int, dt: float, fix: bool
) -> Oscillators:
    if fix:
        h, z = _corrected(h, z, weights(embed, tau, dt), offsets(embed, tau, dt))
    turning = np.imag(np.linalg.eigvals(_companion(h, z)))
    # Eigenvalues that turn come in pairs; one of each pair gives the period.
    periods = np.sort(2.0 * np.pi / turning[turning > 1e-12])
    return Oscillators(h, z, periods, fix)


def _companion(h: np.ndarray, z: np.ndarray) -> np.ndarray:
    size = len(h)
    return np.block([[np.zeros((size, size)), np.eye(size)], [h, z]])


def _corrected(
    h: np.ndarray, z: np.ndarray, weight: np.ndarray, times: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients whose modes, seen through GLLA, give the estimated ones.

    Each true mode ``v exp(s t)`` obeys ``(bend(s) - slope(s) z - level(s) h) v = 0`` with the
    estimated h and z. Its s is found from the apparent one, then h and z follow from all modes.
    """
    size = len(h)
    rates = [_true_rate(s, h, z, weight, times) for s in np.linalg.eigvals(_companion(h, z))]
    shapes = []
    for rate in rates:
        level, slope, bend = gains(rate, weight, times)
        shapes.append(np.linalg.svd(bend * np.eye(size) - slope * z - level * h)[2][-1].conj())
    modes = np.array(shapes).T
    whole = np.vstack([modes, modes * rates])
    lower = (modes * np.square(rates)) @ np.linalg.inv(whole)
    return np.real(lower[:, :size]), np.real(lower[:, size:])


def _true_rate(
    apparent: complex, h: np.ndarray, z: np.ndarray, weight: np.ndarray, times: np.ndarray
) -> complex:
    from scipy.optimize import root

    size = len(h)

    def miss(parts: np.ndarray) -> list[float]:
        level, slope, bend = gains(complex(*parts), weight, times)
        gap = np.linalg.det(bend * np.eye(size) - slope * z - level * h)
        return [float(gap.real), float(gap.imag)]

    found = root(miss, [apparent.real, apparent.imag], options={"xtol": 1e-12})
    if not np.abs(found.fun).max() <= 1e-9 * max(abs(apparent) ** (2 * size), 1e-12):
        raise ValueError("oscillator: the bias cannot be undone; take a smaller embed or tau")
    return complex(*found.x)


def coupled_oscillator(
    series: xr.DataArray,
    embed: int = 5,
    tau: int = 1,
    corrected: bool = False,
    copies: str = "refuse",
) -> xr.Dataset:
    """``oscillators`` for every couple: ``TERMS`` as (couple, partner), in the unit of ``time``.

    Couples that cannot be estimated are nan and told in ``attrs`` (``left_out``, ``why``).
    """
    series = prepared(series)
    embed, tau = spans(embed, tau)
    flag("corrected", corrected)
    check_length(series, (embed - 1) * tau + 6)
    check_copies(series, copies)
    dt, piece = step(series), numbers(series)
    weights(embed, tau, dt)  # a bad option is no couple's fault

    def both(pair: np.ndarray, label: Any) -> np.ndarray:
        try:
            fit = oscillators(pair, embed, tau, dt, corrected, piece)
        except ValueError as fault:
            raise ValueError(str(fault).replace("couple '(one)'", f"couple {label!r}")) from None
        return np.array([_terms(fit, who) for who in (0, 1)])

    table, left = couple_by_couple(series, both, (2, len(TERMS)))
    data = {
        name: (("couple", "partner"), table[..., place], {"units": unit, "long_name": name})
        for place, (name, unit) in enumerate(
            zip(TERMS, ("1/time^2", "1/time", "1/time^2", "1/time"), strict=True)
        )
    }
    coords = {"couple": series["couple"].values, "partner": series["partner"].values}
    about = {"embed": embed, "tau": tau, "corrected": str(corrected), **left}
    return xr.Dataset(data, coords, about)


def _terms(fit: Oscillators, who: int) -> list[float]:
    h, z = fit.restoring[who], fit.damping[who]
    return [h[who], z[who], h[1 - who], z[1 - who]]
