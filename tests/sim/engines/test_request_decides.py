"""Results depend on the request alone: not on chunks, threads, order, company or engine."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from models.parameters import PartnerParameters, SharedParameters
from sim.world.people import resolve
from tests.helpers.engines import FAST, largest_difference, run
from tests.helpers.paths import ROOT


@pytest.mark.parametrize("engine", FAST)
@pytest.mark.parametrize("record", ["trajectory", "daily", "summary"])
def test_chunks_threads_order_and_subsets_do_not_show(engine, record):
    whole = run(engine, record=record)
    assert run(engine, record=record, chunk=17).identical(whole)
    some = [65, 3, 20, 4]
    assert run(engine, record=record, dyads=some).identical(whole.sel(dyad=some))
    if engine == "compiled":
        assert run(engine, record=record, threads=2, chunk=64).identical(whole)
        assert run(engine, record=record, threads=5, chunk=30).identical(whole)


def test_engines_are_the_same_bits_through_simulate():
    for record in ("trajectory", "daily", "summary"):
        one, two = (run(engine, record=record) for engine in FAST)
        assert one.equals(two)
        assert (one.attrs["engine"], two.attrs["engine"]) == FAST


def test_one_couple_at_a_time_is_the_same_as_lanes(monkeypatch):
    pytest.importorskip("numba")
    from sim.engines.compiled import engine

    whole = run(dyads=20)
    monkeypatch.setattr(engine, "FEW", 0)
    lanes = run(dyads=[7])
    monkeypatch.setattr(engine, "FEW", 99)
    assert lanes.identical(whole.sel(dyad=[7])) and run(dyads=[7]).identical(lanes)


def test_short_calls_of_the_kernel_do_not_show(monkeypatch):
    pytest.importorskip("numba")
    from sim.engines.compiled import engine

    whole = run(record="daily")
    monkeypatch.setattr(engine, "WORK", 64 * 5)
    assert run(record="daily").identical(whole)


def test_laws_and_luck_reach_every_engine():
    shared = [SharedParameters(), SharedParameters(corrective_rule_on=0.0, channel_ab=0.0)]
    request = dict(a="scanner", b="secure", shared=shared, streams=("B", "A"), dyads=12)
    numpy_, compiled = (run(engine, **request) for engine in FAST)
    assert numpy_.equals(compiled)
    assert largest_difference(run("mesa", **request), numpy_) < 1e-10
    assert not numpy_.isel(condition=0).equals(numpy_.isel(condition=1))


def test_people_may_be_arrays_in_any_chunking():
    ids = np.arange(40)
    a = resolve("scanner", 1, ids, 0)
    whole = run("numpy", a=a, b=PartnerParameters(), dyads=40)
    assert run("numpy", a=a, b=PartnerParameters(), dyads=40, chunk=7).identical(whole)


def test_other_processes_get_the_same_bits():
    whole = run(dyads=30, record="summary")
    code = """
        import sys, numpy as np
        from tests.helpers.engines import run
        data = run(dyads=[int(i) for i in sys.argv[1].split(",")], record="summary")
        np.save(sys.argv[2], data.alarm.values)
    """
    code = textwrap.dedent(code)
    for some in ([0, 1, 2], list(range(3, 30))):
        target = Path(os.environ.get("TMPDIR", "/tmp")) / f"pairbond-test-{os.getpid()}.npy"
        argument = ",".join(map(str, some))
        subprocess.run([sys.executable, "-c", code, argument, target], check=True, cwd=ROOT)
        assert (np.load(target) == whole.alarm.sel(dyad=some).values).all()
        target.unlink()


@pytest.mark.slow
def test_engines_agree_over_a_year():
    """Common random numbers: the same couples live the same year but for rounding.

    Eight couples do: each one must agree, and a fault that only chance would hide has no place.
    """
    year = dict(days=365, dyads=8, record="summary", calendar=None, a="scanner", b="withdrawer")
    mesa, compiled = run("mesa", **year), run("compiled", **year)
    for name in ("alarm_end", "satisfaction_end", "belief_end", "threat_store", "closeness"):
        difference = abs(mesa[name] - compiled[name]) / compiled[name].std("dyad")
        assert float(difference.max()) < 1e-6, name
