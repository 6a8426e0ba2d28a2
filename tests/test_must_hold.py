"""What must come out of the parameters, each with the mechanism cut to see it go."""

import itertools
from functools import cache

import numpy as np
import pytest
from conftest import (
    SEEDS,
    SHARED,
    SILENT,
    Watch,
    addressed,
    anybody,
    live,
    rows,
    run_couples,
    slope,
)

from models import (
    ARCHITECTURES,
    PARAMETERS,
    PartnerParameters,
    Signal,
    architecture,
)
from models.circuits import striatum
from models.initial_state import initial_state
from sim.analysis.measures import (
    DEMAND_CUT,
    LATENCY_CUT,
    coded,
    estimate,
    lagged_influence,
    standardised_difference,
)
from sim.engines.ensemble import simulate
from sim.world.calendar import conversation, daily_life
from sim.world.people import resolve
from sim.world.population import Population

NAMES = tuple(ARCHITECTURES)
INSECURE = tuple(name for name in NAMES if name != "secure")
each_seed = pytest.mark.parametrize("seed", SEEDS)


def in_contact(data):
    """The part of a trajectory in which the partners were in contact."""
    return data.isel(time=data["kind"].values == "exchange")


# --- Scanner with withdrawer: pursue and withdraw -------------------------------------------------

PURSUIT = [
    ("scanner", "withdrawer"), ("scanner", "secure"), ("secure", "withdrawer"), ("secure", "secure")
]  # fmt: skip
COUPLES = 200
long_enough = pytest.mark.parametrize("days", [20, pytest.param(60, marks=pytest.mark.slow)])


@cache
def pursuit(days, seed, ab=1.0, ba=1.0):
    """[(W given D, D given W) for each pair], each one value a couple."""
    pairs = PURSUIT if ab == ba == 1.0 else PURSUIT[:1]
    data = simulate(
        [a for a, _ in pairs], [b for _, b in pairs], days=days, dyads=COUPLES, seed=seed,
        record="trajectory", variables=["sent_demand", "sent_latency"],
        shared=SHARED._replace(channel_ab=ab, channel_ba=ba), conditions=range(len(pairs)),
    )  # fmt: skip
    data = in_contact(data)
    found = []
    for pair in range(len(pairs)):
        demand = data.sent_demand.isel(condition=pair).sel(partner="A").values
        latency = data.sent_latency.isel(condition=pair).sel(partner="B").values
        demands, leaves = coded(demand, DEMAND_CUT), coded(latency, LATENCY_CUT)
        found.append((
            lagged_influence(demands, leaves, latency), lagged_influence(leaves, demands, demand)
        ))  # fmt: skip
    return found


@long_enough
@each_seed
@pytest.mark.parametrize("way", [0, 1], ids=["W given D", "D given W"])
def test_scanner_and_withdrawer_chase_each_other(days, seed, way):
    chase, *others = (pair[way] for pair in pursuit(days, seed))
    here = estimate(chase)
    assert here.low > 0.0 and here.couples == COUPLES, here
    for other in others:  # common random numbers: pairs of differences
        assert estimate(chase - other).low > 0.0


@long_enough
@each_seed
def test_a_cut_channel_ends_the_chase(days, seed):
    whole = [way.mean() for way in pursuit(days, seed)[0]]
    [(unheard_demand, _)] = pursuit(days, seed, ab=0.0)
    [(_, unheard_leaving)] = pursuit(days, seed, ba=0.0)
    cut = estimate(unheard_demand)
    # Closeness, a fact that both know, still carries a trace of what the other does.
    assert cut.low <= 0.0 <= cut.high or abs(cut.mean) < 0.15 * whole[0], (cut, whole)
    assert unheard_leaving.mean() <= 0.5 * whole[1], (unheard_leaving.mean(), whole)


# --- Withdrawal rises with closeness --------------------------------------------------------------

CLOSENESS = np.linspace(0.1, 0.9, 9)
KIND = Signal(
    warmth=0.6, contact=0.3, reassurance=0.0, demand=0.0, latency=1.0, clarity=0.9, mirroring=0.5
)


@cache
def slopes_on_closeness(shared, seed):
    """Slope of stationary withdrawal on closeness beside a scripted partner who is always warm.

    Ten hours in contact minute by minute, the last five averaged; each level of closeness is
    held, so that closeness is the only thing that differs.
    """
    copies = 1 if seed is None else 10
    people = rows(*(architecture(n) for n in NAMES for _ in CLOSENESS for _ in range(copies)))
    kept: list[np.ndarray] = []

    def see(step, observed):
        if step >= 300:
            kept.append(observed.after.withdrawal_impulse)

    live(
        people, conversation(600.0, 60.0, heat=0.0), lambda step, situation: KIND, shared=shared,
        seed=seed, closeness=np.tile(np.repeat(CLOSENESS, copies), len(NAMES)), see=see,
    )  # fmt: skip
    shape = len(kept), len(NAMES), len(CLOSENESS), copies
    over_time = np.array(kept).reshape(shape).mean(3)
    assert np.abs(over_time[:150].mean(0) - over_time[150:].mean(0)).max() < 0.02  # it has settled
    levels = over_time.mean(0)
    return {name: slope(CLOSENESS, level) for name, level in zip(NAMES, levels, strict=True)}


@pytest.mark.parametrize("seed", [None, *SEEDS])
def test_withdrawal_rises_with_closeness_at_constant_warmth(seed):
    found = slopes_on_closeness(SHARED, seed)
    assert found["withdrawer"] > 0.2, found
    assert found["withdrawer"] > 3.0 * max(found["secure"], found["scanner"]), found
    assert found["withdrawer"] == max(found.values())


@pytest.mark.parametrize("seed", [None, *SEEDS])
def test_without_anticipated_pain_closeness_drives_nobody_away(seed):
    found = slopes_on_closeness(SHARED, seed)
    cut = slopes_on_closeness(SHARED._replace(anticipated_pain_on=0.0), seed)
    assert abs(cut["withdrawer"]) < 0.1 * found["withdrawer"], (cut, found)


# --- The reassurance dependent: relief per dose falls ---------------------------------------------

DOSE = Signal(
    warmth=0.3, contact=0.0, reassurance=0.9, demand=0.0, latency=1.0, clarity=0.9, mirroring=0.3
)
PLAIN = DOSE._replace(warmth=0.15, reassurance=0.0, mirroring=0.15)


TAKERS = ("reassurance_dependent", "secure")


@cache
def dosed(seed, on):
    """60 daily doses: relief felt, and share of craving that each takes: (days, takers)."""
    shared = SHARED._replace(reward_tolerance_on=on)
    calendar = daily_life(60)
    evening = set(np.flatnonzero(calendar.kind == "exchange")[9::10].tolist())
    people = rows(*(architecture(name) for name in TAKERS for _ in range(20)))
    relief, taken = [], []

    def see(step, observed):
        if step in evening:
            felt = striatum.relief(observed.before, striatum.reward(observed.heard))
            relief.append(felt.reshape(2, -1).mean(1))
            before = striatum.craving(observed.before, shared)
            share = 1.0 - striatum.craving(observed.after, shared) / before
            taken.append(share.reshape(2, -1).mean(1))

    live(
        people, calendar, lambda step, situation: DOSE if step in evening else PLAIN,
        shared=shared, seed=seed, see=see,
    )  # fmt: skip
    return np.array(relief), np.array(taken)


def doses(name, seed, on=1.0):
    """Both measures of 60 daily doses in one of ``TAKERS``."""
    return [found[:, TAKERS.index(name)] for found in dosed(seed, on)]


@each_seed
@pytest.mark.parametrize("measure", [0, 1], ids=["relief", "share of craving taken"])
def test_relief_per_dose_falls_in_the_reassurance_dependent(seed, measure):
    found = doses("reassurance_dependent", seed)[measure]
    fall = 1.0 - found[-7:].mean() / found[0]
    assert fall > 0.2, fall
    weekly = found[:56].reshape(8, 7).mean(1)
    # It falls for weeks and then stays: what tolerance has taken does not come back.
    assert (np.diff(weekly)[:5] < 0.0).all() and (np.diff(weekly) < 0.002).all(), weekly
    secure = doses("secure", seed)[measure]
    assert fall > 2.0 * (1.0 - secure[-7:].mean() / secure[0])


@each_seed
@pytest.mark.parametrize("measure", [0, 1], ids=["relief", "share of craving taken"])
def test_without_tolerance_relief_does_not_fall(seed, measure):
    on = doses("reassurance_dependent", seed)[measure]
    off = doses("reassurance_dependent", seed, on=0.0)[measure]
    assert 1.0 - off[-7:].mean() / off[0] < 0.1 * (1.0 - on[-7:].mean() / on[0])


@each_seed
def test_tolerance_is_lost_in_abstinence(seed):
    people = rows(*[architecture("reassurance_dependent")] * 5)
    start = initial_state(people)._replace(tolerance=np.full(5, 0.6))
    end = live(people, daily_life(60), lambda *_: SILENT, seed=seed, start=start)
    assert (end.tolerance < 0.3).all()


# --- The merger feels what the partner feels ------------------------------------------------------

SWING_MINUTES = 4.0


def swinging(step, situation):
    """A partner whose warmth goes up and down for reasons of their own."""
    return SILENT._replace(
        warmth=0.5 * np.sin(2.0 * np.pi * step * situation.dt / SWING_MINUTES), clarity=0.9
    )


@cache
def scripted_coupling(seed, **changes):
    """(share of variance of felt affect explained by the partner's as read, slope), a preset."""
    people = [architecture(name, **dict(changes)) for name in ("merger", "secure")]
    affect, read = [], []

    def see(step, observed):
        if step >= 60:
            affect.append(observed.after.affect)
            read.append(observed.before.reading_warmth)

    live(
        rows(*(person for person in people for _ in range(40))), conversation(60.0, heat=0.0),
        swinging, seed=seed, see=see,
    )  # fmt: skip
    return coupling(np.array(affect).T, np.array(read).T)


def coupling(affect, read):
    """[(r squared, slope) of the merger, of the secure], means over the rows of each half."""
    r2 = [np.corrcoef(x, y)[0, 1] ** 2 for x, y in zip(affect, read, strict=True)]
    gain = [slope(y, x) for x, y in zip(affect, read, strict=True)]
    halves = np.array([r2, gain]).reshape(2, 2, -1).mean(2)
    return [tuple(half) for half in halves.T]


@each_seed
def test_the_merger_feels_what_the_partner_shows(seed):
    merger, secure = scripted_coupling(seed)
    assert merger[0] > 2.0 * secure[0] and merger[1] > 2.0 * secure[1], (merger, secure)
    merger, secure = scripted_coupling(seed, interoception=0.85)
    assert merger[0] < 2.0 * secure[0] and merger[1] < 1.5 * secure[1], (merger, secure)


@each_seed
@pytest.mark.parametrize(
    ("calendar", "kind"), [(conversation(30.0), "talk"), (daily_life(14), "between")]
)
def test_the_merger_follows_a_real_partner(seed, calendar, kind):
    """In a talk and in everyday life; affect follows what was read by the last time step."""

    def measure(first):
        data = simulate(
            [first, "secure"], "secure", calendar=calendar, dyads=30, seed=seed,
            record="trajectory", variables=["affect", "reading_warmth"],
        ).sel(partner="A")  # fmt: skip
        here = np.flatnonzero(data["kind"].values == kind)[5:]
        affect, read = data.affect.values[..., here], data.reading_warmth.values[..., here - 1]
        return coupling(affect.reshape(60, -1), read.reshape(60, -1))

    merger, secure = measure("merger")
    assert merger[0] > 2.0 * secure[0] and merger[1] > 2.0 * secure[1], (merger, secure)
    bodily = Population(architecture("merger", interoception=0.85))
    cut, secure = measure(bodily)
    assert cut[0] < 0.5 * merger[0] and cut[0] < 2.0 * secure[0], (cut, secure)


# --- The disorganised freeze with both drives high ------------------------------------------------


@cache
def frozen(seed):
    """Means of A over contact: {pair: {variable: one value a couple}}."""
    calm = Population(architecture("disorganized", closeness_fear=0.03))
    pairs = {
        "with secure": ("disorganized", "secure"), "together": ("disorganized", "disorganized"),
        "secure": ("secure", "secure"), "fearless": (calm, "secure"),
    }  # fmt: skip
    data = in_contact(simulate(
        [a for a, _ in pairs.values()], [b for _, b in pairs.values()], days=30, dyads=40,
        seed=seed, record="trajectory", variables=["approach", "avoidance", "freeze"],
    ))  # fmt: skip
    means = data.mean("time").sel(partner="A")
    return {
        pair: {name: means[name].values[row] for name in means.data_vars}
        for row, pair in enumerate(pairs)
    }


@each_seed
@pytest.mark.parametrize("pair", ["with secure", "together"])
def test_the_disorganised_freeze_with_both_drives_high(seed, pair):
    found = frozen(seed)[pair]
    for variable, floor in (("approach", 0.6), ("avoidance", 0.6), ("freeze", 0.5)):
        assert estimate(found[variable]).low > floor, (variable, estimate(found[variable]))


@each_seed
def test_the_secure_do_not_freeze(seed):
    found = frozen(seed)["secure"]
    assert found["freeze"].mean() < 0.05 and found["avoidance"].mean() < 0.3


@each_seed
def test_without_fear_of_closeness_there_is_no_freeze(seed):
    found = frozen(seed)
    assert found["fearless"]["freeze"].mean() < 0.5 * found["with secure"]["freeze"].mean()


# --- Living with somebody secure writes the safety memory, words hardly do ------------------------

BEGUN = 0.05
FEW = 16
WORDS = SILENT._replace(reassurance=0.9)
"""Words only: no warmth, no touch, nothing mirrored."""


@cache
def lived(days, seed, rule=1.0):
    """Change of the safety memory beside a secure partner: {name: one value a couple}."""
    shared = SHARED._replace(corrective_rule_on=rule)
    data = simulate(
        list(INSECURE), "secure", days=days, dyads=FEW, seed=seed, variables=["safety_memory"],
        shared=shared,
    )  # fmt: skip
    last = data.safety_memory.sel(partner="A").isel(time=-1).values
    return dict(zip(INSECURE, last - BEGUN, strict=True))


@cache
def instructed(days, seed, separate=1.0):
    """Beside a scripted partner who only talks: (safety, belief of day 1, threat), (rows, FEW)."""
    people = [resolve(name, seed, np.arange(FEW), 0) for name in INSECURE]
    row = PartnerParameters(*(np.concatenate(field) for field in zip(*people, strict=True)))
    start, first = initial_state(row), []

    def see(step, observed):
        if step == 20:
            first.append(observed.after.belief)

    end = live(
        row, daily_life(days), lambda *_: WORDS, seed=seed,
        shared=SHARED._replace(separate_stores_on=separate), see=see,
    )  # fmt: skip
    parts = (
        end.safety_memory - start.safety_memory, (first[0] - start.belief) / (1.0 - start.belief),
        1.0 - end.threat_store / row.template_threat,
    )  # fmt: skip
    return [dict(zip(INSECURE, part.reshape(-1, FEW), strict=True)) for part in parts]


a_month_or_a_year = pytest.mark.parametrize("days", [30, pytest.param(365, marks=pytest.mark.slow)])


@a_month_or_a_year
@each_seed
@pytest.mark.parametrize("name", INSECURE)
def test_life_with_a_secure_partner_writes_the_safety_memory(days, seed, name):
    floor = {30: 0.02, 365: 0.12}[days]
    found = estimate(lived(days, seed)[name])
    assert found.low > floor, found
    assert abs(lived(days, seed, rule=0.0)[name].mean()) < 0.1 * found.mean


@a_month_or_a_year
@each_seed
@pytest.mark.parametrize("name", INSECURE)
def test_words_alone_hardly_write_the_safety_memory(days, seed, name):
    share = instructed(days, seed)[0][name].mean() / lived(days, seed)[name].mean()
    assert share < 0.15, f"words alone do {share:.0%} of what a secure partner does"


@each_seed
@pytest.mark.parametrize("name", INSECURE)
def test_words_move_belief_at_once(seed, name):
    assert instructed(30, seed)[1][name].mean() > 0.5


@each_seed
@pytest.mark.parametrize("name", INSECURE)
def test_with_both_stores_merged_words_would_calm_the_alarm(seed, name):
    """The ablation: belief then reaches what the alarm predicts."""
    apart, merged = (
        instructed(30, seed)[2][name].mean(),
        instructed(30, seed, separate=0.0)[2][name].mean(),
    )
    assert merged > 0.5 and merged > 2.0 * apart, (apart, merged)


# --- Every two presets behave differently ---------------------------------------------------------

SENT = tuple(f"sent_{field}" for field in Signal._fields)
ENOUGH = 0.5


@cache
def behaviour(partner, seed):
    """{outcome: (preset, couple)}: mean and day-to-day sd of each signal sent in four weeks."""
    data = simulate(
        list(NAMES), partner, days=28, dyads=64, seed=seed, record="daily", variables=SENT
    ).sel(partner="A")
    means = {f"mean of {name}": data[name].mean("time").values for name in SENT}
    return {**means, **{f"sd of {name}": data[name].std("time").values for name in SENT}}


def difference(partner, one, two):
    """The outcome that differs most in the first seed's couples, and its d in the second's.

    Choosing and measuring on different couples: the largest of 14 differences is no evidence.
    """
    first, second = (behaviour(partner, seed) for seed in SEEDS)
    gap = {k: abs(standardised_difference(v[one], v[two])) for k, v in first.items()}
    outcome = max(gap, key=gap.__getitem__)
    return outcome, abs(standardised_difference(second[outcome][one], second[outcome][two]))


@pytest.mark.parametrize("partner", ["secure", "withdrawer"])
def test_every_two_presets_differ_in_behaviour(partner):
    matrix = np.full((len(NAMES), len(NAMES)), np.nan)
    close = []
    for one, two in itertools.combinations(range(len(NAMES)), 2):
        outcome, d = difference(partner, one, two)
        matrix[one, two] = matrix[two, one] = d
        if d < ENOUGH:
            close.append(f"{NAMES[one]} and {NAMES[two]}: d = {d:.2f} in {outcome}")
    print("\n".join(f"{n[:12]:12s} " + " ".join(f"{d:5.2f}" for d in row)
                    for n, row in zip(NAMES, matrix, strict=True)))  # fmt: skip
    assert not close, close


def test_a_preset_does_not_differ_from_itself():
    """The same measure on two halves of the same preset: the method does not invent a d."""
    found = behaviour("secure", SEEDS[0])
    for row in range(len(NAMES)):
        halves = {k: np.split(v[row], 2) for k, v in found.items()}
        gaps = [standardised_difference(*both) for both in halves.values()]
        assert np.median(np.abs(gaps)) < ENOUGH


# --- Own inertia dominates ------------------------------------------------------------------------


def detrended(series):
    """Linear trend taken out of each row."""
    time = np.arange(series.shape[-1])
    return np.array([row - np.polyval(np.polyfit(time, row, 1), time) for row in series])


def inertia_and_coordination(own, partner):
    """Two-predictor regression a couple: affect on one's own and the partner's at lag 1."""
    found = []
    for x, y in zip(detrended(own), detrended(partner), strict=True):
        found.append(np.linalg.lstsq(np.column_stack([x[:-1], y[:-1]]), x[1:], rcond=None)[0])
    return np.array(found)


@each_seed
@pytest.mark.parametrize("pair", [("secure", "secure"), ("scanner", "withdrawer")])
@pytest.mark.parametrize("who", [0, 1], ids="AB")
def test_own_inertia_dominates_in_a_talk(seed, pair, who):
    data = simulate(
        *pair, calendar=conversation(15.0, 2.0), dyads=60, seed=seed, record="trajectory",
        variables=["affect"],
    )  # fmt: skip
    affect = data.affect.values[0]
    inertia, coordination = inertia_and_coordination(affect[:, who], affect[:, 1 - who]).T
    assert 0.85 <= inertia.mean() <= 0.95, inertia.mean()
    assert -0.005 <= coordination.mean() <= 0.06, coordination.mean()


# --- Anybody with anybody -------------------------------------------------------------------------

MOST = 0.01


@cache
def strangers(couples, days, seed):
    """Couples drawn over the full declared ranges, watched at every step."""
    watch = Watch()
    run_couples(
        anybody(couples, seed), anybody(couples, seed + 100), daily_life(days),
        random_numbers=addressed(seed, couples), see=watch,
    )  # fmt: skip
    return watch


how_many = pytest.mark.parametrize(
    ("couples", "days", "seed"),
    [
        (100, 60, 1),
        pytest.param(100, 60, 2, marks=pytest.mark.slow),
        pytest.param(1000, 365, 1, marks=pytest.mark.slow),
    ],
)


@how_many
def test_anybody_with_anybody_stays_finite_and_in_range(couples, days, seed):
    assert not strangers(couples, days, seed).faults


@how_many
def test_no_state_of_any_couple_rests_on_a_bound(couples, days, seed):
    """The strict reading: in no couple more than 1 % of the time within 1e-6 of a bound."""
    share = strangers(couples, days, seed).share()
    assert not {name: round(time, 4) for name, time in share.items() if time > MOST}


@how_many
def test_no_state_rests_on_a_bound(couples, days, seed):
    """The lenient reading: over all couples together."""
    share = strangers(couples, days, seed).pooled()
    assert not {name: round(time, 4) for name, time in share.items() if time > MOST}


def corners(count, seed):
    """People in whom every parameter is at an end of its range; the first two all low, all high."""
    low, high = np.array([rule.range for rule in PARAMETERS[PartnerParameters].values()]).T
    pick = np.random.default_rng(seed).integers(0, 2, (count, len(low)))
    pick[0], pick[1] = 0, 1
    return PartnerParameters(*np.where(pick, high, low).T)


@each_seed
def test_extreme_people_stay_finite_and_in_range(seed):
    a, b = corners(200, seed), corners(200, seed + 50)
    order = np.random.default_rng(seed).permutation(200)
    b = PartnerParameters(*(np.concatenate([f[:2], f[order][2:]]) for f in b))
    watch = Watch()
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        run_couples(
            a, b, daily_life(7) + conversation(15.0), random_numbers=addressed(seed, 200), see=watch
        )
    assert not watch.faults
