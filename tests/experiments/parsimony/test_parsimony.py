"""What everything is needed for: complete, and able to say that nothing needs it."""

import pytest

from experiments.parsimony.knockouts import knockouts
from experiments.parsimony.needs import MATRIX, lost
from experiments.parsimony.page import unneeded
from experiments.parsimony.states import uses
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.state import DyadState, PartnerState
from tests.helpers.paths import ROOT

PAGE = ROOT / "docs" / "parsimony.md"
PARAMETER_NAMES = [*PARAMETERS[PartnerParameters], *PARAMETERS[SharedParameters]]


def rows():
    """First and last cell of each row of the page, in order."""
    lines = [x for x in PAGE.read_text(encoding="utf-8").splitlines() if x.startswith("| `")]
    return [(line.split("`")[1], line.split(" | ")[-1]) for line in lines]


def test_the_page_lists_every_parameter_and_state_and_no_other():
    names = [name for name, _ in rows()]
    assert names == [*PARAMETER_NAMES, *PartnerState._fields, *DyadState._fields]


def test_nothing_stays_that_nothing_needs():
    idle = [name for name, needed in rows() if "nothing measured" in needed]
    explained = PAGE.with_name("decisions").joinpath("0012-parsimony.md").read_text()
    assert not [name for name in idle if f"`{name}`" not in explained]


USES = uses()


@pytest.mark.parametrize("name", USES)
def test_every_state_acts_or_is_shown(name):
    use = USES[name]
    assert use.acts or use.recorded


def test_every_parameter_has_a_knockout_that_changes_it():
    changed = set()
    for each in knockouts():
        (value,) = {**each.person, **each.shared}.values()
        shared = getattr(SharedParameters(), each.parameter, None)
        changed |= {each.parameter} if shared is None or value != shared else set()
    assert changed == set(PARAMETER_NAMES)


def test_a_loss_is_told_from_no_loss():
    class Claim:
        floor = 0.5

    claims = dict.fromkeys(("kept", "weaker", "gone"), Claim())
    pairs = [[0.0, 1.0, 2.0]]
    full = {"kept": 1.0, "weaker": 4.0, "gone": 0.6, MATRIX: pairs}
    without = {"kept": 0.8, "weaker": 2.9, "gone": 0.4, MATRIX: pairs}
    assert lost(claims, full, without) == ["weaker", "gone"]
    moved = {**full, MATRIX: [[0.5, 1.0, 2.0]]}
    assert lost(claims, full, moved) == [MATRIX]
    assert unneeded({"idle": [], "busy": ["C01"]}) == ["idle"]
