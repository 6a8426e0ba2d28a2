"""What varies over a listed choice without values takes every one that there is."""

from pathlib import Path

import pytest

from experiments.study import design
from experiments.study.study import load, parse
from models.architectures import ARCHITECTURES
from sim.world.protocols import PROTOCOLS

SHIPPED = Path(__file__).resolve().parents[3] / "experiments" / "studies"
COURSE = '\n[interventions.help]\nprotocol = "insight"\nsessions = 1\n'


def test_all_pairs_are_all_pairs():
    rows = list(design.rows(load(SHIPPED / "all_pairs.toml")))
    assert rows == [(a, b) for a in ARCHITECTURES for b in ARCHITECTURES]


@pytest.mark.parametrize(
    ("path", "choices"),
    [("interventions.help.protocol", PROTOCOLS), ("interventions.help.owner", ("A", "B"))],
)
def test_a_choice_without_values_takes_each(path, choices):
    text = (SHIPPED / "smallest.toml").read_text(encoding="utf-8").partition("[[vary]]")[0]
    study = parse(f'{text}{COURSE}[[vary]]\npath = "{path}"\n', "some.toml")
    assert study.factors[0].values == tuple(choices)
