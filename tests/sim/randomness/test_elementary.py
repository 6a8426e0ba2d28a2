"""Elementary functions against 50 digits, at their edges, and bit for bit across engines."""

import subprocess
import sys

import mpmath
import numpy as np
import pytest

from sim.randomness import elementary

mpmath.mp.dps = 50
EDGE = {np.float64: (-708.0, 708.0), np.float32: (-87.0, 87.0)}
PRECISIONS = (np.float64, np.float32)
FUNCTIONS = ("exp", "log", "sin_cos_turns", "logistic")


def neighbours(values, dtype):
    """The values with the floats just below and above each."""
    values = np.array(values, dtype)
    return np.concatenate([values, np.nextafter(values, -np.inf), np.nextafter(values, np.inf)])


def exponents(dtype, count):
    """Points for exp: the whole range, near zero, near zero on a log scale, and reduction edges."""
    rng = np.random.default_rng(11)
    low, high = EDGE[dtype]
    halves = (np.arange(-120, 121) + 0.5) * np.log(2.0)
    tiny = 10.0 ** rng.uniform(-30, 0, count // 10) * rng.choice([-1, 1], count // 10)
    parts = rng.uniform(low, high, count), rng.uniform(-3, 3, count), tiny, [low, high, 0.0, -0.0]
    points = np.concatenate([neighbours(halves, dtype), *parts]).astype(dtype)
    return points[(points >= low) & (points <= high)]


def positives(dtype, count):
    """Points for log: (0, 1), every exponent, and neighbours of powers of 2 and of their roots."""
    rng = np.random.default_rng(12)
    info = np.finfo(dtype)
    powers = 2.0 ** np.arange(info.minexp + 1, info.maxexp - 1)
    wide = 2.0 ** rng.uniform(info.minexp, info.maxexp - 1, count)
    near_one = 1.0 + rng.choice([-1, 1], count // 4) * 10.0 ** rng.uniform(-12, -1, count // 4)
    parts = rng.uniform(1e-7, 1, count), wide, near_one, [info.tiny, info.max]
    edges = neighbours(powers, dtype), neighbours(powers * np.sqrt(0.5), dtype)
    points = np.concatenate([*edges, *parts]).astype(dtype)
    return points[points >= info.tiny]


def turns(dtype, count):
    """Points for sine and cosine: [0, 1), multiples of 1/16 and neighbours, and tiny turns."""
    rng = np.random.default_rng(13)
    edges = neighbours(np.arange(17) / 16, dtype)
    parts = rng.uniform(0, 1, count), 10.0 ** rng.uniform(-18, 0, count // 10), [0.0]
    points = np.concatenate([edges, *parts]).astype(dtype)
    return points[(points >= 0) & (points < 1)]


def errors(got, exact, function):
    """Absolute errors of ``got`` against ``function`` of mpmath numbers at the points ``exact``."""
    pairs = zip(got.tolist(), exact.tolist(), strict=True)
    return np.array([float(abs(g - function(mpmath.mpf(x)))) for g, x in pairs])


def same_bits(a, b):
    """Whether two results have the same type, shape and bits; any NaN equals any other."""
    a, b = np.asarray(a), np.asarray(b)
    ignored = np.isnan(a) & np.isnan(b)
    equal = np.where(ignored, 0, a).tobytes() == np.where(ignored, 0, b).tobytes()
    return a.dtype == b.dtype and a.shape == b.shape and equal


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_exp_is_within_2_ulp(dtype):
    x = exponents(dtype, 10_000)
    got = elementary.bound("numpy", dtype).exp(x)
    assert got.dtype == dtype and x.size > 20_000
    assert (errors(got, x, mpmath.exp) / np.spacing(got)).max() <= 2


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_log_is_within_2_ulp(dtype):
    x = positives(dtype, 10_000)
    got = elementary.bound("numpy", dtype).log(x)
    assert got.dtype == dtype and x.size > 20_000
    error = errors(got, x, mpmath.log)
    assert (error <= 2 * np.spacing(np.abs(got))).all()


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_sine_and_cosine_are_within_2_ulp_of_one(dtype):
    u = turns(dtype, 20_000)
    sine, cosine = elementary.bound("numpy", dtype).sin_cos_turns(u)
    assert sine.dtype == cosine.dtype == dtype and u.size > 20_000
    assert errors(sine, u, lambda t: mpmath.sinpi(2 * t)).max() <= 2 * np.finfo(dtype).eps
    assert errors(cosine, u, lambda t: mpmath.cospi(2 * t)).max() <= 2 * np.finfo(dtype).eps


def test_quarter_turns_are_exact():
    sine, cosine = elementary.sin_cos_turns(np.array([0.0, 0.25, 0.5, 0.75]))
    assert sine.tolist() == [0, 1, 0, -1]
    assert cosine.tolist() == [1, 0, -1, 0]


def test_exact_values():
    assert elementary.exp(0.0) == 1.0 and elementary.log(1.0) == 0.0
    assert elementary.logistic(0.0) == 0.5
    assert (elementary.log(2.0 ** np.arange(1, 9)) / np.log(2.0) == np.arange(1, 9)).all()


def test_logistic_is_within_3_ulp():
    x = np.random.default_rng(14).uniform(-700, 40, 5_000)
    got = elementary.logistic(x)
    assert (errors(got, x, lambda t: 1 / (1 + mpmath.exp(-t))) / np.spacing(got)).max() <= 3


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_exp_saturates_in_silence(dtype):
    low, high = EDGE[dtype]
    x = np.array([-np.inf, -1e30, low - 0.01, high + 0.01, 1e30, np.inf], dtype)
    exp = elementary.bound("numpy", dtype).exp
    with np.errstate(all="raise"):
        least, most = exp(np.array([low, high], dtype)).tolist()
        assert exp(x).tolist() == 3 * [least] + 3 * [most]
        assert np.finfo(dtype).tiny < least < 2e-38 and 6e37 < most < np.finfo(dtype).max
        assert np.isnan(exp(dtype(np.nan)))
        near_zero, one = elementary.logistic(np.array([-1e30, 1e30]))
        assert 0 < near_zero < 1e-307 and one == 1


def test_split_is_exact():
    x = positives(np.float64, 1_000)
    k, m = elementary.split(x)
    assert (np.ldexp(m, k.astype(int)) == x).all()
    assert (m >= np.sqrt(0.5)).all() and (m < np.sqrt(2.0)).all()


def inputs(name, dtype):
    """A few thousand points for the function ``name``."""
    if name == "log":
        return positives(dtype, 1_000)
    if name == "sin_cos_turns":
        return turns(dtype, 2_000)
    return np.concatenate([exponents(dtype, 1_000), np.array([-1e30, 1e30, np.inf], dtype)])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_arrays_chunks_and_scalars_agree(name):
    x = inputs(name, np.float64)
    plain, quick = getattr(elementary, name), getattr(elementary.bound("numpy"), name)
    whole = np.array(plain(x))
    assert same_bits(whole, quick(x))
    assert same_bits(
        whole, np.concatenate([plain(x[i : i + 77]) for i in range(0, x.size, 77)], -1)
    )
    assert same_bits(whole, np.array(plain(x.reshape(1, -1)[:, ::-1]))[..., 0, ::-1])
    assert same_bits(whole[..., :300], np.array([plain(v) for v in x[:300]]).T)
    assert same_bits(whole[..., :300], np.array([plain(v) for v in x[:300].tolist()]).T)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_python_floats_agree_with_arrays(name):
    x = inputs(name, np.float64)
    function = getattr(elementary.bound("python"), name)
    expected = np.array(getattr(elementary, name)(x))
    assert same_bits(np.array([function(v) for v in x.tolist()]).T, expected)


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_compiled_lanes_agree_with_arrays(dtype):
    numba = pytest.importorskip("numba")
    compiled, arrays = elementary.bound("numba", dtype), elementary.bound("numpy", dtype)
    exp, log, sin_cos_turns = compiled.exp, compiled.log, compiled.sin_cos_turns

    @numba.njit(error_model="numpy")
    def kernel(x, y, u):
        out = np.empty((4, x.size), x.dtype)
        for i in range(x.size):
            out[0, i], out[1, i] = exp(x[i]), log(y[i])
            out[2, i], out[3, i] = sin_cos_turns(u[i])
        return out

    x, y, u = (inputs(name, dtype)[-2_000:] for name in FUNCTIONS[:3])
    x = np.concatenate([x[:-1], np.array([np.nan], dtype)])
    expected = np.stack([arrays.exp(x), arrays.log(y), *arrays.sin_cos_turns(u)])
    assert same_bits(kernel(x, y, u), expected)
    assert same_bits(
        np.concatenate([kernel(x[i:j], y[i:j], u[i:j]) for i, j in PIECES], 1), expected
    )


PIECES = ((0, 1), (1, 8), (8, 1_003), (1_003, 2_000))


def test_an_unknown_engine_is_refused():
    with pytest.raises(ValueError, match="engine = abacus"):
        elementary.bound("abacus")


def test_importing_does_not_import_numba():
    code = "import sys, sim.randomness.noise; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
