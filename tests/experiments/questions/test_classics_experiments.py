"""The experiments on classic models: they answer, and refuse sizes that mean nothing to them."""

import pytest

from experiments.runner import running
from experiments.runner.configuration import configure
from experiments.runner.provenance import command

OURS = ("classics", "love_story")


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("size", ["seed", "dyads", "days"])
def test_a_size_that_means_nothing_is_refused(name, size):
    with pytest.raises(ValueError, match=f"--{size} = 5: '{name}' solves equations"):
        configure(name, **{size: 5})


@pytest.mark.parametrize("name", OURS)
def test_the_command_repeats_the_run(name):
    assert command(configure(name)) == f"python -m experiments run {name}"
    assert not {"dyads", "days"} & set(configure(name).parameters())
    assert "--dyads" in command(configure("couple", dyads=3))


def answer(name):
    reported = []
    outcome = running.answer(configure(name, quick=True), lambda *done: reported.append(done))
    assert reported[-1][0] == reported[-1][1]
    return outcome


@pytest.mark.slow
def test_every_published_figure_holds():
    outcome = answer("classics")
    missed = outcome.table[outcome.table.holds != "yes"]
    assert missed.empty, missed
    assert set(outcome.figures) == {"classics"}
    assert set(outcome.recorded.dyad.frame.condition) == set(outcome.table.condition)


def test_a_missed_figure_is_called_missed():
    from experiments.questions.classics import measured
    from sim.analysis.published_figures import Check

    wrong = Check("strogatz", "period", "closed form", 6.0, 1e-3, lambda: 6.28)
    assert measured(wrong)["holds"] == "no"
    nothing = wrong._replace(ours=lambda: float("nan"))
    assert measured(nothing)["holds"] == "no"


@pytest.mark.slow
def test_the_love_stories_come_out():
    outcome = answer("love_story")
    value = outcome.table.groupby("quantity").estimate.first()
    assert abs(value["period"] - 3.78942635) < 1e-7 and value["stable"] == 1.0
    assert value["swing without sublimation"] < 1e-6
    rhett = outcome.table[outcome.table.role == "rhett"]
    assert rhett.quantity.str.contains("stable node").sum() == 2
    assert set(outcome.figures) == {"laura_and_petrarch", "gone_with_the_wind"}
