"""Claims are found in their files; a file that can't be meant is refused in one line."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from experiments.claims import battery
from experiments.runner import registry

CLAIM = battery.all_claims()["C16"]


def found_in(monkeypatch, **files):
    """The claims found if these were the files: name to what is in CLAIMS, None for nothing."""
    modules = [
        (name, SimpleNamespace() if claims is None else SimpleNamespace(CLAIMS=claims))
        for name, claims in files.items()
    ]
    monkeypatch.setattr(battery, "claim_modules", lambda: iter(modules))
    return battery.all_claims()


def test_every_file_is_found():
    files = registry.names_in(registry.CLAIMS)
    assert [name for name, _ in registry.claim_modules()] == files
    numbers = {part.upper() for name in files for part in name.split("_")}
    assert set(battery.all_claims()) <= numbers


def test_claims_are_in_the_order_of_their_numbers(monkeypatch):
    late = replace(CLAIM, id="C98")
    assert list(found_in(monkeypatch, a_c98=(late,), b_c16=(CLAIM,))) == ["C16", "C98"]


FAULTS = {
    "nothing": ({"c16_cost": None}, "c16_cost.py: must end with CLAIMS = (Claim(...),)"),
    "empty": ({"c16_cost": ()}, "c16_cost.py: must end with CLAIMS = (Claim(...),)"),
    "a forgotten comma": ({"c16_cost": CLAIM}, "c16_cost.py: must end with CLAIMS"),
    "another number": ({"c17_cost": (CLAIM,)}, "c17_cost.py: claim 'C16': the file's name must"),
    "twice": (
        {"c16_cost": (CLAIM,), "c16_more": (CLAIM,)},
        "c16_more.py: claim 'C16': stands in another file already",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_unsound_file_is_refused_in_one_line(fault, monkeypatch):
    files, reported = FAULTS[fault]
    with pytest.raises(ValueError) as refused:
        found_in(monkeypatch, **files)
    assert str(refused.value).startswith(reported) and "\n" not in str(refused.value)
