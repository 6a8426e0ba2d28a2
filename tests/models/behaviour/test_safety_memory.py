"""Living with somebody secure writes the safety memory, words hardly do."""

from functools import cache

import numpy as np
import pytest

from models import PartnerParameters
from models.initial_state import initial_state
from sim.analysis.measures import estimate
from sim.engines.ensemble import simulate
from sim.world.calendar import daily_life
from sim.world.people import resolve
from tests.helpers.behaviour import NAMES, each_seed
from tests.helpers.couples import SHARED, SILENT, live

INSECURE = tuple(name for name in NAMES if name != "secure")
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
