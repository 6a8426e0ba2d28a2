"""What the page declares is what the model declares."""

import numpy as np

from experiments.pages.explore import contexts, declarations, stories
from models import architecture
from models.architectures import ARCHITECTURES
from models.parameters import PartnerParameters
from models.state import Event


def test_every_parameter_of_a_person_has_one_slider():
    listed = [name for names in declarations.GROUPS.values() for name in names]
    assert len(listed) == len(set(listed)) and not set(listed) - set(PartnerParameters._fields)
    assert {p["group"] for p in declarations.parameters()} == set(declarations.GROUPS)
    assert [p["name"] for p in declarations.parameters()] == list(PartnerParameters._fields)


def test_every_preset_is_there_with_all_its_values():
    assert {name: tuple(row["values"]) for name, row in declarations.presets().items()} == {
        name: tuple(architecture(name)) for name in ARCHITECTURES
    }


def test_every_equation_shown_is_listed():
    assert set(declarations.SHOWN.values()) <= set(declarations.EQUATIONS)
    assert all(story().equation in declarations.EQUATIONS for story in stories.STORIES.values())
    assert all(entry["text"] and entry["source"] for entry in declarations.equations())


def test_a_happening_belongs_to_its_partner():
    rows = contexts.Rows()
    for name, reported in contexts.happenings(rows).items():
        for who, other in ("AB", "BA"):
            events = np.array([rows.numbers[k] for k in reported["rows"][who]])[:, 6:].reshape(
                -1, 2, len(Event._fields)
            )
            one, two = events[:, "AB".index(who)], events[:, "AB".index(other)]
            assert one.sum() > two.sum() or name == "separation"


def test_dropping_in_moves_the_later_days():
    plain = contexts.lived("everyday", [], 60)
    mixed = contexts.lived("everyday", [(10, "separation", "A"), (12, "late_text", "B")], 60)
    assert list(mixed.kind[:10]) == list(plain.kind[:10]) and len(mixed) == 60
    assert list(mixed.kind[53:]) == list(plain.kind[10:17])
    assert mixed.events.delay[12, 1] == 3.0


def test_a_parameter_in_no_group_joins_its_neighbour():
    found = declarations.groups_of(["vagal_tone", "new", "protest", "newer"])
    assert (found["new"], found["newer"]) == (found["vagal_tone"], found["protest"])
    assert found["new"] != found["newer"]
