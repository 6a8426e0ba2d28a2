"""Noise: the published vectors, the addresses, the distribution, and bit equality of engines."""

import mpmath
import numpy as np
import pytest
from scipy import stats

from sim.randomness import noise
from sim.randomness.noise import Purpose, child_seed, normals, philox, uniforms

# Random123 1.14.0, tests/kat_vectors, lines "philox4x32 10": counter, key, result.
KNOWN = (
    "00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1",
)
VECTORS = [[int(word, 16) for word in line.split()] for line in KNOWN]

# One false alarm in a thousand for each family of tests: the level is divided by their number.
ALPHA = 1e-3
SEED = 20_240_601
STEPS = np.arange(50_000)


@pytest.mark.parametrize("vector", VECTORS)
def test_philox_gives_the_published_words(vector):
    counter, key, result = vector[:4], vector[4:6], vector[6:]
    assert list(philox(counter, key)) == result
    rows = philox([np.full(3, word, np.uint64) for word in counter], key)
    assert [row.tolist() for row in rows] == [[word] * 3 for word in result]


def test_philox_takes_keys_as_arrays():
    counters, keys, results = zip(*((v[:4], v[4:6], v[6:]) for v in VECTORS), strict=True)
    columns = (np.array(words, np.uint64).T for words in (counters, keys))
    assert np.array(philox(*columns)).T.tolist() == list(results)


def test_the_address_is_laid_out_as_documented():
    seed, dyad, partner, step, block = 2**63 + 5, 7 * 2**32 + 9, 1, 123, 200
    counter = step, 9, partner + 2 * Purpose.BREAKUP, 7 + 200 * 2**24
    words = philox(counter, (5, 2**31))
    u = uniforms(Purpose.BREAKUP, seed, dyad, partner, step, block)
    assert u.tolist() == [(word + 0.5) * 2.0**-32 for word in words]


def test_normals_are_box_and_muller_of_the_uniforms():
    u = uniforms(Purpose.PERSON, SEED, np.arange(50), 0, 3)
    z = normals(Purpose.PERSON, SEED, np.arange(50), 0, 3)
    for pair in (0, 2):
        for first, turn, a, b in zip(u[pair], u[pair + 1], z[pair], z[pair + 1], strict=True):
            radius = mpmath.sqrt(-2 * mpmath.log(mpmath.mpf(float(first))))
            assert abs(radius * mpmath.cospi(2 * mpmath.mpf(float(turn))) - a) < 4e-15
            assert abs(radius * mpmath.sinpi(2 * mpmath.mpf(float(turn))) - b) < 4e-15


def test_uniforms_never_reach_0_or_1():
    assert noise.unit(0) == 2.0**-33 and noise.unit(2**32 - 1) == 1 - 2.0**-33


# --- Addresses ------------------------------------------------------------------------------------


def test_arguments_broadcast():
    dyad, partner = np.arange(5)[:, None, None], np.arange(2)[:, None]
    whole = normals(Purpose.EXCHANGE, SEED, dyad, partner, np.arange(3))
    assert whole.shape == (4, 5, 2, 3) and whole.dtype == np.float64
    one = normals(Purpose.EXCHANGE, SEED, 4, 1, 2)
    assert one.shape == (4,) and (one == whole[:, 4, 1, 2]).all()
    seeds = normals(Purpose.EXCHANGE, np.array([SEED, 1], np.uint64), 4, 1, 2)
    assert (seeds[:, 0] == one).all() and (seeds[:, 1] != one).all()


def test_adding_reordering_or_selecting_dyads_moves_nobody():
    whole = normals(Purpose.EXCHANGE, SEED, np.arange(6_000), 1, 17)
    order = np.random.default_rng(1).permutation(6_000)
    assert (normals(Purpose.EXCHANGE, SEED, order, 1, 17) == whole[:, order]).all()
    assert (normals(Purpose.EXCHANGE, SEED, np.arange(10), 1, 17) == whole[:, :10]).all()


@pytest.mark.parametrize("draw", [uniforms, normals])
def test_chunks_and_scalars_give_the_same_bits(draw):
    dyads = np.arange(5_000) + 2**32 - 2_500
    whole = draw(Purpose.EVENT, 2**64 - 1, dyads, 0, 9)
    for size in (1, 77, 2_048, 4_999):
        starts = range(0, 200 if size == 1 else dyads.size, size)
        parts = [draw(Purpose.EVENT, 2**64 - 1, dyads[i : i + size], 0, 9) for i in starts]
        joined = np.concatenate(parts, axis=1)
        assert joined.tobytes() == whole[:, : joined.shape[1]].tobytes()
    for i in range(200):
        assert (
            draw(Purpose.EVENT, 2**64 - 1, int(dyads[i]), 0, 9).tobytes() == whole[:, i].tobytes()
        )
        assert draw(Purpose.EVENT, 2**64 - 1, dyads[i], 0, 9).tobytes() == whole[:, i].tobytes()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("seed", value) for value in (-1, 2**64, 1.5, None, "x", np.array([1, -1]))],
        *[("dyad", value) for value in (-1, 2**56, np.array([0.5]), np.array([], int))],
        *[("partner", 2), ("step", 2**32), ("step", np.arange(-1, 300)), ("block", 256)],
    ],
)
def test_a_bad_address_is_refused_in_one_line(field, value):
    address = {"seed": 1, "dyad": 0, "partner": 0, "step": 0, "block": 0} | {field: value}
    with pytest.raises(ValueError, match=rf"^{field} (=|from) .*: must be an integer in \[0, 2\^"):
        normals(Purpose.EXCHANGE, **address)


def test_an_unknown_purpose_is_refused():
    with pytest.raises(ValueError, match="Purpose"):
        uniforms(99, 1, 0, 0, 0)


# --- Distribution ---------------------------------------------------------------------------------


def test_uniforms_are_uniform_and_normals_are_normal():
    p = []
    for seed in range(5):
        for purpose in (Purpose.EXCHANGE, Purpose.SAMPLE):
            u, z = (f(purpose, seed, 3, 0, STEPS[:20_000]) for f in (uniforms, normals))
            p += [stats.kstest(row, "uniform").pvalue for row in u]
            p += [stats.kstest(row, "norm").pvalue for row in z]
    assert min(p) > ALPHA / len(p)
    assert stats.kstest(p, "uniform").pvalue > ALPHA


def test_normals_have_the_moments_of_the_normal():
    z = normals(Purpose.EXCHANGE, SEED, np.arange(50)[:, None], 1, np.arange(5_000)).reshape(4, -1)
    limit = stats.norm.isf(ALPHA / (2 * 6 * 4))
    for power, mean, variance in ((1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96), (6, 15, 10_170)):
        score = ((z**power).mean(axis=1) - mean) / np.sqrt(variance / z.shape[1])
        assert np.abs(score).max() < limit, power
    assert np.abs(np.corrcoef(z) - np.eye(4)).max() < limit / np.sqrt(z.shape[1])


@pytest.mark.parametrize("bound", [2.0, 3.0, 4.0, 4.5])
def test_normals_have_the_tails_of_the_normal(bound):
    z = normals(Purpose.EXCHANGE, SEED, np.arange(10)[:, None], 0, STEPS).ravel()
    for count in ((z > bound).sum(), (z < -bound).sum()):
        assert stats.binomtest(int(count), z.size, stats.norm.sf(bound)).pvalue > ALPHA / 8


BASE = {"purpose": 0, "seed": SEED, "dyad": 1_000, "partner": 0, "step": STEPS, "block": 0}
NEIGHBOURS = {
    "next step": {"step": STEPS + 1},
    "distant step": {"step": STEPS + 2**31},
    "next dyad": {"dyad": 1_001},
    "dyad with another high word": {"dyad": 1_000 + 2**32},
    "dyad with another low bit pattern": {"dyad": 1_000 ^ 2**31},
    "other partner": {"partner": 1},
    "next block": {"block": 1},
    "next seed": {"seed": SEED + 1},
    "seed with another high word": {"seed": SEED + 2**32},
    "child seed": {"seed": child_seed(SEED, 0)},
    **{f"purpose {purpose.name}": {"purpose": purpose} for purpose in list(Purpose)[1:]},
}


@pytest.mark.parametrize("change", NEIGHBOURS.values(), ids=NEIGHBOURS.keys())
def test_different_addresses_are_independent(change):
    tests = 2 * 16 * len(NEIGHBOURS)
    limit = stats.norm.isf(ALPHA / tests) / np.sqrt(STEPS.size)
    a, b = normals(**BASE), normals(**BASE | change)
    assert np.abs(np.corrcoef(a, b)[:4, 4:]).max() < limit
    assert np.abs(np.corrcoef(a**2, b**2)[:4, 4:]).max() < limit


@pytest.mark.parametrize("change", NEIGHBOURS.values(), ids=NEIGHBOURS.keys())
def test_joint_bins_of_different_addresses_are_level(change):
    tests = 16 * len(NEIGHBOURS)
    a, b = ((uniforms(**address) * 16).astype(int) for address in (BASE, BASE | change))
    for first in a:
        for second in b:
            counts = np.bincount(16 * first + second, minlength=256)
            assert stats.chisquare(counts).pvalue > ALPHA / tests


def test_the_four_draws_of_an_address_are_independent():
    u = (uniforms(**BASE) * 8).astype(int)
    counts = np.bincount(((u[0] * 8 + u[1]) * 8 + u[2]) * 8 + u[3], minlength=8**4)
    assert stats.chisquare(counts).pvalue > ALPHA


def test_a_stream_over_dyads_and_partners_is_uncorrelated_at_every_lag():
    z = normals(Purpose.EXCHANGE, SEED, np.arange(30_000)[:, None], np.arange(2), 5)
    series = np.moveaxis(z, 0, -1).ravel()
    lags = range(1, 33)
    r = [np.dot(series[:-lag], series[lag:]) / series.size for lag in lags]
    assert np.abs(r).max() < stats.norm.isf(ALPHA / (2 * len(lags))) / np.sqrt(series.size)


# --- Child seeds ----------------------------------------------------------------------------------


def test_child_seeds_form_a_tree():
    assert child_seed(SEED, 4, 5) == child_seed(child_seed(SEED, 4), 5)
    assert child_seed(SEED, 4, 5) != child_seed(SEED, 5, 4)
    children = child_seed(SEED, np.arange(20_000))
    assert len(set(children.tolist())) == 20_000 and children.dtype == np.uint64
    assert [child_seed(SEED, i) for i in range(20)] == children[:20].tolist()
    grid = child_seed(np.arange(3)[:, None], 2**63, np.arange(4))
    assert grid.shape == (3, 4) and grid[2, 3] == child_seed(2, 2**63, 3)


def test_child_seeds_are_level_in_every_byte():
    for part in child_seed(SEED, np.arange(20_000)).view(np.uint8).reshape(-1, 8).T:
        assert stats.chisquare(np.bincount(part, minlength=256)).pvalue > ALPHA / 8


def test_a_bad_word_of_a_child_seed_is_refused():
    with pytest.raises(ValueError, match=r"^word = -1:"):
        child_seed(1, -1)
    with pytest.raises(ValueError, match=r"^seed = -1:"):
        child_seed(-1, 1)


# --- Compiled -------------------------------------------------------------------------------------


def kernel_of(normals, dtype):
    """A compiled loop over lanes of 32 dyads in a row, from each of ``first`` on."""
    from numba import njit

    @njit(error_model="numpy")
    def kernel(low, high, first, role, steps):
        out = np.empty((4, steps, 32 * first.size), dtype)
        lanes = np.zeros((4, 32), dtype)
        for block in range(first.size):
            for step in range(steps):
                for i in range(32):
                    a, b, c, d = normals(low, high, first[block] + i, role, step)
                    lanes[0, i], lanes[1, i], lanes[2, i], lanes[3, i] = a, b, c, d
                for draw in range(4):
                    for i in range(32):
                        out[draw, step, 32 * block + i] = lanes[draw, i]
        return out

    return kernel


FIRST = np.array([0, 2**32 - 16, 2**56 - 32])


def compiled_and_plain(normals, draw, dtype):
    """Draws of a compiled kernel, and of the function ``draw``, for the same addresses."""
    seed, partner, purpose, steps = 2**63 + 2**32 + 12_345, 1, Purpose.CAREGIVER, 50
    low, high = seed & 0xFFFFFFFF, seed >> 32
    got = kernel_of(normals, dtype)(low, high, FIRST, partner + 2 * int(purpose), steps)
    dyads = (FIRST[:, None] + np.arange(32)).ravel()
    return got, draw(purpose, seed, dyads, partner, np.arange(steps)[:, None])


def single_normals(*address):
    """The draws in single precision: Box and Muller's transform of the top 23 bits of each word."""
    u = ((np.floor(uniforms(*address) * 2**23) + 0.5) * 2.0**-23).astype(np.float32)
    pairs = [noise.bound("numpy", np.float32).box_muller(u[i], u[i + 1]) for i in (0, 2)]
    return np.concatenate(pairs)


def test_compiled_lanes_give_the_same_bits():
    pytest.importorskip("numba")
    from sim.randomness import noise_compiled

    got, expected = compiled_and_plain(noise_compiled.normals, normals, np.float64)
    assert got.tobytes() == expected.tobytes()


def test_compiled_single_precision_gives_the_same_bits():
    pytest.importorskip("numba")
    from sim.randomness import noise_compiled

    got, expected = compiled_and_plain(noise_compiled.normals_single, single_normals, np.float32)
    assert expected.dtype == np.float32 and got.tobytes() == expected.tobytes()


def test_single_precision_follows_double():
    address = Purpose.SAMPLE, SEED, np.arange(20_000), 0, 0
    single, double = single_normals(*address), normals(*address)
    assert np.median(np.abs(single - double)) < 3e-7
    assert min(stats.kstest(row, "norm").pvalue for row in single) > ALPHA / 4
