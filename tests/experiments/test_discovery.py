"""Modules found by being there: all of a folder, in order, and nothing below it."""

import sys

import pytest

from experiments.discovery import function_of, modules_in


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with two modules and a folder below it, importable for one test."""
    folder = tmp_path / "found_here"
    (folder / "below").mkdir(parents=True)
    for name in ("__init__.py", "zebra.py", "ant.py", "below/__init__.py", "below/deep.py"):
        (folder / name).write_text(f"NAME = {name!r}\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield __import__("found_here")
    for name in [name for name in sys.modules if name.split(".")[0] == "found_here"]:
        del sys.modules[name]


def test_every_module_of_a_folder_is_found_in_order(package):
    assert [(name, m.NAME) for name, m in modules_in(package)] == [
        ("ant", "ant.py"),
        ("zebra", "zebra.py"),
    ]
    assert "found_here.below.deep" not in sys.modules


def test_a_new_file_needs_no_entry(package, tmp_path):
    (tmp_path / "found_here" / "bee.py").write_text("NAME = 'bee.py'\n")
    assert [name for name, _ in modules_in(package)] == ["ant", "bee", "zebra"]


def test_a_function_is_found_by_its_module_and_name():
    from models.couple import exchange

    assert function_of("models.couple", "exchange") is exchange
    with pytest.raises(AttributeError, match="no_such"):
        function_of("models.couple", "no_such")
