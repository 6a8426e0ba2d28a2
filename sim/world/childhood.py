"""S19, childhood: infants live with a caregiver, and grow into adults for ``simulate``.

A care regime is a person, a mixture of regimes a person between them. The infant is a partner
whose prefrontal cortex is hardly there yet; what the exchanges make of its slow traits is what
the adult starts from (``models.caregiving``). Infants are A, caregivers B.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from models.caregiving import LEARNT, NEWBORN, REGIMES, childhood_shared, grown
from models.initial_state import initial_state
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.state import PartnerState
from models.wording import named
from sim.checks import instance, seed_number, shown
from sim.engines.ensemble import simulate
from sim.randomness.noise import Purpose, uniforms
from sim.world.addresses import dyad_numbers
from sim.world.calendar import Calendar, check_days, daily_life
from sim.world.people import Person, resolve
from sim.world.population import Population

if TYPE_CHECKING:
    import xarray

CHILDHOOD_DAYS = 180
"""Days with the caregiver: at the newborn's plasticity they stand for the first years."""
TRAITS = ("threshold", "threat_store", "closeness_pain", "expectation", *LEARNT)
"""States that childhood leaves behind."""
MARGIN = 0.02
"""Share of a parameter's range within which an extreme childhood saturates."""
OPTIONS = ("dyads", "seed", "record", "shared", "conditions", "progress", "engine", "threads")
WEEKEND = 6  # of the days of a week the last two have no work
INFANT, ADULT = Population(NEWBORN), Population(PartnerParameters())


def childhood(days: int = CHILDHOOD_DAYS) -> Calendar:
    """``days`` with the caregiver: ten exchanges a day, all face to face, and the nights."""
    check_days(days)
    week = daily_life(WEEKEND)
    return week[-(len(week) // WEEKEND) :] * days


def mixture(shares: Mapping[str, Any]) -> PartnerParameters:
    """A caregiver between regimes: the convex combination of their parameters.

    ``shares`` maps names of regimes to weights of at least 0, numbers or arrays of one value a
    couple; they are divided by their sum.
    """
    instance("shares", shares, Mapping)
    weights = {named(name, REGIMES, "care regime"): _weight(name, w) for name, w in shares.items()}
    if len({w.shape for w in weights.values()} - {()}) > 1:
        raise ValueError("shares of regimes: must be numbers, or as many for each regime")
    total = sum(weights.values(), np.zeros(()))
    if any((share < 0.0).any() for share in weights.values()) or not (total > 0.0).all():
        raise ValueError("shares of regimes: must be at least 0, with a sum above 0")
    return PartnerParameters(
        *(
            sum(weights[name] / total * getattr(REGIMES[name], field) for name in weights)
            for field in PartnerParameters._fields
        )
    )


def _weight(name: str, share: Any) -> np.ndarray:
    try:
        weight = np.asarray(share, float)
    except (TypeError, ValueError, OverflowError):
        weight = np.asarray(np.nan)
    if not np.isfinite(weight).all() or np.ma.is_masked(share) or isinstance(share, bool):
        raise ValueError(f"shares of regimes: {name} = {shown(share)} must be finite numbers")
    return weight


def caregivers(dyads: int | Sequence[int], seed: int) -> tuple[PartnerParameters, np.ndarray]:
    """One caregiver a couple, every mixture of the regimes as likely as any other.

    Also returns the weights, shape (regimes, couples). Exponential draws divided by their sum
    are a flat Dirichlet distribution: an assumption, as nobody has measured the true one.
    """
    # One address gives four draws, enough for one a regime; the partner is 1, as caregivers are B.
    seed = seed_number(seed)
    draws = -np.log(uniforms(Purpose.CAREGIVER, seed, dyad_numbers(dyads), 1, 0))
    weights = (draws / draws.sum(axis=0))[: len(REGIMES)]
    return mixture(dict(zip(REGIMES, weights, strict=True))), weights


def grow_up(
    care: Person | Sequence[Person],
    *,
    dyads: int | Sequence[int],
    seed: int,
    days: int = CHILDHOOD_DAYS,
    infant: Person = INFANT,
    adult: Person = ADULT,
    **options: Any,
) -> list[PartnerParameters]:
    """Adults, one set for each caregiver in ``care`` and in it one a couple.

    ``adult`` gives what childhood does not decide, such as warmth; infant and adult of a couple
    share their temperament, as they draw it with the same address. ``options``: ``shared`` and
    ``progress`` of ``simulate``.
    """
    data = _lived(infant, care, days, options | _couples(dyads, seed, "summary"))
    ids = dyad_numbers(dyads)
    newborn, person = (resolve(who, seed_number(seed), ids, 0) for who in (infant, adult))
    start = initial_state(newborn)
    return [_adult(data.isel(condition=k), start, person) for k in range(data.sizes["condition"])]


def growth(
    care: Person | Sequence[Person],
    *,
    dyads: int | Sequence[int],
    seed: int,
    days: int = CHILDHOOD_DAYS,
    infant: Person = INFANT,
    **options: Any,
) -> "xarray.Dataset":
    """The same childhoods day by day: how the infant's traits grow, dimensions as ``simulate``.

    ``options``: ``shared``, ``conditions`` and ``progress`` of ``simulate``.
    """
    data = _lived(infant, care, days, options | _couples(dyads, seed, "daily"))
    return data.sel(partner="A", drop=True)


def _couples(dyads: int | Sequence[int], seed: int, record: str) -> dict[str, Any]:
    return {"dyads": dyads, "seed": seed, "record": record}


def _lived(infant: Person, care: Any, days: int, options: dict[str, Any]) -> "xarray.Dataset":
    """Childhood as a run of couples."""
    for name in options:
        named(name, OPTIONS, "option of a childhood")
    given = options.pop("shared", None)
    shared = SharedParameters() if given is None else given
    instance("shared", shared, SharedParameters)
    shared = childhood_shared(shared)
    return simulate(
        infant, care, calendar=childhood(days), variables=TRAITS, shared=shared, **options
    )


def _adult(data: "xarray.Dataset", start: PartnerState, person: PartnerParameters):
    """The adult that the last states of one childhood make of ``person``."""
    ends = {name: data[f"{name}_end"].sel(partner="A").values for name in TRAITS}
    made = grown(start._replace(**ends), person)
    rules = PARAMETERS[PartnerParameters].items()
    return PartnerParameters(*(_within(getattr(made, name), *rule.range) for name, rule in rules))


def _within(level, low: float, high: float):
    """``level`` as it is inside the range, saturating in the last ``MARGIN`` of it."""
    soft = MARGIN * (high - low)
    below = high - soft * np.logaddexp(0.0, (high - level) / soft)
    return low + soft * np.logaddexp(0.0, (below - low) / soft)
