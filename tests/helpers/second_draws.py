"""Random people, states and circumstances over the whole declared ranges of the second core."""

import numpy as np

from models.second.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.second.state import VARIABLES, DyadState, PartnerState, RandomNumbers, Signal
from models.state import Event, Situation

LEAST, WIDE = 1e-6, 2.0
"""Margin from an open end of a range; how far an unbounded number is drawn from 0."""
SHARED = SharedParameters()


def number(random, limits):
    """A number inside declared ``limits``; an open end stands for ``WIDE``."""
    low, high = limits or (None, None)
    low = -WIDE if low is None else low + LEAST
    high = low + WIDE if high is None else high - LEAST
    return float(random.uniform(low, high))


def anything(kind, random):
    """A state, dyad or signal drawn over its declared ranges."""
    return kind(*(number(random, v.range) for v in VARIABLES[kind].values()))


def person(random):
    ranges = PARAMETERS[PartnerParameters].values()
    return PartnerParameters(*(float(random.uniform(*p.range)) for p in ranges))


def society(random):
    """Shared numbers inside their ranges, and every switch on, off or half on."""
    found = {}
    for name, declared in PARAMETERS[SharedParameters].items():
        switch = declared.source == "ablation"
        found[name] = float(
            random.choice([0, 0.5, 1]) if switch else random.uniform(*declared.range)
        )
    return SharedParameters(**found)


def situation(random, dt=None):
    dt = float(10 ** random.uniform(-1.8, 4.6)) if dt is None else dt
    return Situation(dt, *(float(x) for x in random.choice([0.0, 0.3, 0.7, 1.0], size=5)))


def event(random):
    """Anything at once: quarrel, danger, script, third person, words."""
    drawn = random.uniform(size=len(Event._fields))
    return Event(*map(float, drawn))._replace(
        help_warmth=float(random.uniform(-1, 1)),
        third=float(random.choice([0, 1])),
        conflict=float(random.choice([0, random.uniform()])),
    )


def noise(random):
    return RandomNumbers(*map(float, random.normal(size=6)))


def dyad(random):
    return anything(DyadState, random)._replace(age=float(random.uniform(0, 3e6)))


def everything(seed):
    """One draw of all that one partner's turn depends on, by the names of the equations."""
    random = np.random.default_rng(seed)
    return dict(
        random=random,
        state=anything(PartnerState, random),
        parameters=person(random),
        shared=society(random),
        situation=situation(random),
        event=event(random),
        heard=anything(Signal, random),
        dyad=dyad(random),
        noise=noise(random),
    )
