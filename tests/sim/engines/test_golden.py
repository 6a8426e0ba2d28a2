"""Golden states: a few fixed couples, after some exchanges, are where they have always been.

Other tests say what must be true of any model of this kind. This one says that the numbers are
the old ones, so that a change that was meant to move code can't move results unseen. People and
seed are fixed; every engine is held to the same numbers.
"""

import json
from pathlib import Path

import pytest

from models import architecture
from sim import conversation, daily_life, simulate

KEPT = Path(__file__).with_suffix(".json")
COMMAND = "python tests/sim/engines/test_golden.py"
SEED = 1
PARTNER = ("alarm", "arousal", "belief", "safety_memory", "satisfaction", "heard_warmth")
COUPLE = ("closeness", "hazard")
ENGINES = ("mesa", "numpy", "compiled")
# Engines round differently in the last digits, and so do processors; nothing else is forgiven.
RELATIVE, ABSOLUTE = 1e-9, 1e-13

# A preset as it stands, and a name, which draws a person around the preset: both ways of giving
# people are held.
COUPLES = {
    "scanner and withdrawer": (architecture("scanner"), architecture("withdrawer")),
    "merger and disorganised": (architecture("merger"), architecture("disorganized")),
    "somebody anxious and somebody secure": ("anxious", "secure"),
}


def life():
    """Two everyday days with a stressor and a late text, then five minutes of conflict."""
    days = daily_life(2).with_event(0.5, "A", stressor=1.5).with_event(1.2, "B", delay=3.0)
    return days + conversation(5.0, owner="A")


def last_states(engine):
    """Couple to name of a state to its value in the last interval, partners apart."""
    found = {}
    for label, (a, b) in COUPLES.items():
        data = simulate(
            a, b, calendar=life(), seed=SEED, engine=engine, record="trajectory",
            variables=PARTNER + COUPLE,
        ).isel(condition=0, dyad=0, time=-1)  # fmt: skip
        states = {f"{n} {who}": float(data[n].sel(partner=who)) for n in PARTNER for who in "AB"}
        found[label] = states | {name: float(data[name]) for name in COUPLE}
    return found


def record():
    """Write the states of today over those that are kept."""
    text = json.dumps(last_states("numpy"), indent=2) + "\n"
    KEPT.write_text(text, encoding="utf-8", newline="\n")


def advice():
    """What to do when the numbers are others."""
    return (
        "the same people, seed and calendar now end in other states. If that was not intended, a "
        "change that should only have moved code has changed a result: find it. If it was "
        f"intended, run '{COMMAND}', look at what changes in {KEPT.name}, and mark the entry in "
        "CHANGELOG.md with **[results]**."
    )


def changes(kept, found):
    """One line a state that is not what it was."""
    lines = []
    for label, states in kept.items():
        for name, value in states.items():
            now = found[label][name]
            if now != pytest.approx(value, rel=RELATIVE, abs=ABSOLUTE):
                lines.append(f"  {label}: {name} was {value!r}, is {now!r}")
    return lines


@pytest.mark.parametrize("engine", ENGINES)
def test_couples_end_where_they_always_have(engine):
    if engine == "compiled":
        pytest.importorskip("numba")
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    moved = changes(kept, last_states(engine))
    assert not moved, f"engine {engine}: {advice()}\n" + "\n".join(moved)


def test_what_is_kept_is_what_is_asked_for():
    """A couple or a state added above must also be recorded."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    names = {*COUPLE, *(f"{name} {who}" for name in PARTNER for who in "AB")}
    assert {label: set(states) for label, states in kept.items()} == dict.fromkeys(COUPLES, names)


def test_a_state_that_moves_is_told_with_what_to_do():
    kept = {"they": {"alarm A": 0.5, "alarm B": 0.25}}
    found = {"they": {"alarm A": 0.5 * (1 + 1e-10), "alarm B": 0.25 * (1 + 1e-8)}}
    (line,) = changes(kept, found)
    assert "alarm B" in line and "**[results]**" in advice()


if __name__ == "__main__":
    record()
