"""In the second core too, partners reach each other through what they send and nothing else."""

import pytest

from models.second import Couple, PartnerParameters, SharedParameters, exchange
from models.second.state import RandomNumbers
from models.state import Event, Situation
from sim.codegen.tracing import trace

PROGRAM = trace(
    exchange,
    Couple,
    PartnerParameters,
    PartnerParameters,
    Situation,
    Event,
    Event,
    RandomNumbers,
    RandomNumbers,
    SharedParameters,
)
NOT_READ = {"narrative", "recalibration", "interoceptive", "help_contact", "help_accuracy"}
"""Of what may happen to somebody: what the first core alone reads."""


def reached(roots, cut):
    """Names of the inputs on which the values at ``roots`` depend, without passing ``cut``."""
    todo, seen, names = [r for r in roots if r not in cut], set(), set()
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        node = PROGRAM.nodes[place]
        if node.opcode == "input":
            names.add(node.value)
        todo += [operand for operand in node.operands if operand not in cut]
    return names


def places(prefix):
    return {place for name, place in PROGRAM.outputs.items() if name.startswith(prefix)}


@pytest.mark.parametrize(("me", "you"), ["ab", "ba"])
def test_the_other_enters_through_what_they_sent(me, you):
    theirs = (f"couple.{you}.", f"person_{you}.", f"event_{you}.", f"random_numbers_{you}.")
    mine = places(f"couple.{me}.") | places(f"heard_{me}.") | places(f"read_{me}.")
    sent = places(f"sent_{you}.") - mine
    assert mine and sent
    assert not {name for name in reached(mine, sent) if name.startswith(theirs)}
    assert {name for name in reached(mine, set()) if name.startswith(theirs)}


def test_every_input_of_the_coupling_matters():
    idle = set(PROGRAM.inputs) - set(PROGRAM.used_inputs)
    allowed = {f"event_{who}.{name}" for who in "ab" for name in NOT_READ}
    assert idle <= allowed | {"situation.proximity"}, sorted(idle - allowed)
