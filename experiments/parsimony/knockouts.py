"""Every parameter's knock-outs: values at which it makes no difference, or another one."""

from collections.abc import Iterator
from typing import NamedTuple

from models.architectures import ARCHITECTURES, architecture
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters

CENTRE = architecture("secure")
STEP = 3.0
"""Factor by which a time constant is made slower, and quicker."""


class Knockout(NamedTuple):
    """A change that takes a parameter's doing out: for all people, or in the shared parameters."""

    parameter: str
    what: str
    person: dict[str, float]
    shared: dict[str, float]


def knockouts() -> Iterator[Knockout]:
    """All of them, parameter by parameter."""
    for name in PARAMETERS[PartnerParameters]:
        yield from _of_people(name)
    for name in PARAMETERS[SharedParameters]:
        yield from _of_shared(name)


def _of_people(name: str) -> Iterator[Knockout]:
    """No difference between people; and where presets do not differ, the low end of the range."""
    level = float(getattr(CENTRE, name))
    differs = any(float(getattr(architecture(who), name)) != level for who in ARCHITECTURES)
    low = PARAMETERS[PartnerParameters][name].range[0]
    value, what = (level, "everybody as the secure") if differs else (low, "everybody at the least")
    yield Knockout(name, what, {name: value}, {})


def _of_shared(name: str) -> Iterator[Knockout]:
    """A switch or a weight at 0; another constant three times smaller and three times larger."""
    low, high = PARAMETERS[SharedParameters][name].range
    now = float(getattr(SharedParameters(), name))
    if low == 0.0:
        yield Knockout(name, "at 0", {}, {name: 0.0})
        return
    for what, value in (("a third", max(now / STEP, low)), ("three times", min(now * STEP, high))):
        yield Knockout(name, what, {}, {name: value})
