"""The landscape of our own couples: one resting point a pair."""

from itertools import combinations_with_replacement

import numpy as np
import pytest

from models.architectures import ARCHITECTURES, architecture
from models.initial_state import initial_couple
from models.parameters import PartnerParameters, SharedParameters
from sim import landscape as land
from sim.landscape.couple import restored, runner
from sim.landscape.equilibria import describe, solve
from sim.world.calendar import daily_life

PAIRS = tuple(combinations_with_replacement(ARCHITECTURES, 2))


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
    """One partner of all pairs, each ``draws`` times."""
    people = [architecture(pair[who]) for pair in PAIRS]
    return PartnerParameters(*(np.repeat(field, draws) for field in zip(*people, strict=True)))


@pytest.mark.slow
def test_with_the_same_luck_every_pair_forgets_where_it_began():
    """The whole state, not the five numbers: no second basin hides in the fast states.

    Opposite initial states, the same random numbers, 300 days with learning frozen: each
    couple, not only their mean, ends at the same closeness.
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
