"""The merger feels what the partner feels."""

from functools import cache

import numpy as np
import pytest

from models import architecture
from sim.engines.ensemble import simulate
from sim.world.calendar import conversation, daily_life
from sim.world.population import Population
from tests.helpers.behaviour import each_seed
from tests.helpers.compare import slope
from tests.helpers.couples import SILENT, live
from tests.helpers.people import rows

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
