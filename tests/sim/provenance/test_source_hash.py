"""The source hash follows what is computed: words and places leave it alone, numbers move it.

Each case edits a copy of the tree, in which a fresh process works the hash out.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest

from sim.provenance import ROOT, content, kept, source_hash


@pytest.fixture
def copy(tmp_path):
    """A copy of the science that a test may spoil."""
    for name in ("models", "sim"):
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave)
    return tmp_path


def hash_of(root, **environment):
    """What a fresh process says of the tree at ``root``."""
    given = {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    ran = subprocess.run(
        [sys.executable, "-m", "sim.provenance.content"], cwd=root, env={**os.environ, **given},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ran.stdout.split()[-2]


def edit(root, old, new):
    """Put ``new`` for ``old``, which must stand in one place of the whole copy."""
    texts = {path: path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    found = [path for path, text in texts.items() for _ in range(text.count(old))]
    assert len(found) == 1, f"{old!r} stands {len(found)} times: mend this edit"
    found[0].write_text(texts[found[0]].replace(old, new), encoding="utf-8")


def move(root, old, new):
    """Move a module and mend every import and string that names it."""
    source, target = (root.joinpath(*name.split(".")).with_suffix(".py") for name in (old, new))
    target.parent.mkdir(exist_ok=True)
    source.rename(target)
    (package, name), (new_package, new_name) = old.rsplit(".", 1), new.rsplit(".", 1)

    def mended(found):
        """``from package import a, name`` with ``name`` taken from where it is now."""
        names = [each.strip() for each in found[2].strip("()").split(",") if each.strip()]
        others = ", ".join(each for each in names if each != name)
        lines = [f"{found[1]}from {package} import {others}"] * bool(others)
        lines += [f"{found[1]}from {new_package} import {new_name} as {name}"] * (name in names)
        return "\n".join(lines)

    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8").replace(old, new)
        parted = re.escape(package) + r" import (\([^)]*\)|.*)"
        path.write_text(re.sub(rf"^( *)from {parted}$", mended, text, flags=re.M), encoding="utf-8")


# --- what changes nothing -------------------------------------------------------------------------

MOVES = {
    "randomness": ("sim.randomness.elementary", "sim.randomness.functions"),
    "calendar to another room": ("sim.world.calendar", "sim.engines.days"),
    "a driver": ("sim.engines.chunks", "sim.engines.pieces"),
    "an engine named in a string": ("sim.engines.numpy_engine", "sim.engines.arrays"),
    "a circuit": ("models.circuits.vagus", "models.circuits.brake"),
}


@pytest.mark.parametrize("old, new", MOVES.values(), ids=MOVES)
def test_a_moved_module_changes_nothing(copy, old, new):
    move(copy, old, new)
    assert hash_of(copy) == source_hash()


def test_words_and_order_change_nothing(copy):
    for path in copy.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        text = re.sub("^    return ", "    # a reason\n    return ", text, flags=re.M)
        path.write_text(f'"""Other words."""\n\n{text}', encoding="utf-8")
    edit(copy, "    sent_a = emit(a, person_a)\n    sent_b = emit(b, person_b)\n",
         "    sent_b = emit(b, person_b)\n    sent_a = emit(a, person_a)\n")  # fmt: skip
    edit(copy, "good = warmth + 0.5 * contact * (1.0 - 2.0 * fear)",
         "good = (1.0 - 2.0 * fear) * (contact * 0.5) + warmth")  # fmt: skip
    edit(copy, "give exactly one of them", "one of them must be given")
    assert hash_of(copy) == source_hash()


def test_plots_and_pages_are_not_in_it(copy):
    (copy / "sim/plots/style.py").write_text("COLOUR = 1\n", encoding="utf-8")
    assert hash_of(copy) == source_hash()


@pytest.mark.parametrize("random", ["1", "2"])
def test_the_order_of_dictionaries_and_sets_is_not_in_it(random):
    assert hash_of(ROOT, PYTHONHASHSEED=random) == source_hash()


# --- what changes it ------------------------------------------------------------------------------

EDITS = {
    "a default": ("] = 0.62\n", "] = 0.63\n"),
    "a range": ("any buffer\", (0.05, 0.95)", "any buffer\", (0.05, 0.96)"),
    "a constant of an equation": (
        "    stressed = logistic(4.0 * (state.strain",
        "    stressed = logistic(4.1 * (state.strain",
    ),
    "the form of an equation": ("live = shared.activation_gate_on * live +",
                                "live = shared.activation_gate_on + live +"),
    "a value of an architecture": ("cingulate_baseline=0.28", "cingulate_baseline=0.29"),
    "a regime of care": ("attunement=0.9, warmth=0.6", "attunement=0.9, warmth=0.61"),
    "the initial state": ("tolerance=nothing + 0.05", "tolerance=nothing + 0.06"),
    "what childhood leaves": ("        template_threat=infant.threat_store,",
                              "        template_threat=infant.alarm,"),
    "the minutes of an exchange": ("EXCHANGE_MINUTES = 10.0", "EXCHANGE_MINUTES = 11.0"),
    "the minutes of a session": ("def session(\n    name: str, minutes: float = 50.0",
                                 "def session(\n    name: str, minutes: float = 40.0"),
    "a phase of a protocol": ('LIVE | {"calming": 0.5}', 'LIVE | {"calming": 0.6}'),
    "the last digit of a coefficient": ("0.04166666666662413", "0.04166666666662414"),
    "a constant of the random numbers": ("0xD2511F53", "0xD2511F55"),
    "the number of a purpose": ("CAREGIVER = 6", "CAREGIVER = 9"),
    "the spread of people": ("default_spread=0.25", "default_spread=0.26"),
    "a loop of an engine": ("block.tapes[step % 2].run()", "block.tapes[0].run()"),
    "what a summary weighs": ("awake = recorded * dt * calendar", "awake = dt * calendar"),
}  # fmt: skip


@pytest.mark.parametrize("old, new", EDITS.values(), ids=EDITS)
def test_another_number_changes_it(copy, old, new):
    edit(copy, old, new)
    assert hash_of(copy) != source_hash()


def test_every_part_is_in_the_whole():
    found = content.parts()
    assert content.together(found) == source_hash()
    for name in found:
        assert content.together({**found, name: "0" * 64}) != source_hash()


def test_what_decides_is_covered_and_what_draws_is_not():
    names = content.covered()
    assert {"models.learning", "sim.engines.compiled.engine", "sim.engines.mesa_model"} <= names
    assert not [name for name in names if name.startswith(("sim.plots", "sim.series"))]


def test_what_this_process_changed_is_not_in_the_hash(monkeypatch, tmp_path):
    expected = source_hash()
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path))
    monkeypatch.setattr("models.architectures.ARCHITECTURES", {})
    source_hash.cache_clear()
    assert source_hash() == expected


def test_where_no_process_can_be_started_this_one_finds_it(monkeypatch, tmp_path):
    expected = source_hash()
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    source_hash.cache_clear()
    assert source_hash() == expected


def test_sources_that_cannot_run_are_named_in_one_line(copy):
    edit(copy, "def daily_life(days: int", "def everyday(days: int")
    code = "from sim.provenance import source_hash as f\ntry: f()\nexcept ValueError as e: print(e)"
    given = {**os.environ, "PYTHONPATH": str(copy), kept.VARIABLE: str(copy / "cache")}
    ran = subprocess.run([sys.executable, "-c", code], cwd=copy, env=given, capture_output=True)
    (line,) = ran.stdout.decode().splitlines()
    assert line.startswith("the sources can't be hashed: ") and "daily_life" in line
