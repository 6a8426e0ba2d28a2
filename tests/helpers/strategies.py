"""What Hypothesis draws for tests of equations, and states to begin from."""

import numpy as np
import pytest
from hypothesis import strategies as st

from models import architecture
from models.initial_state import initial_state
from models.state import VARIABLES, Signal

share = st.floats(0.0, 1.0)
inside = st.floats(0.01, 0.99)
SECURE = architecture("secure")
STATE = initial_state(SECURE)


def near(one, two):
    assert one == pytest.approx(two, rel=1e-9, abs=1e-12)


signals = st.builds(
    Signal, st.floats(-1, 1), share, share, share, st.floats(1.0, 5.0), share, st.floats(-1, 1)
)


def any_state(kind, random, count):
    """States anywhere in the declared ranges: every value inside, or at an end of its range."""
    values = []
    for name, rule in VARIABLES[kind].items():
        low, high = rule.range or (-3.0, 3.0)
        high = 2000.0 if high is None else high
        corner = random.choice([low, high], count)
        value = np.where(random.random(count) < 0.3, corner, random.uniform(low, high, count))
        values.append(np.maximum(value, 1.0) if name == "usual_gap" else value)
    return kind(*values)
