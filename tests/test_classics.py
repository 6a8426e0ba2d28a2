"""The classic couple models give what their papers, or a closed form, say they give."""

import inspect
import re
import sys
from math import cos, exp, pi, sin, sqrt

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.linalg import expm
from scipy.optimize import brentq, root

from models.classics import CLASSICS, Classic, find
from models.classics import coupled_oscillator as oscillator
from models.classics import fraley_stability as fraley
from models.classics import inertia_coordination as inertia
from models.classics.rey_effort import discomfort, utility
from models.classics.strogatz import conserved
from sim.analysis.orbits import DivergesError, orbit, returns

FLOWS = [name for name, model in CLASSICS.items() if model.kind == "flow"]
NUMPY = {n: getattr(np, n) for n in ("exp", "tanh", "log", "sqrt", "abs", "sum", "cos")} | {
    "max": np.maximum,
    "min": np.minimum,
    "pi": np.pi,
}


def last(name, until, **given):
    """The state of a model at ``until``, as an array."""
    path = orbit(find(name), until, **given).isel(time=-1)
    return np.array([float(path[v]) for v in find(name).start._fields])


def vector(model, parameters=None):
    """The model's rate on an array of states, one a row."""
    kind, chosen = type(model.start), parameters or model.parameters
    return lambda y: np.array(np.broadcast_arrays(*model.rate(kind(*y), chosen)), float)


def slopes(model, at, parameters=None):
    """Jacobian of the rate by central differences."""
    rate, step = vector(model, parameters), 1e-6
    moves = np.eye(len(at)) * step
    return np.array([(rate(at + m) - rate(at - m)) / (2 * step) for m in moves]).T


def equilibrium(model, near, parameters=None):
    rate = vector(model, parameters)
    still = (lambda y: rate(y) - y) if model.kind == "map" else rate
    found = root(still, near, options={"xtol": 1e-14})
    assert np.abs(still(found.x)).max() < 1e-12
    return found.x


# --- Published and closed-form values -------------------------------------------------------------


def test_strogatz_turns_with_period_two_pi_and_keeps_its_energy():
    model = find("strogatz")
    path = orbit(model, 20 * pi, method="DOP853", rtol=1e-12)
    kept = conserved(path, model.parameters)
    assert np.abs(kept - kept[0]).max() < 1e-9
    np.testing.assert_allclose(last("strogatz", 2 * pi), [1.0, 0.0], atol=1e-9)
    turns = returns(model, 40.0, "romeo", 0.0)
    np.testing.assert_allclose(np.diff(turns), 2 * pi, rtol=1e-10)


def test_the_secure_couple_grows_to_its_equilibrium_without_turning_back():
    path = orbit(find("secure_couple"), 60.0)
    np.testing.assert_allclose(last("secure_couple", 60.0), [3.125, 2.25], atol=1e-9)
    for name in ("partner_1", "partner_2"):
        assert (np.diff(path[name].values) > -1e-8).all()


@pytest.mark.parametrize(("beta", "holds"), [(0.999, True), (1.001, False)])
def test_the_secure_couple_is_stable_up_to_the_product_of_forgetting(beta, holds):
    p = find("secure_couple").parameters._replace(reactiveness_1=beta, reactiveness_2=1.0)
    grows = np.linalg.eigvals(slopes(find("secure_couple"), np.zeros(2), p)).real.max()
    assert (grows < 0) == holds


def test_laura_and_petrarch_cycle():
    model = find("laura_petrarch")
    expected = [-0.2474851, 0.17339759, 9.05117546]
    np.testing.assert_allclose(last("laura_petrarch", 5.0), expected, atol=5e-9)
    turns = returns(model, 150.0, "petrarch", 0.0)
    assert abs(np.diff(turns)[-1] - 3.78942635) < 5e-9


GONE = {
    (1.0, 7.0): ((1.12605767, 6.67786418), True),
    (6.0, 1.4): ((6.19357433, 1.38975685), True),
    (3.4, 2.9): ((3.41097704, 2.88889072), False),
}


@pytest.mark.parametrize("near", GONE)
def test_gone_with_the_wind_has_two_ends_and_a_saddle(near):
    model = find("gone_with_the_wind")
    expected, stable = GONE[near]
    state = equilibrium(model, near)
    np.testing.assert_allclose(state, expected, atol=5e-9)
    eigenvalues = np.linalg.eigvals(slopes(model, state))
    assert (eigenvalues.real.max() < 0) == stable
    assert stable or eigenvalues.real.min() < 0


def test_equal_lovers_part_at_the_golden_pitchfork():
    model, love = find("gone_with_the_wind"), (3 + sqrt(5)) / 2
    k = exp(love) / (love - 1)
    fork = model.parameters._replace(appeal_scarlett=1.0, appeal_rhett=1.0, reactiveness=k)
    assert np.abs(vector(model, fork)(np.array([love, love]))).max() < 1e-12
    eigenvalues = np.linalg.eigvals(slopes(model, np.array([love, love]), fork)).real
    assert abs(eigenvalues.max()) < 1e-8
    for factor, apart in ((0.98, False), (1.02, True)):
        chosen = {"appeal_scarlett": 1.0, "appeal_rhett": 1.0, "reactiveness": k * factor}
        end = last("gone_with_the_wind", 2000.0, start={"rhett": 2.7}, parameters=chosen)
        assert (abs(end[0] - end[1]) > 0.1) == apart


NO_BIAS = {"bias_1": 0.0, "bias_2": 0.0}
SECURE = {"steepness_1": 0.0, "steepness_2": 0.0}


def test_insecure_and_biased_lovers_cycle():
    late = orbit(find("insecure_biased"), 400.0).sel(time=slice(300, None))
    assert np.ptp(late.partner_1.values) > 0.15 and np.ptp(late.partner_2.values) > 1.5
    periods = np.diff(returns(find("insecure_biased"), 800.0, "partner_1", 0.95))
    assert len(periods) > 5 and np.ptp(periods[-3:]) < 1e-5


def test_without_bias_or_without_insecurity_they_do_not():
    still = orbit(find("insecure_biased"), 400.0, parameters=NO_BIAS).sel(time=slice(300, None))
    assert max(np.ptp(still.partner_1.values), np.ptp(still.partner_2.values)) < 1e-6
    with pytest.raises(DivergesError) as reported:
        orbit(find("insecure_biased"), 4000.0, parameters=SECURE)
    trajectory = reported.value.orbit
    assert (np.diff(trajectory.partner_1.values) > 0).all() and (
        np.diff(trajectory.partner_2.values) > 0
    ).all()


# --- Gottman --------------------------------------------------------------------------------------


def marriage(wife, husband, **more):
    """Parameters with one slope a partner, the same on both sides of 0."""
    return find("gottman_simultaneous").parameters._replace(
        wife_by_positive=wife, wife_by_negative=wife,
        husband_by_positive=husband, husband_by_negative=husband, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "modulus"), [("gottman_simultaneous", 1.029563), ("gottman_sequential", 0.5)]
)
def test_the_order_of_turns_decides_whether_the_talk_is_stable(name, modulus):
    at = np.array([3.0, 3.0])  # away from the kink
    found = np.abs(np.linalg.eigvals(slopes(find(name), at, marriage(0.9, -0.9))))
    np.testing.assert_allclose(found, modulus, atol=5e-7)


def test_the_talk_folds_where_influence_equals_the_lack_of_inertia():
    for r1, r2, p in ((0.5, 0.5, 0.4), (0.2, 0.7, 1.3)):
        q = (1 - r1) * (1 - r2) / p
        chosen = marriage(p, q, inertia_wife=r1, inertia_husband=r2)
        for name in ("gottman_simultaneous", "gottman_sequential"):
            eigenvalues = np.linalg.eigvals(slopes(find(name), np.array([2.0, 2.0]), chosen))
            assert abs(eigenvalues - 1).min() < 1e-7


@pytest.mark.parametrize("name", ["gottman_simultaneous", "gottman_sequential"])
def test_influence_lifts_both_above_their_own_set_point(name):
    np.testing.assert_allclose(last(name, 400), 5 / 3, rtol=1e-12)


@pytest.mark.parametrize("name", ["gottman_simultaneous", "gottman_sequential"])
def test_beyond_the_saddle_a_talk_diverges_and_says_so(name):
    chosen = {"wife_by_negative": 1.0, "husband_by_negative": 1.0}
    near = {"wife": -0.99, "husband": -0.99}
    np.testing.assert_allclose(last(name, 400, start=near, parameters=chosen), 5 / 3, rtol=1e-9)
    beyond = {"wife": -1.01, "husband": -1.01}
    with pytest.raises(DivergesError, match=r"diverges.*time [0-9]+ [(]turn[)]") as reported:
        orbit(find(name), 400, start=beyond, parameters=chosen)
    assert float(reported.value.orbit.wife[-1]) < -1e6 and reported.value.time < 100


def test_repair_damping_and_ojive_are_steps_at_their_thresholds():
    from models.classics.gottman import influence

    off = marriage(0.0, 0.0)
    p = off._replace(repair=0.7, damping=0.3, ojive_high=1.1, ojive_low=0.9)
    other = np.array([-3.0, -1.5, 0.0, 1.5, 3.0])
    np.testing.assert_allclose(influence(other, 0, 0, p), [-0.2, -0.9, 0.0, 1.1, 0.8])


# --- The others -----------------------------------------------------------------------------------


def test_cooperation_splits_at_the_pitchfork():
    model = find("liebovitch")
    assert abs(equilibrium(model, [2.0, 2.0])[0] - 1.91500805) < 5e-9
    for m, c1 in ((-1.0, 2.0), (-0.7, 0.3)):
        p = model.parameters._replace(inertia_1=m, inertia_2=m, feedback_1=c1, feedback_2=m**2 / c1)
        assert abs(np.linalg.eigvals(slopes(model, np.zeros(2), p)).max()) < 1e-8
    for c, split in ((0.95, False), (1.05, True)):
        chosen = {"feedback_1": c, "feedback_2": c}
        assert (abs(last("liebovitch", 900.0, parameters=chosen)).min() > 0.1) == split


def test_only_a_delay_makes_cooperation_cycle():
    """Linear theory: iw + 1 = 2i exp(-iwt), so w = sqrt 3 and the delay is pi / (6 sqrt 3)."""
    critical, frequency = pi / (6 * sqrt(3)), sqrt(3)
    reach = {}
    for factor in (0.0, 0.9, 1.1):
        chosen = {"delay": critical * factor}
        path = orbit(find("liebovitch_delay"), 150.0, parameters=chosen, samples=3001, rtol=1e-7)
        late = path.actor_1.sel(time=slice(100, None))
        reach[factor] = float(np.ptp(late.values))
    assert reach[0.0] < 1e-8 and reach[0.9] < 0.01 and reach[1.1] > 0.5
    rises = late.time.values[:-1][np.diff(np.sign(late.values)) > 0]
    assert abs(np.diff(rises).mean() - 2 * pi / frequency) < 0.25


def test_the_method_of_steps_is_exact_within_the_first_delay():
    model = find("liebovitch_delay")
    path = orbit(model, 1.0, samples=11)
    target = 2 * np.tanh(model.start.actor_2)
    exact = target + (model.start.actor_1 - target) * np.exp(-path.time)
    np.testing.assert_allclose(path.actor_1, exact, rtol=1e-9)


def test_a_delay_may_be_shorter_than_the_time_between_samples():
    short = {"parameters": {"delay": 0.1}}
    sparse = orbit(find("liebovitch_delay"), 10.0, samples=5, **short)
    dense = orbit(find("liebovitch_delay"), 10.0, samples=401, **short)
    np.testing.assert_allclose(sparse.actor_1, dense.actor_1.values[::100], rtol=1e-12)


@pytest.mark.slow
def test_the_triangle_is_chaotic():
    from sim.landscape import largest_exponent, of_classic

    model = find("sprott_triangle")
    found = largest_exponent(of_classic(model), model.start, 400.0, transient=100.0)
    assert abs(found.value - 0.38) < 0.03


def test_the_effort_that_keeps_love_is_above_the_preferred_one():
    model = find("rey_effort")
    feeling, effort = equilibrium(model, [2.0, 2.0])
    assert abs(effort - sqrt(1 + 5 / 1.1)) < 1e-12 and effort > model.parameters.preferred_effort
    assert feeling == pytest.approx(effort)  # r = a
    low, high = np.sort(np.linalg.eigvals(slopes(model, np.array([feeling, effort]))).real)
    assert low < 0 < high


def test_the_rule_for_effort_is_the_condition_for_an_optimum():
    """Effort along the stable manifold beats every small change of it that is tried."""
    model = find("rey_effort")
    time, feeling, effort = stable_way(model)
    p = model.parameters

    def worth(change):
        chosen = effort + change
        fed = solve_ivp(
            lambda t, x: -p.fading * x + p.efficiency * np.interp(t, time, chosen),
            (0, time[-1]), [feeling[0]], t_eval=time, rtol=1e-9, max_step=0.05,
        ).y[0]  # fmt: skip
        flow = np.exp(-p.impatience * time) * (utility(fed, p) - discomfort(chosen, p))
        # Beyond the horizon what is felt fades by itself; its worth counts to first order.
        slope = p.enjoyment / (1 + feeling[-1]) / (p.fading + p.impatience)
        return np.trapezoid(flow, time) + exp(-p.impatience * time[-1]) * slope * fed[-1]

    best = worth(0.0 * time)
    for change in (0.1 * np.exp(-time), 0.1 * np.sin(time), 0.1 * np.cos(3 * time)):
        assert worth(change) < best and worth(-change) < best


def stable_way(model):
    """Time, feeling and effort towards the saddle, by integrating backwards from beside it."""
    at = equilibrium(model, [2.0, 2.0])
    values, vectors = np.linalg.eig(slopes(model, at))
    away = vectors[:, np.argmin(values.real)].real
    begin = at + 1e-6 * away * np.sign(away[0])
    back = solve_ivp(
        lambda _, y: -vector(model)(y), (0, 12), begin, rtol=1e-11, t_eval=np.linspace(0, 12, 2401)
    )
    return back.t, *back.y[:, ::-1]


PRINTED = (0.88152, 0.93598)


def test_inertia_and_coordination_decay_as_printed():
    """The printed coefficients are rounded: within half a digit of them the eigenvalues agree."""
    habits = find("inertia_coordination").parameters
    found = np.sort(np.linalg.eigvals(slopes(find("inertia_coordination"), np.zeros(2))).real)
    np.testing.assert_allclose(found, [0.8815643, 0.9359357], atol=5e-8)
    edge = np.array([PRINTED]) - found
    assert np.abs(edge).max() < 5e-5
    low, high = ((habits.coordination_1 + e) * (habits.coordination_2 + e) for e in (-5e-4, 5e-4))
    implied = (np.ptp(PRINTED) ** 2 - (habits.inertia_2 - habits.inertia_1) ** 2) / 4
    assert low < implied < high


def test_inertia_and_coordination_are_recovered_from_a_series():
    habits, rng, steps = find("inertia_coordination").parameters, np.random.default_rng(1), 40_000
    series = np.zeros((2, steps))
    rate = vector(find("inertia_coordination"))
    for step in range(1, steps):
        series[:, step] = rate(series[:, step - 1]) + rng.standard_normal(2)
    one, two = map(inertia.detrend, series)
    first, second = inertia.estimate(one, two), inertia.estimate(two, one)
    error = 4 / sqrt(steps)  # 4 standard errors, at the very most
    assert abs(first.inertia - habits.inertia_1) < error
    assert abs(second.inertia - habits.inertia_2) < error
    assert abs(first.coordination - habits.coordination_1) < error
    assert abs(second.coordination - habits.coordination_2) < error


@pytest.mark.parametrize("lag", [0, -1])
def test_the_future_explains_nothing(lag):
    with pytest.raises(ValueError, match=r"lag = .*at least 1"):
        inertia.estimate(np.arange(9.0), np.arange(9.0), lag)


def test_glla_stretches_a_sine_as_published_and_can_be_corrected():
    series = np.sin(2 * pi * np.arange(4000) / 50)
    estimated = oscillator.estimate_stiffness(series, embed=5, spacing=5)
    assert abs(oscillator.period_of(estimated) - 53.51782) < 5e-6
    assert abs(oscillator.expected_stiffness(50.0) - estimated) < 1e-12
    corrected = brentq(lambda t: oscillator.expected_stiffness(t) - estimated, 41.0, 500.0)
    assert abs(corrected - 50.0) < 1e-6


def test_coupled_oscillators_beat_between_their_two_modes():
    p = find("coupled_oscillator").parameters
    slow, fast = sqrt(-(p.stiffness_1 + p.pull_1)), sqrt(-(p.stiffness_1 - p.pull_1))
    for time in (40.0, 333.0):
        expected = 0.5 * (cos(slow * time) + cos(fast * time))
        assert abs(last("coupled_oscillator", time)[0] - expected) < 1e-7
        speed = -0.5 * (slow * sin(slow * time) + fast * sin(fast * time))
        assert abs(last("coupled_oscillator", time)[1] - speed) < 1e-7


@pytest.mark.parametrize(
    ("fear", "escape", "schema"), [(0.7, 0.3, 0.8375), (0.7, 0.1, 0.72), (0.4, 0.3, 0.8)]
)
def test_panic_teaches_only_through_fear(fear, escape, schema):
    day = {"peak_fear": fear, "peak_escape": escape}
    assert last("panic_schema", 1, parameters=day)[0] == pytest.approx(schema, abs=1e-12)


def test_a_prototype_keeps_attachment_from_being_forgotten():
    years = np.arange(31)
    for loading, floor in ((0.0, 0.0), (0.6, 0.36)):
        p = find("fraley_stability").parameters._replace(loading=loading)
        path = orbit(find("fraley_stability"), 30, parameters=p)
        np.testing.assert_allclose(path.retest, fraley.curve(years, p), atol=1e-12)
        assert abs(float(path.retest[-1]) - floor) < 1e-4
    revisionist = p._replace(loading=0.0)
    np.testing.assert_allclose(fraley.curve(years, revisionist), revisionist.stability**years)


# --- Solvers --------------------------------------------------------------------------------------


def span(name):
    """Long enough to see the model move, short enough where errors grow (chaos, a saddle)."""
    return {"sprott_triangle": 10.0, "rey_effort": 3.0}.get(name, 10.0)


@pytest.mark.parametrize("other", ["LSODA", "Radau"])
@pytest.mark.parametrize("name", FLOWS)
def test_two_independent_solvers_agree(name, other):
    first = last(name, span(name))
    second = last(name, span(name), method=other, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(second, first, rtol=1e-5, atol=1e-6)


def test_two_solvers_agree_on_a_delay():
    first = last("liebovitch_delay", 6.0)
    second = last("liebovitch_delay", 6.0, method="Radau", rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(second, first, atol=1e-6)


def euler(model, step, steps):
    y, rate = np.array(model.start, float), vector(model)
    for _ in range(steps):
        y = y + step * rate(y)
    return y


def test_explicit_euler_gains_energy_where_none_is():
    """Its error is known: each step multiplies the energy by 1 + step^2."""
    y = euler(find("strogatz"), 0.1, 200)
    assert y @ y == pytest.approx((1 + 0.1**2) ** 200) and y @ y > 7
    assert (last("strogatz", 20.0) ** 2).sum() == pytest.approx(1.0, abs=1e-9)


def test_explicit_euler_explodes_where_laura_forgets_faster_than_it_steps():
    with np.errstate(all="ignore"):
        assert not np.abs(euler(find("laura_petrarch"), 0.6, 60)).max() < 1e3
    assert np.abs(last("laura_petrarch", 36.0)).max() < 15


# --- Theorems -------------------------------------------------------------------------------------

DRAWS = 1000
BIG = 1e6


def late(model, parameters, rng, settle=300.0, window=100.0):
    """The first variable over two late windows, shape (draws, times); nan where it diverged.

    All draws are integrated together; one that has diverged stops and is counted as such.
    """
    kind = type(model.start)
    start = np.array([rng.uniform(*model.search[n], DRAWS) for n in kind._fields])

    def rate(_, flat):
        y = flat.reshape(start.shape)
        lost = (np.abs(y) > BIG).any(axis=0)
        moved = np.array(model.rate(kind(*np.where(lost, 1.0, y)), parameters))
        return np.where(lost, 0.0, moved).ravel()

    times = settle + np.linspace(0.0, 2 * window, 801)
    with np.errstate(invalid="ignore"):  # a trial step below 0 is refused and made shorter
        found = solve_ivp(rate, (0, times[-1]), start.ravel(), "RK45", times, rtol=1e-7, atol=1e-9)
    assert found.success and np.isfinite(found.y).all()
    path = found.y.reshape(*start.shape, len(times))
    lost = (np.abs(path) > BIG).any(axis=(0, 2))
    return np.where(lost[:, None], np.nan, path[0])


def swing(path):
    """The smaller of the largest rise and the largest fall: 0 for whatever moves one way only."""
    rise = (path - np.minimum.accumulate(path, axis=1)).max(axis=1)
    fall = (np.maximum.accumulate(path, axis=1) - path).max(axis=1)
    return np.minimum(rise, fall)


def cycles(model, parameters, rng):
    """Which draws go on swinging as much as before: not at rest, settling, creeping or lost."""
    path = late(model, parameters, rng)
    before, after = swing(path[:, :401]), swing(path[:, 400:])
    size = np.maximum(np.abs(path).max(axis=1), 1.0)  # what a solver leaves is relative to it
    return (after > 1e-4 * size) & (after > 0.7 * before)


def drawn(model, rng, **fixed):
    """``DRAWS`` sets of parameters from their declared ranges, but for those that are fixed."""
    values = {n: rng.uniform(*rule.range, DRAWS) for n, rule in model.rules.items()}
    return type(model.parameters)(**values | fixed)


def slow_enough(rng):
    """Rates of forgetting that settle within the time looked at."""
    return rng.uniform(0.2, 2.0, DRAWS)


def slow_to_run(*values):
    return pytest.param(*values, marks=pytest.mark.slow)


UNBIASED = {"bias_1": 0.0, "bias_2": 0.0}
SETTLING = {
    "liebovitch": lambda rng: {f"inertia_{n}": -slow_enough(rng) for n in (1, 2)},
    "insecure_biased": lambda rng: {f"forgetting_{n}": slow_enough(rng) for n in (1, 2)},
}


@pytest.mark.parametrize(
    ("name", "fixed"), [("liebovitch", {}), slow_to_run("insecure_biased", UNBIASED)]
)
def test_without_self_reinforcement_nobody_cycles(name, fixed):
    """Bendixson: the divergence is negative everywhere. Signs and sizes of the answers are free."""
    rng, model = np.random.default_rng(11), find(name)
    people = drawn(model, rng, **fixed, **SETTLING[name](rng))
    assert not cycles(model, people, rng).any()


@pytest.mark.parametrize("name", ["liebovitch", slow_to_run("insecure_biased")])
def test_where_both_answer_love_with_love_nobody_cycles(name):
    """Cooperative in the plane: every orbit ends monotone, self-reinforcing or not."""
    rng, model = np.random.default_rng(12), find(name)
    warm = {f"feedback_{n}": rng.uniform(0, 5, DRAWS) for n in (1, 2)}
    fixed = {"liebovitch": warm, "insecure_biased": SECURE}[name]
    people = drawn(model, rng, **fixed, **SETTLING[name](rng))
    assert not cycles(model, people, rng).any()


@pytest.mark.slow
def test_the_same_detector_finds_cycles_where_they_are():
    """Within 5 % of the published couple, biased and insecure: nothing forbids a cycle."""
    rng, model = np.random.default_rng(13), find("insecure_biased")
    near = {n: v * rng.uniform(0.95, 1.05, DRAWS) for n, v in model.parameters._asdict().items()}
    assert cycles(model, type(model.parameters)(**near), rng).mean() > 0.3


def test_the_same_detector_finds_the_circles_of_romeo_and_juliet():
    rng, model = np.random.default_rng(14), find("strogatz")
    assert cycles(model, model.parameters, rng).all()
    damped = model.parameters._replace(romeo_self=-0.05, juliet_self=-0.05)
    assert not cycles(model, damped, rng).any()


# --- The contract of every classic ----------------------------------------------------------------


def somewhere(model, rng, shape=()):
    return type(model.start)(*(rng.uniform(*model.search[n], shape) for n in model.start._fields))


def someone(model, rng, shape=()):
    return type(model.parameters)(*(rng.uniform(*r.range, shape) for r in model.rules.values()))


@pytest.mark.parametrize("name", CLASSICS)
def test_rates_are_finite_over_the_box_and_all_ranges(name):
    model, rng = CLASSICS[name], np.random.default_rng(5)
    state, people = somewhere(model, rng, 2000), someone(model, rng, 2000)
    assert all(np.isfinite(part).all() for part in model.rate(state, people))
    for name, value in model.start._asdict().items():
        low, high = model.search[name]
        assert low <= value <= high


@pytest.mark.parametrize("name", CLASSICS)
def test_shapes_broadcast_and_arrays_agree_with_floats(name):
    model, rng = CLASSICS[name], np.random.default_rng(6)
    state, people = somewhere(model, rng, (3, 1)), someone(model, rng, (1, 4))
    parts = np.broadcast_arrays(*model.rate(state, people), np.zeros((3, 4)))[:-1]
    assert all(part.shape == (3, 4) for part in parts)
    one = type(state)(*(float(v[2, 0]) for v in state))
    alone = model.rate(one, type(people)(*(float(v[0, 3]) for v in people)))
    np.testing.assert_allclose([part[2, 3] for part in parts], alone, rtol=1e-12)


@pytest.mark.parametrize("name", CLASSICS)
def test_what_must_stay_positive_does(name):
    model, rng = CLASSICS[name], np.random.default_rng(7)
    for held in model.positive:
        state = somewhere(model, rng, 500)._replace(**{held: np.zeros(500)})
        assert (getattr(model.rate(state, someone(model, rng, 500)), held) >= 0).all()


@pytest.mark.parametrize("name", CLASSICS)
def test_declarations_are_complete(name):
    model = CLASSICS[name]
    assert model.name == name and model.title and re.search(r"(19|20)\d\d", model.source)
    rules = model.rules
    symbols = [rule.symbol for rule in rules.values()]
    assert len(set(symbols)) == len(symbols) and not set(symbols) & set(model.start._fields)
    for field, rule in rules.items():
        assert rule.meaning and rule.unit and rule.source
        low, high = rule.range
        assert low <= getattr(model.parameters, field) <= high
    assert all(v.meaning and v.unit for v in model.variables.values())
    assert all(np.isfinite(see(model.start)) for see in model.observables.values())


# --- Equations against code -----------------------------------------------------------------------

EQUATIONS = re.compile(r"Equations::\n\n((?: {4}.*\n?|\n)+)")
WRITTEN = {
    f"{module.__name__.split('.')[-1]}.{name}": function
    for module in {id(m): m for m in map(sys.modules.get, sys.modules) if m}.values()
    if getattr(module, "__name__", "").startswith("models.classics.")
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and EQUATIONS.search(inspect.getdoc(function) or "")
}
BY_HAND = {"coupled_oscillator.glla_weights", "coupled_oscillator.expected_stiffness"}
"""Matrices: tested against published figures above."""


def model_of(function) -> Classic:
    kind = sys.modules[function.__module__]
    return next(m for m in CLASSICS.values() if m.rate.__module__ == kind.__name__)


def scope_of(function, rng):
    """Arguments drawn for a function, and names under which its equations find them."""
    model, chosen = model_of(function), {}
    for name in inspect.signature(function).parameters:
        if name == "p":
            chosen[name] = someone(model, rng)
        elif name in ("state", "past"):
            chosen[name] = somewhere(model, rng)
        else:
            chosen[name] = float(rng.uniform(0.1, 3.0))
    people = chosen.get("p")
    symbols = {model.rules[n].symbol: v for n, v in people._asdict().items()} if people else {}
    state = chosen["state"]._asdict() if "state" in chosen else {}
    past = chosen["past"]._asdict() if "past" in chosen else {}
    helper = getattr(sys.modules[function.__module__], "influence", None)
    reported = {"influence": lambda *given: helper(*given, people)} if helper else {}
    names = NUMPY | reported | symbols | chosen | state | {f"past_{n}": v for n, v in past.items()}
    return chosen, names


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - BY_HAND))
def test_the_equations_are_the_code(name):
    function, rng = WRITTEN[name], np.random.default_rng(8)
    text = EQUATIONS.search(inspect.getdoc(function))[1]
    written = re.findall(r"^ *(\w+) =", text, flags=re.M)
    for _ in range(20):
        chosen, scope = scope_of(function, rng)
        found = function(**chosen)
        exec(inspect.cleandoc(text), scope)
        parts = found._asdict() if hasattr(found, "_fields") else {written[-1]: found}
        for field, value in parts.items():
            reported = next(
                scope[n] for n in (f"d_{field}", f"next_{field}", field) if n in written
            )
            assert reported == pytest.approx(value, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("name", CLASSICS)
def test_every_rate_has_equations_and_a_source(name):
    for function in filter(None, (CLASSICS[name].rate, CLASSICS[name].lagged)):
        text = inspect.getdoc(function)
        assert EQUATIONS.search(text) and re.search(r"^Source: \w.*(19|20)\d\d|et al\.", text, re.M)


# --- Driving them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CLASSICS)
def test_an_orbit_is_labelled(name):
    path = orbit(CLASSICS[name], 2, samples=5)
    assert path.attrs["classic"] == name and path.time.attrs["units"]
    assert len(path.time) == (3 if CLASSICS[name].kind == "map" else 5)
    assert set(path) == {*CLASSICS[name].start._fields, *CLASSICS[name].observables}
    assert all(v.attrs["units"] and v.attrs["long_name"] for v in path.values())


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"parameters": {"forgeting_laura": 1.0}}, "did you mean 'forgetting_laura'"),
        ({"parameters": {"fading": 9.0}}, r"laura_petrarch.fading = 9: must be in \[0.01, 2\]"),
        ({"start": {"laura": float("nan")}}, "laura = nan: must be a finite number"),
        ({"start": {"lauras": 1.0}}, "did you mean 'laura'"),
        ({"until": -1.0}, "until = -1.0: must be"),
        ({"samples": 1}, "samples = 1"),
    ],
)
def test_a_bad_argument_gets_one_line(given, line):
    with pytest.raises(ValueError, match=line) as reported:
        orbit(find("laura_petrarch"), **{"until": 1.0} | given)
    assert "\n" not in str(reported.value)


def test_other_bad_questions():
    with pytest.raises(ValueError, match="did you mean 'strogatz'"):
        find("strogats")
    with pytest.raises(ValueError, match="whole steps"):
        orbit(find("panic_schema"), 1.5)
    with pytest.raises(ValueError, match="is a map"):
        returns(find("panic_schema"), 3.0, "arousal_schema", 0.5)
    with pytest.raises(ValueError, match="kind = 'flew'"):
        Classic("x", "x", "x", "flew", (), (), lambda s, p: s, {})


def test_a_flow_without_a_hold_says_when_it_leaves():
    with pytest.raises(DivergesError, match=r"'secure_couple' diverges.* at time") as reported:
        orbit(find("secure_couple"), 1000.0, parameters={"reactiveness_1": 3.0})
    coefficients, constant = np.array([[-1.0, 3.0], [0.4, -1.0]]), np.array([2.0, 1.0])
    still = np.linalg.solve(coefficients, -constant)
    exact = still - expm(coefficients * reported.value.time) @ still
    assert exact.max() == pytest.approx(1e6, rel=1e-5)
    assert float(reported.value.orbit.time[-1]) <= reported.value.time
