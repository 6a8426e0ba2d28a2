"""Partners reach each other through what they send, and through nothing else."""

import numpy as np
import pytest

from models import PartnerParameters, architecture, emit, exchange
from models.initial_state import initial_couple
from models.state import NO_EVENT, PartnerState, RandomNumbers
from sim.codegen.tracing import trace
from sim.engines.traced import traced
from tests.helpers.couples import FACE_TO_FACE, SHARED
from tests.helpers.people import anybody, rows
from tests.helpers.reach import places, reached
from tests.helpers.seeds import SEEDS

PROGRAM = traced()


@pytest.mark.parametrize(("me", "you"), ["ab", "ba"])
def test_the_other_enters_through_what_they_sent_and_nothing_else(me, you):
    theirs = (f"couple.{you}.", f"person_{you}.", f"event_{you}.", f"random_numbers_{you}.")
    mine = places(PROGRAM, f"couple.{me}.") | places(PROGRAM, f"heard_{me}.")
    assert mine
    leaks = {
        name
        for name in reached(PROGRAM, mine, places(PROGRAM, f"sent_{you}."))
        if name.startswith(theirs)
    }
    assert not leaks
    assert {
        n for n in reached(PROGRAM, mine, set()) if n.startswith(theirs)
    }  # uncut, it does reach


def test_what_both_know_comes_from_what_both_showed():
    cut = places(PROGRAM, "sent_a.") | places(PROGRAM, "sent_b.")
    closeness = reached(PROGRAM, {PROGRAM.outputs["couple.dyad.closeness"]}, cut)
    known = ("couple.dyad.", "situation.", "shared.", "event_a.third", "event_b.third")
    assert closeness and all(name.startswith(known) for name in closeness)


EMITTED = {
    name.removeprefix("state.")
    for name in trace(emit, PartnerState, PartnerParameters).used_inputs
    if name.startswith("state.")
}
SPOKEN = {
    name.removeprefix("parameters.")
    for name in trace(emit, PartnerState, PartnerParameters).used_inputs
    if name.startswith("parameters.")
}


@pytest.mark.parametrize("seed", SEEDS)
def test_any_partner_who_sends_the_same_is_the_same(seed):
    """B's inner life is exchanged for another with the same emitted signal: A notices nothing."""
    random = np.random.default_rng(seed)
    a, b, other = rows(*[architecture("scanner")] * 20), anybody(20, seed), anybody(20, seed + 50)
    couple = initial_couple(a, b)
    random_numbers = [RandomNumbers(*random.normal(size=(4, 20))) for _ in range(3)]
    changed = couple.b._replace(
        **{
            name: np.full(20, random.uniform(0.2, 0.8))
            for name in PartnerState._fields
            if name not in EMITTED
        }
    )
    stranger = other._replace(**{name: getattr(b, name) for name in SPOKEN})
    calm, upset = NO_EVENT, NO_EVENT._replace(stressor=3.0, grievance=1.0, conflict=1.0)
    one = exchange(
        couple, a, b, FACE_TO_FACE, calm, calm, random_numbers[0], random_numbers[1], SHARED
    )
    two = exchange(
        couple._replace(b=changed),
        a,
        stranger,
        FACE_TO_FACE,
        calm,
        upset,
        random_numbers[0],
        random_numbers[2],
        SHARED,
    )
    assert len(EMITTED) < len(PartnerState._fields)
    for field in PartnerState._fields:
        np.testing.assert_array_equal(getattr(one.couple.a, field), getattr(two.couple.a, field))
    np.testing.assert_array_equal(one.couple.dyad.closeness, two.couple.dyad.closeness)
    assert (one.couple.b.alarm != two.couple.b.alarm).any()
    louder = couple.b._replace(demand_impulse=np.full(20, 0.9))
    three = exchange(
        couple._replace(b=louder),
        a,
        b,
        FACE_TO_FACE,
        calm,
        calm,
        random_numbers[0],
        random_numbers[1],
        SHARED,
    )
    assert (three.couple.a.alarm > one.couple.a.alarm).all()


def test_every_input_of_the_coupling_matters():
    """A declared parameter, state or event that changes nothing is no part of the model."""
    idle = set(PROGRAM.inputs) - set(PROGRAM.used_inputs)
    readouts = {
        "alarm",
        "threat_store",
        "felt_safety",
        "surprise",
        "plasticity_gate",
        "prediction_error",
        "need",
        "avoidance",
        "metabolic_cost",
    }
    allowed = {f"couple.{who}.{name}" for who in "ab" for name in readouts}
    allowed |= {f"person_{who}.expected_warmth" for who in "ab"}  # where the expectation begins
    assert idle <= allowed, sorted(idle - allowed)
