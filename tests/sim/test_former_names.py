"""Former paths and arguments still work, warn once with the new name, and cost no import."""

import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

import sim
from experiments.former_names import MODULES
from sim import former_names
from sim.engines.ensemble import simulate
from sim.former_names import FORMER, former_argument, names_of, present

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "xarray", "mesa", "matplotlib")


def python(code):
    """What a fresh interpreter prints."""
    run = [sys.executable, "-c", code]
    return subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("former", sorted(FORMER | MODULES))
def test_every_former_path_leads_to_a_module_of_today(former):
    assert find_spec(present(former)) is not None
    place = ROOT.joinpath(*former.split("."))
    assert not place.with_suffix(".py").exists() and not (place / "__init__.py").exists()


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("sim.measures", "sim.analysis.measures"),
        ("sim.compiled.cache", "sim.engines.compiled.cache"),
        ("sim.landscape.repair", "sim.landscape.perturbation"),
        ("models.birth", "models.initial_state"),
        ("experiments.claims.tools", "sim.analysis.probes"),
        ("experiments.studying.messages", "experiments.study.messages"),
    ],
)
def test_a_former_path_is_the_same_module_and_warns_with_the_new_path(former, today, monkeypatch):
    monkeypatch.delitem(sys.modules, former, raising=False)
    with pytest.warns(FutureWarning, match=f"{former} is now {today}") as warned:
        module = import_module(former)
    assert module is import_module(today) and module.__name__ == today
    assert module.__spec__.name == today  # and reload and pickle still find it
    assert len([one for one in warned if former in str(one.message)]) == 1
    assert import_module(former) is module


def test_the_warning_points_at_who_imports():
    code = "import sim, warnings\nwarnings.simplefilter('error')\nimport sim.calendar"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1 and "FutureWarning: sim.calendar is now sim.world.calendar" in (
        run.stderr
    )
    assert 'File "<string>", line 3' in run.stderr


def test_nothing_is_imported_until_asked():
    shown = f"[name for name in {HEAVY!r} if name in sys.modules]"
    assert python(f"import sim, experiments, sys; print({shown})") == "[]"
    assert python("import sys, sim, sim.style; print('sim.plots.style' in sys.modules)") == "True"


def test_an_unknown_path_is_unknown_as_ever():
    for name in ("sim.measure", "sim.nowhere", "experiments.claims.c99_none"):
        assert present(name) is None
        with pytest.raises(ModuleNotFoundError, match=name):
            import_module(name)


def test_a_module_runs_under_its_former_path():
    run = subprocess.run(
        [sys.executable, "-m", "experiments.explore.generate"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "experiments.explore.generate is now experiments.pages.explore.generate" in run.stderr


def test_names_of_a_module_that_became_a_package():
    bands = import_module("sim.plots.bands")
    with pytest.warns(FutureWarning, match=r"sim\.plots\.panel_letters is now sim\.plots\.bands"):
        assert import_module("sim.plots").panel_letters is bands.panel_letters
    with pytest.warns(FutureWarning, match=r"sim\.engines\.registry\.ENGINES"):
        assert "numpy" in import_module("sim.engines").ENGINES
    with pytest.raises(AttributeError, match=r"'sim\.plots' has no attribute 'nothing'"):
        import_module("sim.plots").nothing  # noqa: B018
    with pytest.raises(AttributeError):
        names_of("sim.plots", "sim.plots.bands")("bands")  # the module, never the function


def test_installing_twice_adds_one_finder():
    before = list(sys.meta_path)
    former_names.install()
    assert sys.meta_path == before


# --- arguments ------------------------------------------------------------------------------------


def test_the_former_argument_of_simulate_and_of_the_mesa_model():
    common = dict(days=1, seed=1, record="summary")
    today = simulate("merger", "scanner", streams=("B", "A"), **common)
    with pytest.warns(FutureWarning, match="luck_of is now streams") as warned:
        former = simulate("merger", "scanner", luck_of=("B", "A"), **common)
    assert former.identical(today) and warned[0].filename == __file__
    with pytest.warns(FutureWarning, match="luck_of is now streams"):
        model = sim.CoupleModel("merger", "scanner", luck_of=("B", "A"), collect=False)
    assert model.whose == (1, 0)


def test_both_names_at_once_are_refused():
    @former_argument("old", "new")
    def same(new=0):
        return new

    assert same(new=3) == 3
    with pytest.raises(TypeError, match="old and new are the same argument: give new only"):
        same(old=1, new=2)
