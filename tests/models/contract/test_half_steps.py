"""Half as long a time step does not move stationary means."""

from functools import cache

import numpy as np
import pytest

from models import architecture
from models.state import VARIABLES, PartnerState, RandomNumbers, Signal
from sim.world.calendar import conversation
from tests.helpers.architectures import NAMES, each_seed
from tests.helpers.couples import SHARED, run_couples
from tests.helpers.people import rows

PAIRS = [(name, "secure") for name in NAMES] + [
    ("scanner", "withdrawer"), ("disorganized", "disorganized"), ("merger", "reassurance_dependent")
]  # fmt: skip
COUPLES = 100
FINE, MINUTES = 5.0, 60.0
NOISE_TIMES = ("misreading_time", "evidence_time", "affect_time", "strain_time")
# A variable's scale: the width of its range, a standard deviation where it has none, and for
# times the silence that leaves craving at half. A mean is "near 0" below a tenth of its scale;
# there 2 % would be 2 thousandths of the scale at most, less than anything could show.
FLOOR = 0.1
SCALES = {"silence": SHARED.silence_scale, "usual_gap": SHARED.silence_scale}
LIMIT = 0.02
# Pure noise with mean 0 and no input: exact in dt by the test of the path, a mean says nothing.
EXOGENOUS = ("misreading", "strain")


def one_path(seed, rows_):
    """Draws for steps of 5, 10 and 20 s along the *same* noise path, so that only dt differs.

    A first-order process of step 2h is driven by a weighted sum of the two draws of step h.
    """
    fine = np.random.default_rng(seed).normal(size=(2, 4, round(MINUTES * 60 / FINE), rows_))
    paths, seconds = {FINE: fine}, FINE
    while seconds < 20.0:
        kept = np.exp(-seconds / 60.0 / np.array([getattr(SHARED, t) for t in NOISE_TIMES]))
        kept = kept[None, :, None, None]
        first, second = paths[seconds][:, :, 0::2], paths[seconds][:, :, 1::2]
        seconds *= 2.0
        paths[seconds] = (kept * first + second) / np.sqrt(1.0 + kept * kept)
    return paths


@cache
def stationary(seed):
    """Means over the last half hour: {seconds a turn: {variable: (pairs, couples)}}."""
    assert RandomNumbers._fields == ("misreading", "evidence", "affect", "strain")
    a, b = (rows(*(architecture(p[who]) for p in PAIRS for _ in range(COUPLES))) for who in (0, 1))
    means = {}
    for seconds, path in one_path(seed, len(PAIRS) * COUPLES).items():
        talk = conversation(MINUTES, seconds)
        sums: dict[str, np.ndarray] = {}

        def look(step, situation, result, sums=sums, talk=talk):
            if step < len(talk) // 2:
                return
            parts = {**result.couple._asdict(), "a.sent": result.sent_a, "b.sent": result.sent_b,
                     "a.heard": result.heard_a, "b.heard": result.heard_b}  # fmt: skip
            for where, part in parts.items():
                for name, value in part._asdict().items():
                    key = f"{where}.{name}"
                    sums[key] = sums.get(key, 0.0) + value

        run_couples(
            a, b, talk, random_numbers=lambda steps, who, path=path: path[who][:, steps], see=look
        )
        turns = len(talk) - len(talk) // 2
        means[seconds] = {
            key: (total / turns).reshape(len(PAIRS), COUPLES) for key, total in sums.items()
        }
    return means


def scale_of(key):
    name = key.rsplit(".", 1)[1]
    kind = Signal if ".sent." in key or ".heard." in key else PartnerState
    rule = {**VARIABLES[kind]}.get(name)
    if name in SCALES or rule is None or rule.range is None or None in rule.range:
        return SCALES.get(name, 1.0)
    return rule.range[1] - rule.range[0]


def changes(seed, coarse, fine):
    """{variable: largest relative change over the pairs} from ``coarse`` to ``fine`` turns."""
    means = stationary(seed)
    found = {}
    for key in means[fine]:
        one, two = means[coarse][key].mean(1), means[fine][key].mean(1)
        if key.endswith(EXOGENOUS):
            continue
        found[key] = np.max(np.abs(one - two) / np.maximum(np.abs(two), FLOOR * scale_of(key)))
    return found


@pytest.mark.slow
@each_seed
@pytest.mark.parametrize(("coarse", "fine"), [(10.0, 5.0)])
def test_half_steps_do_not_move_stationary_means(seed, coarse, fine):
    """From the context's own step, about 10 s a turn; longer turns are another context."""
    moved = {k: round(v, 4) for k, v in changes(seed, coarse, fine).items() if v >= LIMIT}
    assert not moved, dict(sorted(moved.items(), key=lambda item: -item[1])[:12])


@pytest.mark.slow
@each_seed
def test_half_steps_do_not_move_the_time_since_a_positive_signal(seed):
    """Without the floor: time has a true zero, and half of it is half of it."""
    means = stationary(seed)
    for key in ("a.silence", "b.silence"):
        ratio = means[10.0][key].mean(1) / means[5.0][key].mean(1)
        assert np.abs(ratio - 1.0).max() < LIMIT, (key, ratio.round(2))


def test_a_cut_path_is_the_same_path():
    """The coarse draws drive the coarse process to where the fine draws drive the fine one."""
    paths = one_path(7, 3)
    for channel, name in enumerate(NOISE_TIMES):
        ends = []
        for seconds in (5.0, 10.0, 20.0):
            kept, x = np.exp(-seconds / 60.0 / getattr(SHARED, name)), 0.3
            for draw in paths[seconds][0, channel]:
                x = kept * x + np.sqrt(1.0 - kept * kept) * draw
            ends.append(x)
        np.testing.assert_allclose(ends[0], ends[1], rtol=1e-9)
        np.testing.assert_allclose(ends[0], ends[2], rtol=1e-9)
        assert abs(paths[20.0][0, channel].std() - 1.0) < 0.1
