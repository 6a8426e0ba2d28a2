"""G1, time: halving every time step changes nothing that anybody would notice."""

from experiments.gates.bands import BANDS
from experiments.gates.calendars import talk
from experiments.gates.cohort import Cohort
from experiments.gates.lives import Couples, steps_halved
from experiments.gates.measured import g8
from sim.world.calendar import daily_life
from sim.world.cutting import cut, halved

WATCHED = ("closeness", "alarm", "sent_demand", "satisfaction", "sent_latency")
DAYS, LAST = 60, 30


def measure(cohort: Cohort) -> dict[str, float]:
    """What halving all steps does to everyday life, to a talk, and to the verdicts on claims."""
    start = Couples(
        tuple(one.people for one in cohort.sample),
        cohort.seed,
        range(cohort.size.cohort),
        cohort.shared,
    )
    life = cut(daily_life(DAYS), start.core.longest_step)
    whole, half = start.copy(), start.copy()
    everyday = [c.live(x, WATCHED) for c, x in ((whole, life), (half, halved(life)))]
    slow = [{k: v[-LAST:].mean((0, *range(1, v.ndim - 1))) for k, v in x.items()} for x in everyday]
    held = [whole.copy().live(x, WATCHED, "summary") for x in (talk(), halved(talk()))]
    means = [{k: v.reshape(-1, len(whole)).mean(0) for k, v in x.items()} for x in held]
    return {"everyday": worst(*slow), "talk": worst(*means), "claims": float(flipped(cohort))}


def worst(one: dict, other: dict) -> float:
    """The largest absolute difference in standard deviations between couples."""
    return max(abs((other[k] - one[k]).mean() / one[k].std()) for k in WATCHED)


def flipped(cohort: Cohort) -> int:
    """Number of the rows of G8 whose verdict another length of the steps changes."""
    whole = g8.measure(cohort)
    with steps_halved():
        half = g8.measure(cohort)
    rows = [band for band in BANDS if band.gate == "G8"]
    return sum(band.holds(whole[band.key]) != band.holds(half[band.key]) for band in rows)
