"""The tools of a landscape against closed forms and published numbers, then on our own couples."""

from itertools import combinations_with_replacement

import numpy as np
import pytest

from models.architectures import ARCHITECTURES, architecture
from models.classics import CLASSICS
from models.initial_state import initial_couple
from models.parameters import PartnerParameters, SharedParameters
from sim import landscape as land
from sim.landscape import System
from sim.landscape.couple import restored, runner
from sim.landscape.equilibria import describe, name_of, solve
from sim.world.calendar import daily_life

PAIRS = tuple(combinations_with_replacement(ARCHITECTURES, 2))
GONE = CLASSICS["gone_with_the_wind"]


def flow(rate, *box):
    names = tuple("xyzuvw"[: len(box)])
    return System(lambda state: np.stack(rate(*state)), "flow", names, np.array(box, float))


def normal_form(growth):
    """Hopf's normal form: a cycle of radius sqrt(growth) and period 2 pi where growth > 0."""

    def rate(x, y):
        size = x * x + y * y
        return growth * x - y - x * size, x + growth * y - y * size

    return flow(rate, (-2, 2), (-2, 2))


def cubic(push):
    """x' = push + x - x^3: folds at push = +-2 / sqrt(27)."""
    return flow(lambda x: (push + x - x**3,), (-2, 2))


DOUBLE_WELL = flow(lambda x, y: (x - x**3, -y), (-2, 2), (-2, 2))
FOLD = 2.0 / np.sqrt(27.0)


# --- equilibria -----------------------------------------------------------------------------------


def test_gone_with_the_wind_has_its_three_equilibria():
    found = land.equilibria(land.of_classic(GONE), starts=32)
    states = np.array([point.state for point in found.points])
    printed = [(1.12605767, 6.67786418), (3.41097704, 2.88889072), (6.19357433, 1.38975685)]
    np.testing.assert_allclose(states, printed, atol=5e-9)
    assert [point.kind for point in found.points] == ["stable node", "saddle", "stable node"]
    assert len(found.stable) == 2 and max(point.residual for point in found.points) < 1e-9


def test_a_search_says_that_roots_lie_outside():
    whole = land.equilibria(cubic(0.0), starts=32)
    assert len(whole.points) == 3 and not whole.censored and whole.word == "3 found"
    half = land.equilibria(cubic(0.0).within(x=(0.3, 2.0)), starts=32)
    assert (
        len(half.points) == 1 and half.censored and half.outside and "outside the box" in half.word
    )
    edge = land.equilibria(cubic(0.0).within(x=(0.5, 1.0)), starts=32)
    assert edge.censored and "on the edge" in edge.word


@pytest.mark.parametrize(
    ("values", "kind", "name"),
    [
        ((-1, -2), "flow", "stable node"),
        ((-1 + 1j, -1 - 1j), "flow", "stable focus"),
        ((1 + 1j, 1 - 1j), "flow", "unstable focus"),
        ((1, 2), "flow", "unstable node"),
        ((1, -2), "flow", "saddle"),
        ((1j, -1j), "flow", "marginal"),
        ((0.5, -0.9), "map", "stable node"),
        ((0.5, -1.1), "map", "saddle"),
        ((0.8 + 0.7j, 0.8 - 0.7j), "map", "unstable focus"),
        ((0.0, 0.5), "map", "stable node"),
    ],
)
def test_names_of_equilibria(values, kind, name):
    assert name_of(np.array(values), kind) == name


def test_strogatz_is_a_centre_and_not_called_stable():
    found = land.equilibria(land.of_classic(CLASSICS["strogatz"]), starts=8)
    assert [point.kind for point in found.points] == ["marginal"] and not found.stable
    np.testing.assert_allclose(sorted(found.points[0].eigenvalues.imag), [-1, 1], atol=1e-9)


def test_the_secure_couple_and_its_threshold():
    secure = CLASSICS["secure_couple"]
    (point,) = land.equilibria(land.of_classic(secure), starts=8).points
    np.testing.assert_allclose(point.state, (3.125, 2.25), atol=1e-9)
    assert point.stable
    wild = land.of_classic(secure, reactiveness_1=2.0, reactiveness_2=0.6)  # 1.2 > 1
    cut_off = land.equilibria(wild, starts=8)
    assert not cut_off.points and cut_off.censored  # it has gone beyond the box of the search
    wide = wild.within(partner_1=(-30.0, 30.0), partner_2=(-30.0, 30.0))
    assert land.equilibria(wide, starts=8).points[0].kind == "saddle"


def test_gottmans_couple_turns_outwards():
    """r = .5 and slopes (.9, -.9): modulus 1.029563. Set point 1, slope .2: 5/3 each."""
    gottman, slopes = CLASSICS["gottman_simultaneous"], {}
    for sign in ("positive", "negative"):
        slopes |= {f"wife_by_{sign}": 0.9, f"husband_by_{sign}": -0.9}
    point = land.equilibria(land.of_classic(gottman, **slopes), starts=16).points[0]
    assert np.abs(point.eigenvalues).max() == pytest.approx(1.029563, abs=5e-7)
    assert point.kind == "unstable focus"
    (calm,) = land.equilibria(land.of_classic(gottman), starts=16).points
    np.testing.assert_allclose(calm.state, 5.0 / 3.0, atol=1e-9)


def test_nullclines_cross_at_the_equilibria():
    lines = land.nullclines(land.of_classic(GONE), points=301)
    curve = np.concatenate(lines.first)
    np.testing.assert_allclose(
        curve[:, 0], 1.0 + 15.0 * curve[:, 1] * np.exp(-curve[:, 1]), atol=6e-3
    )
    for point in land.equilibria(land.of_classic(GONE), starts=32).points:
        for both in (lines.first, lines.second):
            assert np.linalg.norm(np.concatenate(both) - point.state, axis=1).min() < 0.05


def test_what_has_no_landscape_is_refused():
    with pytest.raises(ValueError, match="is a delay: a landscape needs a flow or a map"):
        land.of_classic(CLASSICS["liebovitch_delay"])
    with pytest.raises(ValueError, match="no parameter 'reactivenes': did you mean"):
        land.of_classic(GONE, reactivenes=3.0)
    with pytest.raises(ValueError, match="low end must be below"):
        flow(lambda x: (x,), (1, 0))
    with pytest.raises(ValueError, match="no variable 'rhet': did you mean 'rhett'"):
        land.of_classic(GONE).within(rhet=(0, 1))


# --- folds, pitchforks, Hopf points ---------------------------------------------------------------


def test_folds_of_the_cubic():
    branch = land.branch(cubic, np.array([1.3247179572]), 1.0, (-1.0, 1.0))
    assert [one.kind for one in branch.special] == ["fold", "fold"]
    np.testing.assert_allclose([one.parameter for one in branch.special], [-FOLD, FOLD], atol=1e-8)
    assert branch.censored and set(branch.ended) == {"edge of the parameter's range"}
    middle = np.abs(branch.states[:, 0]) < 0.57
    assert not branch.stable[middle].any() and branch.stable[~middle][:20].all()


def test_the_pitchfork_of_gone_with_the_wind():
    """Symmetric appeals: R = (3 + sqrt 5) / 2, k = e^R / (R - 1)."""

    def family(k):
        return land.of_classic(GONE, appeal_rhett=1.0, reactiveness=k)

    start = solve(family(7.0), np.array([2.4, 2.4]))
    branch = land.branch(family, start, 7.0, (1.0, 15.0))
    (pitchfork,) = branch.special
    level = (3.0 + np.sqrt(5.0)) / 2.0
    assert pitchfork.kind == "branch point"
    assert pitchfork.parameter == pytest.approx(np.exp(level) / (level - 1.0), abs=1e-6)
    np.testing.assert_allclose(pitchfork.state, level, atol=1e-6)
    assert branch.stable[0] and not branch.stable[-1]


def test_the_fold_of_gone_with_the_wind_is_where_two_equilibria_meet():
    """The tangency condition of the fold, from the equations alone."""

    def family(k):
        return land.of_classic(GONE, reactiveness=k)

    start = solve(family(15.0), np.array([6.2, 1.4]))
    branch = land.branch(family, start, 15.0, (1.0, 20.0))
    (fold,) = branch.special
    r, s = fold.state
    k = fold.parameter
    slopes = k * (1 - s) * np.exp(-s) * k * (1 - r) * np.exp(-r)
    assert fold.kind == "fold" and slopes == pytest.approx(1.0, abs=1e-6)
    assert len(land.equilibria(family(k - 0.05), starts=64).points) == 1
    assert len(land.equilibria(family(k + 0.05), starts=64).points) == 3


def test_the_pitchfork_of_liebovitch():
    """m = -1, b = 0: at c1 c2 = m^2; at c = 2 the outer equilibria stand at 1.91500805."""
    model = CLASSICS["liebovitch"]

    def family(c):
        return land.of_classic(model, feedback_1=c, feedback_2=c)

    branch = land.branch(family, np.zeros(2), 0.5, (0.2, 3.0))
    (pitchfork,) = branch.special
    assert pitchfork.kind == "branch point" and pitchfork.parameter == pytest.approx(1.0, abs=1e-7)
    tips = [point.state for point in land.equilibria(family(2.0), starts=32).stable]
    np.testing.assert_allclose(np.abs(tips), 1.91500805, atol=5e-9)
    assert len(tips) == 2


def test_the_fold_of_gottman_leaves_the_box():
    """At p q = (1 - r1)(1 - r2) a multiplier is 1 and the equilibrium is gone to infinity."""
    model = CLASSICS["gottman_simultaneous"]

    def family(p):
        return land.of_classic(model, wife_by_positive=p, husband_by_positive=p)

    start = np.full(2, 5.0 / 3.0)
    branch = land.branch(family, start, 0.2, (0.1, 0.6))
    assert branch.ended[1] == "edge of the box" and branch.censored
    assert branch.parameter.max() < 0.5
    at_fold = describe(family(0.5), np.array([1.0, 1.0])).eigenvalues
    assert np.abs(at_fold).max() == pytest.approx(1.0, abs=1e-9)


def test_hopf_point_and_neutral_saddle():
    branch = land.branch(normal_form, np.zeros(2), -0.5, (-1.0, 1.0))
    (hopf,) = branch.special
    assert hopf.kind == "Hopf point" and hopf.parameter == pytest.approx(0.0, abs=1e-7)

    def saddle(p):  # eigenvalues 1 + p and -1: their sum passes 0, but nothing turns
        return flow(lambda x, y: ((1.0 + p) * x, -y), (-1, 1), (-1, 1))

    assert not land.branch(saddle, np.zeros(2), -0.5, (-0.9, 0.9)).special


def test_period_doubling_and_neimark_sacker_of_maps():
    def logistic(r):
        return System(lambda s: r * s * (1.0 - s), "map", ("x",), [(-0.5, 1.5)])

    special = land.branch(logistic, np.array([0.5]), 2.0, (1.2, 3.6)).special
    assert [one.kind for one in special] == ["period doubling"]
    assert special[0].parameter == pytest.approx(3.0, abs=1e-7)

    def turning(a):
        return System(
            lambda s: a * np.stack([0.8 * s[0] - 0.6 * s[1], 0.6 * s[0] + 0.8 * s[1]]),
            "map", ("x", "y"), [(-1, 1), (-1, 1)],
        )  # fmt: skip

    special = land.branch(turning, np.zeros(2), 0.7, (0.5, 1.5)).special
    assert [one.kind for one in special] == ["Neimark-Sacker point"]
    assert special[0].parameter == pytest.approx(1.0, abs=1e-7)


def test_a_branch_starts_at_an_equilibrium():
    with pytest.raises(ValueError, match="must be near an equilibrium"):
        land.branch(cubic, np.array([0.5]), 1.0, (-1.0, 1.0))


# --- cycles ---------------------------------------------------------------------------------------


def test_laura_and_petrarch_cycle_in_their_published_period():
    system = land.of_classic(CLASSICS["laura_petrarch"])
    cycle = land.limit_cycle(system, np.zeros(3), transient=40.0, longest=20.0)
    assert cycle.found and cycle.stable and not cycle.censored
    assert cycle.period == pytest.approx(3.78942635, abs=5e-9)


def test_van_der_pol():
    van_der_pol = flow(lambda x, y: (y, (1.0 - x * x) * y - x), (-3, 3), (-3, 3))
    cycle = land.limit_cycle(van_der_pol, [0.1, 0.1], 60.0, 20.0)
    assert cycle.period == pytest.approx(6.6632868593, abs=2e-9)  # series and numerics in books
    assert cycle.highest[0] == pytest.approx(2.00861986, abs=1e-4)


def test_the_cycle_of_the_normal_form_with_its_multiplier():
    cycle = land.limit_cycle(normal_form(0.25), [0.1, 0.1], 60.0, 20.0)
    assert cycle.period == pytest.approx(2.0 * np.pi, abs=1e-8)
    assert min(np.abs(cycle.multipliers)) == pytest.approx(np.exp(-np.pi), rel=1e-4)
    small = land.limit_cycle(normal_form(0.25).within(x=(-0.4, 0.4)), [0.1, 0.1], 60.0, 20.0)
    assert small.censored and small.word == "leaves the box"


@pytest.mark.parametrize(
    ("system", "word"),
    [
        (normal_form(-0.25), "settles at an equilibrium"),
        (flow(lambda x, y: (x, y), (-1, 1), (-1, 1)), "diverges"),
        (flow(lambda x, y: (0.01 + 0 * x, 0 * y), (-9, 9), (-9, 9)), "does not return"),
    ],
)
def test_where_there_is_no_cycle_it_says_why(system, word):
    cycle = land.limit_cycle(system, [0.1, 0.1], 80.0, 20.0)
    assert not cycle.found and word in cycle.word and np.isnan(cycle.period)


# --- chaos ----------------------------------------------------------------------------------------


def test_exponents_of_maps():
    chaos = System(lambda x: 4.0 * x * (1.0 - x), "map", ("x",), [(0, 1)])
    found = land.largest_exponent(chaos, [0.3], 4000, 100)
    assert abs(found.value - np.log(2.0)) < 4.0 * found.standard_error + 1e-3
    doubling = System(lambda x: 2.0 * x, "map", ("x",), [(0, 1)])
    gone = land.largest_exponent(doubling, [0.3], 4000)
    assert gone.word == "diverges" and np.isnan(gone.value) and gone.censored


def test_exponent_of_a_linear_flow_is_its_eigenvalue():
    linear = flow(lambda x, y: (-0.3 * x + y, -0.5 * y), (-1, 1), (-1, 1))
    assert land.largest_exponent(linear, [1, 1], 60, 20).value == pytest.approx(-0.3, abs=2e-3)


@pytest.mark.slow
def test_the_love_triangle_is_chaotic():
    """Sprott 2004: .38 +- .03."""
    system = land.of_classic(CLASSICS["sprott_triangle"])
    found = land.largest_exponent(system, [1.0, 0.0, 0.0, 0.0], 1500, 100)
    assert found.value == pytest.approx(0.38, abs=0.03)
    assert found.standard_error < 0.03 and not found.censored


# --- basins, perturbations, hysteresis -----------------------------------------------------------


def test_basins_of_the_double_well():
    basin = land.basins(DOUBLE_WELL, [(-1, 0), (1, 0)], 40.0, points=20)
    assert (basin.values == (basin.x.values > 0.0)).all()
    assert basin.attrs["flag_meanings"] == "diverges unsettled attractor_0 attractor_1"
    assert basin.attrs["shares"] == [0.0, 0.0, 0.5, 0.5] and basin.attrs["word"] == ""
    cut = land.basins(DOUBLE_WELL, [(-1, 0)], 40.0, points=20)
    assert cut.attrs["word"].startswith("50.0% settles at none of them")


def test_what_diverges_is_said_to():
    runaway = flow(lambda x: (x * (x - 1.0) * (x + 1.0),), (-2, 2))
    basin = land.attractors_reached(runaway, np.array([[-1.5, -0.5, 0.5, 1.5]]), [(0.0,)], 30.0)
    assert [land.NO_ATTRACTOR.get(k, k) for k in basin.tolist()] == ["diverges", 0, 0, "diverges"]
    gottman = land.of_classic(
        CLASSICS["gottman_simultaneous"], initial_wife=-0.5, initial_husband=-0.5,
        wife_by_positive=0.9, husband_by_positive=0.9,
    )  # fmt: skip
    saddle = next(p for p in land.equilibria(gottman, starts=32).points if p.kind == "saddle")
    ends = land.advance(gottman, saddle.state[:, None] + [[-0.1, 0.1], [-0.1, 0.1]], 400)
    assert np.isfinite(ends[:, 0]).all() and np.isinf(ends[:, 1]).all()


def test_a_start_on_a_cycle_settles_nowhere():
    ends = land.settled(normal_form(0.25), np.array([[0.1, 0.2], [0.5, 0.0]]), 7.0, bouts=3)
    assert len(ends.states) == 0 and ends.unsettled == 1.0
    rest = land.settled(DOUBLE_WELL, np.array([[0.1, 0.2], [-0.5, 0.0], [1.5, 1.0]]), 30.0)
    assert len(rest.states) == 2 and sorted(rest.shares) == pytest.approx([1 / 3, 2 / 3])


def test_the_smallest_repair_of_the_double_well():
    """The watershed is x = 0: one unit away, a quarter of the box."""
    perturbation = land.smallest_perturbation(
        DOUBLE_WELL, np.array([-1.0, 0.0]), np.array([1.0, 0.0]), 30.0, 32
    )
    assert perturbation.size == pytest.approx(0.25, abs=1e-3) and not perturbation.censored
    np.testing.assert_allclose(perturbation.change, [1.0, 0.0], atol=0.02)


def test_the_smallest_repair_turns_where_the_watershed_is_oblique():
    """Watershed x + y = 0, wells at (-1, -1) and (1, 1): the way out is not along an axis."""

    def rate(x, y):
        along, across = 0.5 * (x + y), 0.5 * (x - y)
        pull = along - along**3
        return pull - across, pull + across

    oblique = flow(rate, (-2, 2), (-2, 2))
    perturbation = land.smallest_perturbation(
        oblique, np.array([-1.0, -1.0]), np.array([1.0, 1.0]), 30.0, 32
    )
    assert perturbation.size == pytest.approx(np.sqrt(2.0) / 4.0, rel=5e-3)


def test_a_repair_beyond_the_box_is_censored():
    box = DOUBLE_WELL.within(x=(-2.0, -0.5))
    perturbation = land.smallest_perturbation(
        box, np.array([-1.0, 0.0]), np.array([1.0, 0.0]), 20.0, 16, 1
    )
    assert (
        perturbation.censored
        and perturbation.size == np.inf
        and "no displacement" in perturbation.word
    )


def test_hysteresis_jumps_at_the_folds():
    values = np.linspace(-0.9, 0.9, 91)
    loop = land.hysteresis(cubic, values, [-1.3], 150.0)
    step = values[1] - values[0]
    (up,), (down,) = loop.jumps_up, loop.jumps_down
    assert abs(up - FOLD) <= 1.5 * step and abs(down + FOLD) <= 1.5 * step
    assert loop.area > 0.2 and not loop.censored
    inside = land.hysteresis(cubic, np.linspace(-0.2, 0.2, 11), [-1.0], 100.0)
    assert not inside.jumps_up and not inside.censored  # it never leaves its basin
    half = land.hysteresis(cubic, np.linspace(-0.1, 0.9, 51), [-1.0], 150.0)
    assert half.censored and half.jumps_up and not half.jumps_down


# --- our own couples ------------------------------------------------------------------------------


def test_our_map_is_a_function_and_treats_points_alike():
    system = land.of_couple("scanner", "withdrawer", draws=4, days=2)
    points = np.array([[0.4, 0.2, 0.1, 0.3, 0.1], [0.9, -0.5, 0.6, 0.1, 0.8]]).T
    both = system.rate(points)
    np.testing.assert_array_equal(both, system.rate(points))
    alone = np.stack([system.rate(point) for point in points.T], axis=1)
    np.testing.assert_allclose(both, alone, rtol=1e-12)


def test_swapping_partners_mirrors_the_map():
    """Up to the noise, which is the first partner's: with many draws the difference is small."""
    mirror = [0, 2, 1, 4, 3]
    point = np.array([0.5, 0.3, -0.2, 0.2, 0.4])
    one = land.of_couple("anxious", "avoidant", draws=64, days=2).rate(point)
    two = land.of_couple("avoidant", "anxious", draws=64, days=2).rate(point[mirror])[mirror]
    np.testing.assert_allclose(one, two, atol=0.02)


def test_a_secure_couple_rests_at_one_point_wherever_it_starts():
    system = land.of_couple("secure", "secure", draws=8)
    ends = land.settled(system, land.sobol(system, 8, 1), 12)
    assert len(ends.states) == 1 and ends.unsettled == ends.diverged == 0.0
    root = solve(system, ends.states[0])
    assert float(system.distance(root, ends.states[0])) < 1e-3
    found = describe(system, root)
    assert found.stable and found.residual < 1e-9 and not found.at_edge
    a, b = root[1], root[2]
    assert abs(a - b) < 0.1  # alike but for their random numbers


def test_enough_draws_are_averaged():
    """Twice the draws, or other draws, move the resting point by less than 0.03 of the box."""
    points = []
    for draws, seed in ((32, 1), (64, 1), (64, 2)):
        system = land.of_couple("scanner", "withdrawer", draws=draws, seed=seed)
        points.append(solve(system, np.array([0.27, 0.0, 0.0, 0.35, 0.06])))
    for other in points[1:]:
        assert float(system.distance(points[0], other)) < 0.03


LOW = {
    "arousal": 0.02, "oxytocin": 0.02, "cortisol": 0.02, "hpa_drive": 0.02, "tolerance": 0.02,
    "expected_reward": 0.02, "expectation": -0.9, "mood": -0.9, "reading_warmth": -0.9,
    "withdrawal_impulse": 0.9, "demand_impulse": 0.02, "silence": 1e5, "usual_gap": 1e4,
}  # fmt: skip
HIGH = {
    "arousal": 0.95, "oxytocin": 0.95, "cortisol": 0.95, "hpa_drive": 0.95, "tolerance": 0.95,
    "expected_reward": 0.95, "expectation": 0.9, "mood": 0.9, "reading_warmth": 0.9,
    "withdrawal_impulse": 0.02, "demand_impulse": 0.9, "silence": 1.0, "usual_gap": 10.0,
}  # fmt: skip


def both(couple, **fields):
    """The couple with these states of both partners changed."""
    return couple._replace(a=couple.a._replace(**fields), b=couple.b._replace(**fields))


def presets(who, draws):
    """One partner of all 36 pairs, each ``draws`` times."""
    people = [architecture(pair[who]) for pair in PAIRS]
    return PartnerParameters(*(np.repeat(field, draws) for field in zip(*people, strict=True)))


@pytest.mark.slow
def test_with_the_same_luck_every_pair_forgets_where_it_began():
    """The whole state, not the five numbers: no second basin hides in the fast states.

    Opposite initial states, the same random numbers, 300 days with learning frozen: each couple,
    not only their mean, ends at the same closeness.
    """
    a, b, dyads = presets(0, 4), presets(1, 4), np.tile(np.arange(4), len(PAIRS))
    run, ends = runner(daily_life(20), land.frozen(), 1, len(dyads)), []
    for states, closeness in ((LOW, 0.02), (HIGH, 0.95)):
        fields = {name: np.full(len(dyads), value) for name, value in states.items()}
        couple = born = both(initial_couple(a, b, closeness=closeness), **fields)
        for _ in range(15):
            couple = restored(run(couple, a, b, dyads)[1], born)
        ends.append(couple.dyad.closeness)
    np.testing.assert_allclose(*ends, atol=1e-3)
    assert np.ptp(ends[0]) > 0.3  # pairs differ, so that agreeing is no matter of course


@pytest.mark.slow
def test_learning_alive_opposite_histories_meet_in_ten_years():
    """No second attractor in what is learnt either: hurt or healed, the same pair ends the same."""
    a, b, dyads = presets(0, 4), presets(1, 4), np.tile(np.arange(4), len(PAIRS))
    run, gaps, couples = runner(daily_life(365), SharedParameters(), 1, len(dyads)), [], []
    hurt = {"harm_memory": 0.9, "closeness_pain": 0.9, "safety_memory": 0.02}
    healed = {"harm_memory": 0.02, "closeness_pain": 0.05, "safety_memory": 0.9}
    for states, memories, closeness in ((LOW, hurt, 0.02), (HIGH, healed, 0.95)):
        fields = {name: np.full(len(dyads), v) for name, v in (states | memories).items()}
        couples.append(both(initial_couple(a, b, closeness=closeness), **fields))
    for _ in range(10):
        couples = [run(couple, a, b, dyads)[1] for couple in couples]
        gaps.append(np.abs(couples[0].dyad.closeness - couples[1].dyad.closeness).max())
    assert gaps[0] > 0.05  # a year on, the past still shows
    assert gaps[-1] < 0.005


def test_what_was_learnt_moves_the_valley():
    hurt, healed = (
        solve(
            land.of_couple("scanner", "scanner", draws=16, memories=memories),
            np.array([0.4, 0.1, 0.1, 0.3, 0.3]),
        )
        for memories in ({"harm_memory": 0.6}, {"safety_memory": 0.6})
    )
    assert healed[0] - hurt[0] > 0.05


@pytest.mark.parametrize(
    ("given", "reported"),
    [
        ({"memories": {"harm": 0.5}}, "no memory 'harm': did you mean 'harm_memory'"),
        ({"memories": {"harm_memory": 1.5}}, r"harm_memory = 1.5: must be in \[0, 1\]"),
        ({"draws": 0}, "draws = 0"),
    ],
)
def test_a_couple_is_checked(given, reported):
    with pytest.raises(ValueError, match=reported):
        land.of_couple("secure", "secure", **given)
    with pytest.raises(ValueError, match="no architecture 'secur': did you mean 'secure'"):
        land.of_couple("secur", "secure")


def test_both_engines_give_the_same_map(monkeypatch):
    pytest.importorskip("numba")
    point = np.array([0.5, 0.3, -0.2, 0.2, 0.4])
    compiled = land.of_couple("merger", "avoidant", draws=4, days=1).rate(point)
    monkeypatch.setattr("sim.landscape.couple.has_numba", lambda: False)
    plain = land.of_couple("merger", "avoidant", draws=4, days=1).rate(point)
    np.testing.assert_array_equal(compiled, plain)


# --- pictures -------------------------------------------------------------------------------------


def test_pictures_draw_what_they_are_given():
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    from sim.plots.landscape import bifurcation, phase_plane

    system = land.of_classic(GONE)
    found = land.equilibria(system, starts=32)
    basin = land.basins(system, [point.state for point in found.stable], 30.0, points=21)
    lines = land.nullclines(system, points=21)
    ax = phase_plane(lines, found.points, basin.values, ax=plt.figure().gca())
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("rhett", "scarlett")
    branch = land.branch(cubic, np.array([1.3247179572]), 1.0, (-1.0, 1.0), step=0.05)
    ax = bifurcation(branch, ax=plt.figure().gca())
    assert [text.get_text() for text in ax.legend().get_texts()] == ["stable", "unstable", "fold"]
    plt.close("all")


# --- the experiment -------------------------------------------------------------------------------


def test_the_experiment_would_see_two_basins_and_the_repair():
    """A made-up couple with two attractors, at closeness .2 and .8, and the watershed between."""
    from experiments.questions.landscape import measured

    def week(state):
        away = (state[0] - 0.5) / 0.3
        return np.stack([0.5 + 0.3 * (away + 0.3 * (away - away**3)), 0.5 * state[1]])

    two = System(week, "map", ("closeness", "expectation_a"), np.array([[0.0, 1.0], [-1.0, 1.0]]))
    found = measured(two, days=7.0, starts=16, seed=1)
    assert (found["basins"], found["equilibria"], found["unsettled"]) == (2, 3, 0.0)
    assert found["closeness"] == pytest.approx(0.8, abs=1e-3)
    assert found["repair"] == pytest.approx(0.3, abs=2e-3)
    assert found["half_time"] == pytest.approx(7.0, rel=1e-6)  # multipliers .4 and .5


def test_the_experiment_draws_and_says_what_it_was_given():
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    from experiments.questions import landscape as experiment

    cell = dict.fromkeys(experiment.MEASURES, 1.0)
    rows = [(pair, label, cell) for pair in experiment.PAIRS for label in experiment.MEMORIES]
    rows[0] = (rows[0][0], rows[0][1], cell | {"basins": 2.0})
    data = experiment.matrices(rows)
    notes = experiment.notes(data, np.array([1, 1, 2, 0]))
    assert notes[0] == "As they meet, 35 of 36 pairs have one basin, 1 have two or more."
    assert "1 have two or more basins, 1 come to no rest" in notes[2]
    assert experiment.table(rows).shape == (108, 3 + len(cell))
    way = (("pair", "start", "day"), np.zeros((1, 2, 3)))
    drawn = experiment.figure(data.assign(way=way).assign_coords(pair=["A and B"], day=[0, 7, 14]))
    assert "35 of 36" in drawn.axes[1].get_title(loc="left")
    plt.close("all")
