"""``simulate``: labelled results, what may be asked for, and what is refused in one line."""

import math

import numpy as np
import pytest

from models import PartnerParameters, SharedParameters, architecture
from sim.engines.ensemble import simulate
from sim.engines.recording import DYAD_VARIABLES, MAIN_VARIABLES, PARTNER_VARIABLES
from sim.world.calendar import conversation, daily_life
from sim.world.people import check_everyone
from sim.world.population import around

NAN = math.nan


def one_day(**options):
    return simulate(**{**dict(a="secure", b="secure", days=1, seed=1), **options})


# --- What comes back ------------------------------------------------------------------------------


def test_dimensions_and_labels():
    data = one_day(a=["scanner", "secure"], b="withdrawer", days=3, dyads=4)
    assert dict(data.sizes) == {"condition": 2, "dyad": 4, "partner": 2, "time": 3}
    assert list(data.condition.values) == ["scanner-withdrawer", "secure-withdrawer"]
    assert list(data.partner.values) == ["A", "B"] and list(data.time.values) == [1.0, 2.0, 3.0]
    assert set(data.data_vars) == set(MAIN_VARIABLES)
    assert data.alarm.dims == ("condition", "dyad", "partner", "time")
    assert data.closeness.dims == ("condition", "dyad", "time")


def test_a_summary_has_no_time_and_a_trajectory_every_interval():
    assert "time" not in one_day(record="summary").dims
    calendar = daily_life(1) + conversation(2.0)
    fine = one_day(days=None, calendar=calendar, record="trajectory", variables="all")
    assert fine.sizes["time"] == len(calendar) and (fine.kind.values == calendar.kind).all()
    np.testing.assert_allclose(fine.time.values * 1440.0, calendar.end)
    assert set(fine.data_vars) == set(PARTNER_VARIABLES + DYAD_VARIABLES)


def test_closeness_is_where_it_starts():
    near, far = (
        one_day(record="trajectory", closeness=c).closeness.values[0, 0, 0] for c in (0.8, 0.1)
    )
    assert abs(near - 0.8) < 0.05 and abs(far - 0.1) < 0.05


def test_one_person_a_couple():
    tones = np.array([0.2, 0.5, 0.8])
    people = architecture("secure")._replace(vagal_tone=tones)
    data = one_day(a=people, dyads=3, variables=["vagal_tone"])
    np.testing.assert_allclose(data.vagal_tone.values[0, :, 0, 0], tones, atol=0.01)


def test_couples_keep_their_numbers():
    data = one_day(dyads=[7, 3])
    assert data.dyad.values.tolist() == [7, 3]


def test_progress_is_reported_up_to_the_end():
    seen = []
    one_day(a=["secure", "merger"], days=5, dyads=3, progress=lambda *pair: seen.append(pair))
    done, total = zip(*seen, strict=True)
    assert list(done) == sorted(done) and done[-1] == total[-1] == 2 * 3 * 105
    assert len(set(total)) == 1


def test_ablations_run_as_conditions():
    shared = [SharedParameters(), SharedParameters(anticipated_pain_on=0.0)]
    data = one_day(
        a="withdrawer", days=5, shared=shared, conditions=["whole", "cut"], dyads=5,
        variables=["avoidance"],
    ).avoidance.sel(partner="A").mean("time")  # fmt: skip
    assert (data.sel(condition="cut") < data.sel(condition="whole")).all()
    alone = one_day(
        a="withdrawer", days=5, shared=shared[1], dyads=5, variables=["avoidance"]
    ).avoidance.sel(partner="A").mean("time")  # fmt: skip
    np.testing.assert_array_equal(data.sel(condition="cut").values, alone.values[0])


def test_a_large_seed_is_not_cut():
    one, two = (one_day(seed=s).alarm.values for s in (1, 2**32 + 1))
    assert (one != two).any()


@pytest.mark.parametrize("value", [np.float64(0.4), np.float32(0.4), np.int64(1), 1])
def test_numbers_of_numpy_are_numbers(value):
    assert architecture("secure", proximity_need=value).proximity_need == value


def test_no_variables_give_no_result_in_silence():
    with pytest.raises(ValueError, match="variables"):
        one_day(variables=[])


# --- What is refused ------------------------------------------------------------------------------


def secure(**values):
    return architecture("secure")._replace(**values)


BAD = {
    "preset": (lambda: architecture("scaner"), ["scaner", "'scanner'"]),
    "no such preset": (lambda: architecture("zzz"), ["zzz", "secure", "merger"]),
    "parameter": (
        lambda: architecture("scanner", vagal_tones=0.4),
        ["vagal_tones", "'vagal_tone'"],
    ),
    "value": (
        lambda: architecture("scanner", vagal_tone=1.4),
        ["vagal_tone", "1.4", "[0.05, 0.95]"],
    ),
    "value below": (lambda: architecture("scanner", flight=-1.0), ["flight", "-1", "[0, 2]"]),
    "nan": (lambda: architecture("scanner", vagal_tone=NAN), ["vagal_tone", "nan", "[0.05, 0.95]"]),
    "inf": (lambda: architecture("scanner", vagal_tone=math.inf), ["vagal_tone", "inf"]),
    "bool": (lambda: architecture("scanner", vagal_tone=True), ["vagal_tone", "True", "number"]),
    "text": (lambda: architecture("scanner", vagal_tone="0.4"), ["vagal_tone", "'0.4'", "number"]),
    "person": (lambda: one_day(a="scaner"), ["scaner", "'scanner'"]),
    "no person": (lambda: one_day(a=None), ["None", "secure", "PartnerParameters"]),
    "number as person": (lambda: one_day(a=3), ["3", "secure", "PartnerParameters"]),
    "nobody": (lambda: one_day(a=[]), ["a has 0"]),
    "negative days": (lambda: one_day(days=-1), ["days", "-1", "at least 1"]),
    "no days": (lambda: one_day(days=0), ["days", "0", "at least 1"]),
    "half days": (lambda: one_day(days=2.5), ["days", "2.5", "whole number"]),
    "days nan": (lambda: one_day(days=NAN), ["days", "nan", "whole number"]),
    "days inf": (lambda: one_day(days=math.inf), ["days", "inf", "whole number"]),
    "days text": (lambda: one_day(days="3"), ["days", "3", "whole number"]),
    "days bool": (lambda: one_day(days=True), ["days", "True", "whole number"]),
    "neither": (lambda: one_day(days=None), ["days", "calendar"]),
    "both": (lambda: one_day(calendar=daily_life(1)), ["days", "calendar"]),
    "calendar": (lambda: one_day(days=None, calendar="a year"), ["calendar", "a year"]),
    "no dyads": (lambda: one_day(dyads=0), ["dyads", "0", "at least 1"]),
    "negative dyads": (lambda: one_day(dyads=-3), ["dyads", "-3", "at least 1"]),
    "half dyads": (lambda: one_day(dyads=2.5), ["dyads", "2.5", "whole number"]),
    "dyads bool": (lambda: one_day(dyads=True), ["dyads", "True", "whole number"]),
    "dyads text": (lambda: one_day(dyads="3"), ["dyads", "'3'", "whole number"]),
    "dyads below 0": (lambda: one_day(dyads=[-1]), ["dyads", "-1"]),
    "record": (lambda: one_day(record="dayly"), ["record", "dayly", "'daily'"]),
    "no record": (lambda: one_day(record=None), ["record", "None", "daily"]),
    "variable": (lambda: one_day(variables="alrm"), ["variable", "alrm", "'alarm'"]),
    "variables": (lambda: one_day(variables=["alarm", "arousl"]), ["arousl", "'arousal'"]),
    "seed": (lambda: one_day(seed=-1), ["seed", "-1", "[0, 2^64)"]),
    "seed 1.5": (lambda: one_day(seed=1.5), ["seed", "1.5", "integer"]),
    "seed too large": (lambda: one_day(seed=2**64), ["seed", "[0, 2^64)"]),
    "seed bool": (lambda: one_day(seed=True), ["seed", "True"]),
    "seed list": (lambda: one_day(seed=[1, 2], dyads=2), ["seed"]),
    "shape": (
        lambda: one_day(a=secure(flight=np.full(3, 0.4)), dyads=2),
        ["flight", "(3,)", "(2,)"],
    ),
    "shape 2": (lambda: one_day(a=secure(flight=np.ones((2, 2))), dyads=2), ["flight", "(2, 2)"]),
    "nan in a person": (lambda: one_day(a=secure(flight=NAN)), ["flight", "nan", "[0, 2]"]),
    "nan in one": (
        lambda: one_day(a=secure(flight=np.array([0.4, NAN])), dyads=2), ["flight", "nan"]
    ),
    "bool in a person": (lambda: one_day(a=secure(flight=True)), ["flight", "True", "number"]),
    "range in a person": (lambda: one_day(a=secure(flight=5.0)), ["flight", "5", "[0, 2]"]),
    "engine": (lambda: one_day(engine="nunpy"), ["engine", "nunpy", "'numpy'"]),
    "closeness": (lambda: one_day(closeness=1.0), ["closeness", "1", "(0, 1)"]),
    "closeness nan": (lambda: one_day(closeness=NAN), ["closeness", "nan", "(0, 1)"]),
    "closeness text": (lambda: one_day(closeness="near"), ["closeness", "near", "(0, 1)"]),
    "streams": (lambda: one_day(streams=("A", "A")), ["streams", "('A', 'B')"]),
    "conditions": (lambda: one_day(conditions=["x", "y"]), ["conditions", "2", "1"]),
    "unequal": (lambda: one_day(a=["secure"] * 2, b=["secure"] * 3), ["a has 2", "b 3"]),
    "shared": (
        lambda: one_day(shared=SharedParameters(channel_ab=2.0)),
        ["channel_ab", "2", "[0, 1]"],
    ),
    "shared nan": (
        lambda: one_day(shared=SharedParameters(evidence_time=NAN)),
        ["evidence_time", "nan"],
    ),
    "no shared": (lambda: one_day(shared="weak"), ["shared", "SharedParameters"]),
    "shared as dict": (lambda: one_day(shared={"channel_ab": 0.0}), ["shared", "SharedParameters"]),
    "chunk": (lambda: one_day(chunk=0), ["chunk", "0", "at least 1"]),
    "negative chunk": (lambda: one_day(chunk=-1), ["chunk", "-1", "at least 1"]),
    "preset of people": (lambda: around("scaner"), ["scaner", "'scanner'"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_one_line(case):
    """One line that names the field, the rule, the value and the nearest valid choice."""
    call, words = BAD[case]
    with pytest.raises(ValueError) as refused:
        call()
    message = str(refused.value)
    assert "\n" not in message and all(word in message for word in words), message


def test_every_parameter_is_refused_out_of_its_range():
    for name in PartnerParameters._fields:
        for value in (-100.0, 100.0):
            with pytest.raises(ValueError, match=f"PartnerParameters.{name} = "):
                architecture("secure", **{name: value})
            with pytest.raises(ValueError, match=f"PartnerParameters.{name} = "):
                check_everyone(secure(**{name: value}), np.arange(1))


def test_nothing_is_simulated_before_all_is_checked():
    """A fault in the last condition is found before the first has run."""
    with pytest.raises(ValueError, match="scaner"):
        one_day(a=["secure", "scaner"], progress=lambda *_: pytest.fail("it ran"))
