"""Looking and company change nothing."""

import random

import matplotlib
import numpy as np

from tests.helpers.architectures import NAMES, SHORT, base, each_architecture, each_seed, short
from tests.helpers.compare import check_same

matplotlib.use("Agg")


@each_architecture
@each_seed
def test_recording_changes_nothing(name, seed):
    everything = base(name, seed)
    for variables in (["heard_warmth", "closeness", "alarm"], None):
        less = short(name, seed, variables=variables)
        check_same(less, everything[list(less.data_vars)])


@each_architecture
@each_seed
def test_coarser_records_are_averages_of_finer_ones(name, seed):
    fine = base(name, seed)
    day = short(name, seed, record="daily", variables=["alarm", "sent_warmth", "closeness"])
    whole = short(name, seed, record="summary", variables=["alarm", "sent_warmth", "closeness"])
    dt, what = SHORT.situation.dt, SHORT.situation
    for variable in day.data_vars:
        weight = dt * (what.contact if variable.startswith("sent_") else what.awake)
        for of, coarse in ((SHORT.day == 0, day[variable].isel(time=0)), (dt > 0, whole[variable])):
            mean = (fine[variable].values * weight)[..., of].sum(-1) / weight[of].sum()
            np.testing.assert_allclose(coarse.values, mean, rtol=1e-12)


@each_seed
def test_plotting_and_other_randomness_change_nothing(seed):
    import matplotlib.pyplot as plt

    before = random.getstate(), np.random.get_state()[1].tobytes()
    one = base("scanner", seed)
    one.alarm.isel(condition=0, partner=0).plot.line(x="time", add_legend=False)
    one.closeness.isel(condition=0).plot()
    plt.close("all")
    assert before == (random.getstate(), np.random.get_state()[1].tobytes())
    random.random(), np.random.random(7)
    check_same(one, short("scanner", seed))


@each_architecture
@each_seed
def test_company_changes_nobody(name, seed):
    """More couples, other chunks, an order, one couple alone, other conditions beside it."""
    one = base(name, seed)
    check_same(one, short(name, seed, dyads=[2, 7, 0, 1, 4]).sel(dyad=[0, 1, 2]))
    check_same(one.sel(dyad=[1]), short(name, seed, dyads=[1]))
    among = short(["merger", name, "secure"], seed, chunk=2)
    check_same(one, among.isel(condition=[1]))


@each_seed
def test_conditions_share_their_luck(seed):
    """Common random numbers: strain from outside does not depend on who the partners are."""
    strain = short(list(NAMES), seed).strain.values
    assert (strain == strain[:1]).all() and strain.std() > 0.0
