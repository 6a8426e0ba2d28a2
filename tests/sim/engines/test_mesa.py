"""The Mesa driver as a teacher uses it: steps, reporters, one couple or hundreds, the end."""

import numpy as np
import pytest

from models import PartnerParameters, SharedParameters, architecture
from models.state import Couple, PartnerState, Signal
from sim.engines.mesa_model import WATCHED, Bond, CoupleModel, Partner
from sim.world.calendar import conversation, daily_life
from sim.world.population import around
from tests.helpers.seeds import SEEDS

each_seed = pytest.mark.parametrize("seed", SEEDS)


def states(model):
    return np.array([[*a, *b, *dyad] for a, b, dyad in (bond.couple for bond in model.bonds)])


def test_a_step_is_an_interval():
    model = CoupleModel(seed=1)
    assert len(model.calendar) == 365 * 21 and model.tick == 0
    model.step()
    assert model.tick == 1 and model.minutes == 10.0
    model.advance(20)
    assert model.tick == 21 and model.days == pytest.approx(1.0)


@each_seed
def test_advance_is_so_many_steps(seed):
    one, two = (CoupleModel(couples=2, seed=seed, collect=False) for _ in "ab")
    one.advance(30)
    for _ in range(30):
        two.step()
    np.testing.assert_array_equal(states(one), states(two))


@each_seed
def test_the_same_seed_gives_the_same_couples(seed):
    one, two, other = (CoupleModel(couples=3, seed=s) for s in (seed, seed, seed + 5))
    for model in (one, two, other):
        model.advance(21)
    np.testing.assert_array_equal(states(one), states(two))
    assert (states(one) != states(other)).any()


@each_seed
def test_looking_changes_nothing(seed):
    looked, left = (
        CoupleModel(couples=2, seed=seed),
        CoupleModel(couples=2, seed=seed, collect=False),
    )
    for _ in range(25):
        looked.step()
        looked.datacollector.get_model_vars_dataframe()
        looked.datacollector.get_agenttype_vars_dataframe(Partner)
        looked.random.random(), looked.rng.normal()  # nor do Mesa's own random numbers
        left.step()
    np.testing.assert_array_equal(states(looked), states(left))


@each_seed
def test_the_order_of_agents_does_not_matter(seed):
    one, two = (CoupleModel(couples=3, seed=seed, collect=False) for _ in "ab")
    for _ in range(25):
        one.step()
        two.partners = two.partners.shuffle()
        two.step()
    np.testing.assert_array_equal(states(one), states(two))


@each_seed
def test_a_couple_keeps_its_luck_in_company(seed):
    alone, among = CoupleModel(couples=[7], seed=seed), CoupleModel(couples=[3, 7, 0], seed=seed)
    for model in (alone, among):
        model.advance(25)
    assert alone.couple(7) == among.couple(7) and alone.couple() == among.couple(7)


@each_seed
def test_luck_is_dealt_without_a_seam(seed):
    """Steps 256 and 257, where a new block of random numbers begins, agree with one draw."""
    import sim.engines.mesa_model as driver

    one = CoupleModel(seed=seed, collect=False)
    one.advance(300)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(driver, "NOISE_STEPS", 1000)
        two = CoupleModel(seed=seed, collect=False)
        two.advance(300)
    assert one.couple() == two.couple()


@each_seed
def test_swapped_partners_mirror(seed):
    one = CoupleModel("scanner", "merger", seed=seed, collect=False)
    two = CoupleModel("merger", "scanner", seed=seed, streams=("B", "A"), collect=False)
    for model in (one, two):
        model.advance(63)
    a, b, dyad = one.couple()
    assert two.couple() == Couple(b, a, dyad)


@pytest.mark.parametrize("couples", [1, 200])
def test_the_data_collector_holds_what_a_teacher_looks_at(couples):
    model = CoupleModel(couples=couples, calendar=daily_life(1), seed=1)
    model.advance(21)
    of_model = model.datacollector.get_model_vars_dataframe()
    of_partner = model.datacollector.get_agenttype_vars_dataframe(Partner)
    assert len(of_model) == 22 and of_model["day"].iloc[-1] == pytest.approx(1.0)
    assert of_model["closeness"].between(0.0, 1.0).all()
    assert set(of_model["contact"][1:]) == {0.0, 1.0}
    assert len(of_partner) == 22 * 2 * couples
    wanted = {*WATCHED, *(f"{way}_{f}" for way in ("sent", "heard") for f in Signal._fields)}
    assert wanted <= set(of_partner.columns)
    assert of_partner.loc[1:, sorted(wanted)].notna().all(axis=None)
    assert of_partner.groupby(["couple", "partner"]).size().eq(22).all()
    last = of_partner.xs(21, level="Step")
    here = last[(last["partner"] == "A") & (last["couple"] == 0)].iloc[0]
    assert here["alarm"] == model.partner("A", 0).state.alarm
    assert here["heard_warmth"] == model.partner("A", 0).heard.warmth


def test_only_the_signal_is_shared_between_agents():
    model = CoupleModel(seed=1)
    model.advance(5)
    a, b = model.partner("A"), model.partner("B")
    assert a.other is b and b.other is a and isinstance(a.bond, Bond)
    assert isinstance(a.state, PartnerState) and isinstance(a.sent, Signal)
    assert all(type(value) is float for value in a.state)


def test_the_end_of_the_calendar():
    model = CoupleModel(calendar=conversation(1.0), seed=1)
    model.advance(5)
    assert model.running
    model.step()
    assert not model.running
    before, rows = model.couple(), len(model.datacollector.get_model_vars_dataframe())
    for _ in range(3):  # SolaraViz does so within a round of its render interval
        model.step()
    model.advance(5)
    assert model.couple() == before and not model.running and model.tick == 6
    assert len(model.datacollector.get_model_vars_dataframe()) == rows


def test_people_of_every_kind():
    for person in ("merger", architecture("merger"), around("merger", 0.1)):
        model = CoupleModel(person, "secure", couples=2, seed=1, collect=False)
        assert isinstance(model.partner("A").parameters, PartnerParameters)
        model.advance(3)
    exact = CoupleModel(architecture("merger"), "secure", seed=1).partner("A").parameters
    assert exact == architecture("merger")


def test_a_cut_channel_is_silent():
    model = CoupleModel(shared=SharedParameters(channel_ab=0.0), seed=1)
    model.advance(1)
    assert model.partner("B").heard.demand == 0.0 and model.partner("A").heard.clarity < 1.0
    assert model.partner("B").heard.reassurance == 0.0


NAN = float("nan")
BAD = {
    "person": (lambda: CoupleModel("scaner"), ["scaner", "'scanner'"]),
    "seed": (lambda: CoupleModel(seed=-1), ["seed", "-1", "[0, 2^64)"]),
    "seed 1.5": (lambda: CoupleModel(seed=1.5), ["seed", "1.5", "integer"]),
    "seed text": (lambda: CoupleModel(seed="4x"), ["seed = '4x'", "without quotes"]),
    "seed empty": (lambda: CoupleModel(seed=""), ["seed = ''", "integer"]),
    "seed bool": (lambda: CoupleModel(seed=True), ["seed = True", "integer"]),
    "seed huge": (lambda: CoupleModel(seed=2.0**60), ["seed", "integer"]),
    "rng": (lambda: CoupleModel(rng=-1), ["rng = -1", "[0, 2^64)"]),
    "rng text": (lambda: CoupleModel(rng="x"), ["rng = 'x'"]),
    "rng thing": (lambda: CoupleModel(rng=object()), ["rng", "Generator"]),
    "both": (lambda: CoupleModel(seed=1, rng=2), ["seed = 1", "rng = 2", "give one"]),
    "person taken apart": (lambda: CoupleModel(0.47), ["0.47", "in a list, {'a': [...]}"]),
    "shared taken apart": (lambda: CoupleModel(shared=0.5), ["shared = 0.5", "in a list"]),
    "mapping": (lambda: CoupleModel({"vagal_tone": 0.8}), ["vagal_tone", "PartnerParameters"]),
    "steps": (lambda: CoupleModel(seed=1).advance(-1), ["steps = -1", "at least 0"]),
    "couples": (lambda: CoupleModel(couples=0), ["0", "at least 1"]),
    "closeness": (lambda: CoupleModel(closeness=2.0), ["closeness", "2", "(0, 1)"]),
    "closeness nan": (lambda: CoupleModel(closeness=NAN), ["closeness", "nan", "(0, 1)"]),
    "streams": (lambda: CoupleModel(streams=("A", "C")), ["streams"]),
    "shared": (lambda: CoupleModel(shared=SharedParameters(channel_ab=3.0)), ["channel_ab", "3"]),
    "number": (lambda: CoupleModel(seed=1).couple(99), ["99"]),
    "label": (lambda: CoupleModel(seed=1).partner("C"), ["C", "'A' or 'B'"]),
    "calendar": (lambda: CoupleModel(calendar=3), ["calendar", "3"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_one_line(case):
    call, words = BAD[case]
    with pytest.raises(ValueError) as refused:
        call()
    message = str(refused.value)
    assert "\n" not in message and all(word in message for word in words), message
