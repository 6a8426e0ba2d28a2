"""People, calendars, stop rules and measures are what the file asks for."""

import json

import numpy as np
import pytest

from experiments.study import cell as cells
from experiments.study import design, measures
from experiments.study.study import parse
from models.parameters import PARAMETERS, PartnerParameters
from tests.helpers.studies import SMALL


def test_distributions_stay_in_range_and_do_not_depend_on_company():
    from experiments.study.people import people

    low, high = PARAMETERS[PartnerParameters]["warmth"].range
    distributions = [
        '{kind = "uniform", low = 0.2, high = 0.4}',
        '{kind = "triangular", low = 0.1, mode = 0.15, high = 0.9}',
        '{kind = "spread", median = 0.5, spread = 1.0}',
        '{kind = "choice", values = [0.2, 0.8]}',
    ]
    for distribution in distributions:
        text = SMALL.split("[[vary]]")[0] + f"[people.b.distributions]\nwarmth = {distribution}\n"
        scenario = design.build(parse(text, "study.toml").base, {})
        many = people(scenario, 1, 7, np.arange(5000)).warmth
        few = people(scenario, 1, 7, np.array([17, 3])).warmth
        np.testing.assert_array_equal(few, many[[17, 3]])
        assert low <= many.min() and many.max() <= high and many.std() > 0.01
    assert set(many) == {0.2, 0.8} and abs((many == 0.2).mean() - 0.5) < 0.05


def test_the_triangular_distribution_has_its_moments():
    from experiments.study.people import _triangular
    from experiments.study.scenario import Triangular

    distribution = Triangular(kind="triangular", low=0.1, mode=0.3, high=0.8)
    values = _triangular(distribution, (np.arange(200_000) + 0.5) / 200_000)
    assert values.mean() == pytest.approx((0.1 + 0.3 + 0.8) / 3, abs=1e-4)


def test_sessions_and_events_come_on_their_days():
    from experiments.study.life import calendar

    text = SMALL.split("[[vary]]")[0].replace("days = 3", "days = 20") + (
        '[interventions.help]\nprotocol = "live_correction"\nsessions = 3\nstart = 4\nevery = 5\n'
        '[events.day]\nowner = "B"\nday = 2\nevery = 6\ntimes = 2\nstressor = 1.5\n'
    )
    life = calendar(design.build(parse(text, "study.toml").base, {}))
    starts = (life.end - life.situation.dt) / 1440.0
    began = starts[(life.kind == "session") & (np.roll(life.kind, 1) != "session")]
    np.testing.assert_allclose(began, np.array([4, 9, 14]) + np.arange(3) * 50 / 1440, atol=1e-9)
    assert (life.events.stressor[:, 1] == 1.5).sum() == 2 and not life.events.stressor[:, 0].any()


def test_a_stop_rule_adds_batches_until_the_error_is_small():
    text = SMALL.replace("replicates = 3", "replicates = 10") + (
        '[stop]\nmeasures = ["alarm"]\nmcse = 0.02\nmost = 60\n'
    )
    study = parse(text, "study.toml")
    paths = [factor.path for factor in study.factors]
    made = [
        cells.Cell(design.build(study.base, dict(zip(paths, row, strict=True))), study.plan)
        for row in design.rows(study)
    ]
    together = cells.compute(made)
    for one, values in zip(made, together, strict=True):
        np.testing.assert_array_equal(cells.compute([one])[0], values)
        errors = [cells.mcse(values[:, k]) for k in (1, 2)]
        assert len(values) % 10 == 0
        assert max(errors) <= 0.02 or len(values) == 60
        if len(values) > 10:
            assert max(cells.mcse(values[:-10, k]) for k in (1, 2)) > 0.02
    assert len({len(values) for values in together}) > 1


def test_every_measure_is_finite_or_undefined_and_says_what_it_is():
    names = tuple(measures.MEASURES)
    text = SMALL.replace('["closeness", "alarm", "repair"]', json.dumps(names))
    study = parse(text, "study.toml")
    scenario = design.build(study.base, {"people.b.preset": "withdrawer"})
    values = cells.compute([cells.Cell(scenario, study.plan)])[0]
    found = measures.columns(names)
    assert values.shape == (3, len(found))
    for place, (name, _) in enumerate(found):
        assert name == "repair" or np.isfinite(values[:, place]).all(), name
        assert measures.MEASURES[name].meaning and measures.MEASURES[name].unit
