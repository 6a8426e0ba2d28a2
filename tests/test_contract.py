"""What every architecture must fulfil: one suite over the table, so a new one gets it unasked."""

import inspect
import pkgutil
import random
from functools import cache
from importlib import import_module

import matplotlib
import numpy as np
import pytest
from conftest import SEEDS, SHARED, addressed, anybody, check_same, rows, run_couples

import models.circuits
import models.couple
import models.forms
import models.learning
import models.partner
from models import (
    ARCHITECTURES,
    PARAMETERS,
    PartnerParameters,
    SharedParameters,
    architecture,
    exchange,
)
from models.initial_state import initial_couple
from models.state import (
    NO_EVENT,
    VARIABLES,
    Couple,
    DyadState,
    Event,
    PartnerState,
    RandomNumbers,
    Signal,
    Situation,
)
from sim.engines.ensemble import simulate
from sim.engines.mesa_model import CoupleModel
from sim.world.calendar import conversation, daily_life

matplotlib.use("Agg")

NAMES = tuple(ARCHITECTURES)
SHORT = daily_life(1) + conversation(1.0)
each_architecture = pytest.mark.parametrize("name", NAMES)
each_seed = pytest.mark.parametrize("seed", SEEDS)


def short(name, seed, **options):
    """A day and a talk of one architecture with a withdrawer, every time step, all states."""
    given = dict(calendar=SHORT, dyads=3, record="trajectory", variables="all", seed=seed)
    return simulate(name, "withdrawer", **{**given, **options})


@cache
def base(name, seed):
    """``short``, once for all tests that compare another run with it."""
    return short(name, seed)


@cache
def month(seed):
    """A month of every architecture with every one of three others, all states at every step."""
    a = [name for name in NAMES for _ in range(3)]
    b = ["secure", "withdrawer", "disorganized"] * len(NAMES)
    return simulate(a, b, days=30, dyads=2, seed=seed, record="daily", variables="all")


# --- Finite, repeatable, symmetric ----------------------------------------------------------------


@each_architecture
@each_seed
def test_a_month_is_finite_and_in_range(name, seed):
    first = 3 * NAMES.index(name)
    data = month(seed).isel(condition=slice(first, first + 3))
    rules = {**VARIABLES[PartnerState], **VARIABLES[DyadState]}
    for variable in data.data_vars:
        values = data[variable].values
        assert np.isfinite(values).all(), variable
        limits = rules[variable].range if variable in rules else None
        low, high = limits or (None, None)
        assert low is None or values.min() >= low, variable
        assert high is None or values.max() <= high, variable


@each_architecture
@each_seed
def test_the_same_seed_repeats_bit_for_bit(name, seed):
    one = base(name, seed)
    check_same(one, short(name, seed))
    other = short(name, seed + 1000)
    assert (one.alarm.values != other.alarm.values).any()


def swapped_shared(shared):
    return shared._replace(channel_ab=shared.channel_ba, channel_ba=shared.channel_ab)


@each_architecture
@each_seed
def test_an_exchange_mirrors_exactly(name, seed):
    """With swapped partners, events and random numbers every number is the same, at any state."""
    random_ = np.random.default_rng(seed)
    a, b = rows(*[architecture(name)] * 50), anybody(50, seed)
    shared = SharedParameters(channel_ab=0.3)
    here = Situation(10.0, 1.0, 1.0, 0.75, 1.0, 1.0)
    fight = NO_EVENT._replace(grievance=1.0, conflict=0.7)
    strain = NO_EVENT._replace(stressor=1.5, delay=2.0, conflict=0.7)
    one, two = initial_couple(a, b), initial_couple(b, a)
    for _ in range(30):
        random_numbers_a, random_numbers_b = (
            RandomNumbers(*random_.normal(size=(4, 50))) for _ in "ab"
        )
        x = exchange(one, a, b, here, fight, strain, random_numbers_a, random_numbers_b, shared)
        y = exchange(
            two,
            b,
            a,
            here,
            strain,
            fight,
            random_numbers_b,
            random_numbers_a,
            swapped_shared(shared),
        )
        one, two = x.couple, y.couple
        mirrored = (y.couple.b, y.couple.a, y.couple.dyad, y.sent_b, y.sent_a, y.heard_b, y.heard_a)
        straight = (x.couple.a, x.couple.b, x.couple.dyad, x.sent_a, x.sent_b, x.heard_a, x.heard_b)
        for part, image in zip(straight, mirrored, strict=True):
            for field, value in part._asdict().items():
                np.testing.assert_array_equal(value, getattr(image, field), err_msg=field)
    assert (one.a.alarm != one.b.alarm).all()


@each_architecture
@each_seed
def test_swapping_partners_mirrors_a_run(name, seed):
    given = dict(dyads=3, seed=seed, record="trajectory", variables="all", conditions=["x"])
    talk = daily_life(1).with_event(0.3, "A", stressor=2.0)
    klat = daily_life(1).with_event(0.3, "B", stressor=2.0)
    one = simulate(
        name, "scanner", calendar=talk + conversation(3.0, owner="B"),
        shared=SharedParameters(channel_ab=0.5), **given,
    )  # fmt: skip
    two = simulate(
        "scanner", name, calendar=klat + conversation(3.0, owner="A"),
        shared=SharedParameters(channel_ba=0.5), streams=("B", "A"), **given,
    )  # fmt: skip
    mirror = two.isel(partner=[1, 0]).assign_coords(partner=["A", "B"])
    check_same(one, mirror)
    with pytest.raises(AssertionError):
        check_same(one, two)  # and it is no trivial mirror: the partners differ


# --- Looking and company change nothing -----------------------------------------------------------


@each_architecture
@each_seed
def test_recording_changes_nothing(name, seed):
    everything = base(name, seed)
    for variables in (["heard_warmth", "closeness", "alarm"], None):
        less = short(name, seed, variables=variables)
        check_same(less, everything[list(less.data_vars)])


@each_architecture
@each_seed
def test_coarser_records_are_averages_of_finer_ones(name, seed):
    fine = base(name, seed)
    day = short(name, seed, record="daily", variables=["alarm", "sent_warmth", "closeness"])
    whole = short(name, seed, record="summary", variables=["alarm", "sent_warmth", "closeness"])
    dt, what = SHORT.situation.dt, SHORT.situation
    for variable in day.data_vars:
        weight = dt * (what.contact if variable.startswith("sent_") else what.awake)
        for of, coarse in ((SHORT.day == 0, day[variable].isel(time=0)), (dt > 0, whole[variable])):
            mean = (fine[variable].values * weight)[..., of].sum(-1) / weight[of].sum()
            np.testing.assert_allclose(coarse.values, mean, rtol=1e-12)


@each_seed
def test_plotting_and_other_randomness_change_nothing(seed):
    import matplotlib.pyplot as plt

    before = random.getstate(), np.random.get_state()[1].tobytes()
    one = base("scanner", seed)
    one.alarm.isel(condition=0, partner=0).plot.line(x="time", add_legend=False)
    one.closeness.isel(condition=0).plot()
    plt.close("all")
    assert before == (random.getstate(), np.random.get_state()[1].tobytes())
    random.random(), np.random.random(7)
    check_same(one, short("scanner", seed))


@each_architecture
@each_seed
def test_company_changes_nobody(name, seed):
    """More couples, other chunks, an order, one couple alone, other conditions beside it."""
    one = base(name, seed)
    check_same(one, short(name, seed, dyads=[2, 7, 0, 1, 4]).sel(dyad=[0, 1, 2]))
    check_same(one.sel(dyad=[1]), short(name, seed, dyads=[1]))
    among = short(["merger", name, "secure"], seed, chunk=2)
    check_same(one, among.isel(condition=[1]))


@each_seed
def test_conditions_share_their_luck(seed):
    """Common random numbers: strain from outside does not depend on who the partners are."""
    strain = short(list(NAMES), seed).strain.values
    assert (strain == strain[:1]).all() and strain.std() > 0.0


# --- Half steps -----------------------------------------------------------------------------------

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


@each_seed
@pytest.mark.parametrize(("coarse", "fine"), [(10.0, 5.0)])
def test_half_steps_do_not_move_stationary_means(seed, coarse, fine):
    """From the context's own step, about 10 s a turn; longer turns are another context."""
    moved = {k: round(v, 4) for k, v in changes(seed, coarse, fine).items() if v >= LIMIT}
    assert not moved, dict(sorted(moved.items(), key=lambda item: -item[1])[:12])


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


# --- Engines agree --------------------------------------------------------------------------------


@each_architecture
@each_seed
def test_mesa_agrees_with_the_ensemble(name, seed):
    """Two days of everyday life and a talk; rounding may differ, nothing else."""
    calendar = daily_life(2) + conversation(3.0, owner="B")
    data = simulate(
        name, "withdrawer", calendar=calendar, dyads=2, seed=seed, record="trajectory",
        variables="all",
    )  # fmt: skip
    model = CoupleModel(name, "withdrawer", couples=2, calendar=calendar, seed=seed, collect=False)
    last = data.isel(condition=0, time=-1)
    model.advance(len(calendar))
    for number in (0, 1):
        couple = model.couple(number)
        for label, state in (("A", couple.a), ("B", couple.b)):
            here = last.sel(dyad=number, partner=label)
            who = model.partner(label, number)
            found = {
                **state._asdict(),
                **{f"sent_{k}": v for k, v in who.sent._asdict().items()},
                **{f"heard_{k}": v for k, v in who.heard._asdict().items()},
            }
            for variable, value in found.items():
                assert value == pytest.approx(float(here[variable]), rel=1e-12, abs=1e-13), variable
        for variable, value in couple.dyad._asdict().items():
            expected = float(last[variable].sel(dyad=number))
            assert value == pytest.approx(expected, rel=1e-12), variable


# --- Documentation --------------------------------------------------------------------------------


@each_architecture
def test_a_preset_gives_its_reason_and_source(name):
    row = ARCHITECTURES[name]
    assert row.label and row.source and row.reason.endswith(".") and len(row.reason) > 20
    assert set(row.values) <= set(PartnerParameters._fields)
    assert name == "secure" or row.values


@pytest.mark.parametrize("kind", [PartnerParameters, SharedParameters])
def test_every_parameter_is_declared(kind):
    rules = PARAMETERS[kind]
    assert tuple(rules) == kind._fields
    for name, rule in rules.items():
        assert rule.meaning and rule.unit and rule.symbol and rule.source, name
        low, high = rule.range
        assert low <= kind._field_defaults[name] <= high and low < high, name


def test_symbols_of_parameters_are_distinct():
    symbols = [r.symbol for rules in PARAMETERS.values() for r in rules.values() if r.symbol != "-"]
    twice = sorted({s for s in symbols if symbols.count(s) > 1})
    assert not twice


def test_every_variable_is_declared_with_meaning_and_unit():
    for kind, rules in VARIABLES.items():
        assert tuple(rules) == kind._fields
        assert all(rule.meaning and rule.unit for rule in rules.values())
    assert set(VARIABLES) >= {PartnerState, Signal, Event, Situation}


def test_every_equation_has_a_docstring():
    texts = [models.learning, models.forms, models.partner, models.couple]
    texts += [import_module(m.name) for m in pkgutil.iter_modules(
        models.circuits.__path__, "models.circuits.")]  # fmt: skip
    for text in texts:
        assert text.__doc__
        for name, function in inspect.getmembers(text, inspect.isfunction):
            if function.__module__ == text.__name__:
                assert function.__doc__, f"{text.__name__}.{name}"


def test_results_say_what_they_are():
    data = short("secure", 1)
    for name, variable in data.data_vars.items():
        assert variable.attrs["units"] and variable.attrs["long_name"], name
    assert data.attrs["source_hash"] and data.attrs["seed"] == "1"


def test_the_initial_state_is_complete_and_in_range():
    for person in (anybody(200, 5), anybody(200, 6)):
        couple = initial_couple(person, person)
        assert isinstance(couple, Couple)
        for part in couple:
            for name, rule in VARIABLES[type(part)].items():
                low, high = rule.range or (None, None)
                value = getattr(part, name)
                assert np.isfinite(value).all() and value.shape == (200,), name
                assert low is None or (value >= low).all(), name
                assert high is None or (value <= high).all(), name


def test_addressed_luck_is_that_of_simulate():
    """The runner of these tests and ``simulate`` give the same run; rounding may differ."""
    a, b = rows(*[architecture("scanner")] * 2), rows(*[architecture("withdrawer")] * 2)
    end = run_couples(a, b, daily_life(2), random_numbers=addressed(4, 2), see=lambda *_: None)
    data = simulate(
        architecture("scanner"), architecture("withdrawer"), days=2, dyads=2, seed=4,
        record="trajectory", variables=["alarm"],
    )  # fmt: skip
    found = data.alarm.isel(condition=0, partner=0, time=-1)
    np.testing.assert_allclose(found, end.a.alarm, rtol=1e-12)
