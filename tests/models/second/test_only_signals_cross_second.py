"""In the second core too, partners reach each other through what they send and nothing else."""

import pytest

from models.cores import core_named
from sim.engines.traced import traced
from tests.helpers.reach import places, reached

PROGRAM = traced(core_named("second"))
NOT_READ = {"narrative", "recalibration", "interoceptive", "help_contact", "help_accuracy"}
"""Of what may happen to somebody: what the first core alone reads."""


@pytest.mark.parametrize(("me", "you"), ["ab", "ba"])
def test_the_other_enters_through_what_they_sent(me, you):
    theirs = (f"couple.{you}.", f"person_{you}.", f"event_{you}.", f"random_numbers_{you}.")
    mine = (
        places(PROGRAM, f"couple.{me}.")
        | places(PROGRAM, f"heard_{me}.")
        | places(PROGRAM, f"read_{me}.")
    )
    sent = places(PROGRAM, f"sent_{you}.") - mine
    assert mine and sent
    assert not {name for name in reached(PROGRAM, mine, sent) if name.startswith(theirs)}
    assert {name for name in reached(PROGRAM, mine, set()) if name.startswith(theirs)}


def test_every_input_of_the_coupling_matters():
    idle = set(PROGRAM.inputs) - set(PROGRAM.used_inputs)
    allowed = {f"event_{who}.{name}" for who in "ab" for name in NOT_READ}
    assert idle <= allowed | {"situation.proximity"}, sorted(idle - allowed)
