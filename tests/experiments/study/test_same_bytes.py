"""A study gives the same bytes again, in any order, resumed or repaired."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from experiments.study import tables
from experiments.study.keys import keys
from experiments.study.runner import StudyConfiguration, run
from experiments.study.store import Store
from experiments.study.study import load
from tests.helpers.studies import again, digest


def test_a_second_run_gives_the_same_bytes(once):
    assert again("twice") == 0 and digest("twice") == once


def test_reversed_order_gives_the_same_bytes(once):
    study = load(Path("study.toml"))
    store = Store(Path("reverse"))
    configuration = StudyConfiguration(Path("study.toml"), Path("reverse"), backwards=True)
    run(study, configuration, store, lambda done, total: None)
    store.sweep()
    shutil.copy("once/study.toml", "reverse")
    shutil.copy("once/study.json", "reverse")
    tables.of_study(store)
    assert digest("reverse") == once


def test_the_cut_into_pieces_changes_nothing(once, monkeypatch):
    monkeypatch.setattr("experiments.study.runner.EXCHANGES_A_PIECE", 1)
    assert again("singly") == 0 and digest("singly") == once
    monkeypatch.setattr("experiments.study.cell.NUMBERS_AT_ONCE", 1)
    assert again("by_couples") == 0
    found = [Store(Path(name)) for name in ("once", "by_couples")]
    for key, _ in keys(load(Path("study.toml"))):
        one, two = (s.root.joinpath("cells", key[:2], key, "cell.json").read_text() for s in found)
        assert one == two


def test_cells_hold_what_simulate_gives(once):
    import sim
    from models import architecture
    from sim.world.population import Population

    study = load(Path("study.toml"))
    key, row = list(keys(study))[2]
    kept = Store(Path("once")).read(key)
    assert row == (0.4, "withdrawer")
    life = sim.simulate(
        Population(architecture("scanner", vagal_tone=0.4)), "withdrawer", days=3, dyads=3, seed=1,
        variables=["closeness", "alarm"],
    )  # fmt: skip
    late = life.isel(condition=0, time=slice(-2, None)).mean("time")
    np.testing.assert_array_equal(kept.values[:, 0], late.closeness.values)
    np.testing.assert_array_equal(kept.values[:, 1], late.alarm.sel(partner="A").values)


def test_a_resumed_run_computes_only_what_is_missing(once, capsys):
    shutil.copytree("once", "half")
    for folder in sorted(Path("half/cells").glob("*/*"))[:2]:
        shutil.rmtree(folder)
    assert again("half") == 2 and "add --resume" in capsys.readouterr().err
    assert again("half", "--resume") == 0
    assert "2 cells computed, 4 kept, 0 failed" in capsys.readouterr().out
    assert digest("half") == once


DAMAGE = {
    "cut off": lambda raw: raw[: len(raw) // 2],
    "empty": lambda raw: b"",
    "one digit changed": lambda raw: raw.replace(b"0.4", b"0.5", 1),
    "zeros": lambda raw: bytes(len(raw)),
    "another file": lambda raw: b"hello",
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_cell_is_found_and_computed_again(name, once, capsys):
    shutil.copytree("once", "hurt")
    path = next(Path("hurt/cells").glob("*/*/cell.json"))
    path.write_bytes(DAMAGE[name](path.read_bytes()))
    assert again("hurt", "--status") == 0
    assert "5 complete, 0 missing, 1 damaged" in capsys.readouterr().out
    assert again("hurt", "--resume") == 0 and digest("hurt") == once


def test_leftovers_of_a_killed_run_go(once):
    shutil.copytree("once", "dirty")
    Path("dirty/.pairbond/abc.123.0a1b2c3d").mkdir(parents=True)
    Path("dirty/.pairbond/abc.123.0a1b2c3d/cell.json").write_text("half")
    assert again("dirty", "--resume") == 0 and digest("dirty") == once
