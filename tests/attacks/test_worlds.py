"""Calendars, protocols and childhoods refuse what is senseless before anything is built."""

import numpy as np
import pytest

from models.state import Event, Situation
from sim.engines.ensemble import simulate
from sim.world.calendar import Calendar, conversation, daily_life, joined, separation
from sim.world.childhood import caregivers, childhood, grow_up, growth, mixture
from sim.world.protocols import course, laboratory, scripted, session
from tests.helpers.attacks import Door, refusal

pytestmark = pytest.mark.slow
DAY = daily_life(1)


def protocol(**given):
    return session(**({"name": "insight"} | given))


def whole_course(**given):
    return course(**({"name": "insight", "sessions": 2, "days": 4} | given))


def event(**given):
    given = {"day": 0.0, "owner": "A", "stressor": 1.0} | given
    return DAY.with_event(given.pop("day"), given.pop("owner"), **given)


def script(**given):
    return scripted(given.pop("calendar", DAY), **given)


def room(**given):
    return laboratory(given.pop("minutes", 4.0), **given)


def times(**given):
    return DAY * given["times"] if given else DAY * 2


def grown(**given):
    return grow_up(given.pop("care", "secure"), **({"dyads": 2, "seed": 1, "days": 1} | given))


def grows(**given):
    return growth(given.pop("care", "secure"), **({"dyads": 2, "seed": 1, "days": 1} | given))


def life(**given):
    return daily_life(**({"days": 1} | given))


def apart(**given):
    return separation(**({"days": 1} | given))


def first_years(**given):
    return childhood(**({"days": 1} | given))


def cared(**given):
    return caregivers(**({"dyads": 2, "seed": 1} | given))


CHILD = {"dyads": "count", "seed": "seed", "days": "count", "infant": "thing"}
DOORS = {
    "daily_life": Door(life, {"days": "count", "together": "share"}),
    "separation": Door(apart, {"days": "count", "texts": "flag"}),
    "conversation": Door(
        conversation,
        {"minutes": "positive", "turn_seconds": "positive", "owner": "name", "heat": "share"},
        called={"minutes": "min", "turn_seconds": "turn"},
    ),
    "with_event": Door(
        event, {"day": "share", "owner": "name", "stressor": "positive", "conflict": "share"},
        ("day: above 1", "stressor: none above"),
    ),
    "times": Door(times, {"times": "count"}),
    "session": Door(
        protocol,
        {
            "name": "name", "minutes": "positive", "dose": "share", "owner": "name",
            "progress": "share",
        },
        called={"name": "intervention"},
    ),
    "course": Door(
        whole_course,
        {
            "name": "name", "sessions": "count", "days": "count", "together": "share",
            "minutes": "positive", "dose": "share", "owner": "name",
        },
        called={"name": "intervention"},
    ),
    "scripted": Door(
        script, {"calendar": "thing", "owner": "name", "third": "flag", "when": "thing",
                 "help_warmth": "share"},
        ("help_warmth: negative",),
    ),
    "laboratory": Door(
        room,
        {"minutes": "positive", "step": "positive", "proximity": "share", "contact": "share"},
    ),
    "childhood": Door(first_years, {"days": "count"}),
    "caregivers": Door(cared, {"dyads": "count", "seed": "seed"}, ("dyads: list",)),
    "grow_up": Door(
        grown, CHILD | {"care": "thing", "adult": "thing", "shared": "thing"}, ("dyads: list",),
        {"care": "secure", "adult": "", "infant": ""},
    ),
    "growth": Door(
        grows, CHILD | {"care": "thing", "shared": "thing"}, ("dyads: list",),
        {"care": "secure", "infant": ""},
    ),
}  # fmt: skip


def built(situation=None, events=None, kind=None, **fields):
    """A run over a calendar made by hand: the fields of a day, some of them spoilt."""
    of_situation = {k: v for k, v in fields.items() if k in Situation._fields}
    of_event = {k: v for k, v in fields.items() if k in Event._fields}
    life = Calendar(
        DAY.situation._replace(**of_situation) if situation is None else situation,
        DAY.events._replace(**of_event) if events is None else events,
        DAY.kind if kind is None else kind,
    )
    return simulate("secure", "secure", calendar=life, seed=1)


STEPS = len(DAY)
SPOILT = {
    "nan": lambda shape: np.full(shape, np.nan),
    "beyond": lambda shape: np.full(shape, 7.0),
    "below": lambda shape: np.full(shape, -7.0),
    "infinite": lambda shape: np.full(shape, np.inf),
    "text": lambda shape: np.full(shape, "x"),
    "objects": lambda shape: np.full(shape, None),
    "one short": lambda shape: np.zeros((shape[0] - 1, *shape[1:])),
    "flat": lambda shape: np.float64(0.5),
    "a table more": lambda shape: np.zeros((*shape, 2)),
    "masked": lambda shape: np.ma.masked_all(shape),
    "complex": lambda shape: np.full(shape, 1j),
}
BY_HAND = [
    pytest.param(name, spoil((STEPS, 2) if name in Event._fields else (STEPS,)), id=f"{name}-{how}")
    for name in ("contact", "awake", "conflict", "help_share", "help_clarity", "insight", "dt")
    for how, spoil in SPOILT.items()
    if (name, how) != ("dt", "beyond")
]


@pytest.mark.parametrize(("name", "values"), BY_HAND)
def test_calendars_made_by_hand_are_checked(name, values):
    refusal(lambda: built(**{name: values}), name)


OTHERS = {
    "no situation": (lambda: built(situation=3), "situation"),
    "no events": (lambda: built(events=[]), "events"),
    "kind of another length": (lambda: built(kind=np.array(["talk"])), "shape"),
    "kind of numbers": (lambda: built(kind=np.zeros(STEPS)), "kind"),
    "nothing joined": (lambda: joined([]), "calendar"),
    "a number joined": (lambda: joined([DAY, 3]), "calendar"),
    "a number added": (lambda: DAY + 3, "calendar"),
    "a step by its number": (lambda: DAY[3], "slice"),
    "a step that is not there": (lambda: DAY.at(10**6), "step"),
    "an unknown event": (lambda: DAY.with_event(0, "A", stresor=1.0), "stressor"),
    "no event": (lambda: DAY.with_event(0, "A"), "event"),
    "an unknown field of a script": (lambda: scripted(DAY, help_wramth=0.5), "help_warmth"),
    "a script that never holds": (
        lambda: scripted(DAY, when=lambda steps: steps < 0, help_warmth=0.5),
        "when",
    ),
    "a script of another length": (
        lambda: scripted(DAY, when=lambda steps: np.ones(3, bool), help_warmth=0.5),
        "when",
    ),
    "more sessions than days": (lambda: course("insight", 5, 4), "sessions"),
    "a talk without end": (lambda: conversation(1e9, 1e-3), "min"),
    "a laboratory without end": (lambda: laboratory(1e9, 1e-3), "time steps"),
    "a laboratory shorter than a step": (lambda: laboratory(1.0, 10.0), "step"),
    "a session without end": (lambda: session("insight", 1e12), "minutes"),
    "a calendar without end": (lambda: daily_life(30_000) * 30_000, "times"),
    "no shares": (lambda: mixture({}), "shares"),
    "shares of nothing": (lambda: mixture({"sensitive": 0.0}), "care regime"),
    "shares of a list": (lambda: mixture([1, 2]), "shares"),
    "shares of text": (lambda: mixture({"consistent": "x"}), "consistent"),
    "shares of nan": (lambda: mixture({"consistent": float("nan")}), "shares"),
    "shares without end": (lambda: mixture({"consistent": float("inf")}), "shares"),
    "shares of unequal lengths": (
        lambda: mixture({"consistent": np.ones(2), "inconsistent": np.ones(3)}),
        "",
    ),
    "an unknown regime": (lambda: mixture({"consitent": 1.0}), "care regime"),
    "care by nobody": (lambda: grown(care="nobody"), "nobody"),
    "an option that childhood does not have": (lambda: grown(engin="numpy"), "engin"),
}


@pytest.mark.parametrize(("call", "word"), OTHERS.values(), ids=OTHERS)
def test_what_is_senseless_as_a_whole_is_refused(call, word):
    refusal(call, word)
