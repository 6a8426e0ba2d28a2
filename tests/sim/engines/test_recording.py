"""What is recorded, who computes it, and whether it fits into memory."""

import numpy as np
import pytest

from sim import simulate
from sim.engines import registry as engines
from sim.engines.memory import check_memory, size
from sim.engines.recording import chosen
from sim.world.calendar import conversation, daily_life
from tests.helpers.engines import FAST, run

# --- recording ------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["mesa", *FAST])
def test_a_summary_has_the_last_states(engine):
    summary = run(engine, dyads=3, record="summary")
    trajectory = run(engine, dyads=3, record="trajectory")
    for name in ("belief", "closeness"):
        last = trajectory[name].isel(time=-1)
        assert np.array_equal(summary[f"{name}_end"].values, last.values)
    assert "sent_warmth_end" not in summary and "belief_end" not in trajectory
    assert summary.belief_end.attrs["units"] == "1"


@pytest.mark.parametrize("engine", ["mesa", *FAST])
def test_talks_are_recorded_step_by_step_beside_the_days(engine):
    """A talk in the middle, and one on the last day, leave each day and each turn as they are."""
    days, talk = daily_life(2), conversation(3.0, heat=0.4)
    life = {"calendar": days + talk + days + talk, "dyads": 2}
    both = run(engine, record="daily_and_talks", **life)
    turns = run(engine, record="trajectory", **life)
    alone = both.kind.values == "talk"
    assert set(both.kind.values[~alone]) == {"day"} and alone.sum() == 2 * len(talk)
    assert both.isel(time=alone).equals(turns.isel(time=turns.kind.values == "talk"))
    without = run(engine, record="daily", calendar=days, dyads=2).alarm
    assert both.alarm.isel(time=slice(0, 2)).drop_vars("kind").equals(without)
    later = run(engine, record="daily_and_talks", since=2, **life)
    assert later.equals(both.isel(time=both.time.values > 2.0))


# --- choice, threads, memory ----------------------------------------------------------------------


def test_auto_looks_at_the_request_only():
    assert engines.choose("auto", "float64", 1000) == "numpy"
    expected = "compiled" if engines.has_numba() else "numpy"
    assert engines.choose("auto", "float64", 10**9) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        dict(engine="abacus"),
        dict(precision="float16"),
        dict(engine="numpy", precision="float32"),
        dict(threads=0),
        dict(chunk=0),
    ],
)
def test_nonsense_is_refused_in_one_line(wrong):
    with pytest.raises(ValueError) as fault:
        run("numpy", **({} | wrong)) if "engine" not in wrong else run(**wrong)
    assert "\n" not in str(fault.value)


def test_a_request_too_large_is_refused_before_it_starts():
    calendar = daily_life(365)
    names = chosen("all")
    room = size(10_000, calendar, names, "daily") * 1.1
    check_memory(10_000, calendar, names, "daily", room)
    with pytest.raises(ValueError, match="record = daily fits") as fault:
        check_memory(10_000, calendar, names, "trajectory", room)
    assert "GiB" in str(fault.value) and "\n" not in str(fault.value)


def test_it_is_refused_before_anything_runs(monkeypatch):
    monkeypatch.setattr("sim.engines.ensemble.run_all", None)
    with pytest.raises(ValueError, match="record = summary fits"):
        simulate("scanner", "secure", days=3650, dyads=300_000, seed=1, record="trajectory")


def test_memory_of_a_summary_does_not_grow_with_time():
    names = chosen(None)
    assert size(1000, daily_life(10), names, "summary") == size(
        1000, daily_life(900), names, "summary"
    )
