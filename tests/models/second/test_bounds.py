"""Whatever happens to whomever for however long, nothing of the second core leaves its range."""

from typing import NamedTuple

import numpy as np
import pytest

from models.second import exchange, update
from models.second.circumstances import circumstances
from models.second.couple import LONGEST_STEP, respond
from models.second.state import VARIABLES, Couple, DyadState, PartnerState, ReadOut, Signal
from models.state import NO_EVENT, Situation
from tests.helpers import second_draws as draw

SECOND, MONTH = 1 / 60, 43200.0
STEPS = (SECOND, LONGEST_STEP, 60.0, MONTH)


class Draw(NamedTuple):
    """All arguments of an exchange but the channel."""

    couple: Couple
    people: tuple
    situation: Situation
    events: tuple
    noise: tuple
    shared: object


def any_couple(seed, dt=None):
    random = np.random.default_rng(seed)
    partners = [draw.anything(PartnerState, random) for _ in "ab"]
    return Draw(
        Couple(*partners, draw.dyad(random)),
        (draw.person(random), draw.person(random)),
        draw.situation(random, dt),
        (draw.event(random), draw.event(random)),
        (draw.noise(random), draw.noise(random)),
        draw.society(random),
    )


def go(d, **changed):
    shared = d.shared._replace(**changed)
    return exchange(d.couple, *d.people, d.situation, *d.events, *d.noise, shared)


def inside(values, kind):
    for name, declared in VARIABLES[kind].items():
        value = getattr(values, name)
        assert np.isfinite(value), name
        low, high = declared.range or (None, None)
        assert low is None or value >= low - 1e-12, (name, value)
        assert high is None or value <= high + 1e-12, (name, value)


@pytest.mark.parametrize("dt", STEPS)
@pytest.mark.parametrize("seed", range(25))
def test_everything_stays_in_its_declared_range(seed, dt):
    d = any_couple(seed, dt)
    for channel_ab in (0.0, 1.0):
        after = go(d, channel_ab=channel_ab)
        for partner in after.couple[:2]:
            inside(partner, PartnerState)
        inside(after.couple.dyad, DyadState)
        for read in (after.read_a, after.read_b):
            inside(read, ReadOut)
        for signal in (after.sent_a, after.sent_b, after.heard_a, after.heard_b):
            inside(signal, Signal)


@pytest.mark.parametrize("seed", range(15))
def test_partners_swapped_mirror_the_result_to_the_bit(seed):
    d = any_couple(seed)
    mirror = d._replace(
        couple=Couple(d.couple.b, d.couple.a, d.couple.dyad),
        people=d.people[::-1],
        events=d.events[::-1],
        noise=d.noise[::-1],
    )
    one = go(d, channel_ab=0.0, channel_ba=1.0)
    two = go(mirror, channel_ab=1.0, channel_ba=0.0)
    assert one.couple.a == two.couple.b and one.couple.b == two.couple.a
    assert one.read_a == two.read_b and one.heard_a == two.heard_b and one.sent_a == two.sent_b
    assert one.couple.dyad == two.couple.dyad


@pytest.mark.parametrize("seed", range(15))
def test_no_time_no_change(seed):
    """What is an ablation of memory itself, and a shock, are left out: they act at once."""
    d = any_couple(seed, 0.0)
    shared = draw.SHARED._asdict()
    events = tuple(e._replace(stressor=0.0) for e in d.events)
    after = go(d._replace(events=events), **shared).couple
    for was, now in zip(d.couple, after, strict=True):
        np.testing.assert_allclose(now, was, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", ["wish", "alternatives", "misreading", "load", "strain"])
def test_a_decay_does_not_depend_on_how_the_step_is_cut(name):
    """Apart and asleep: what a process of one's own forgets in a step, it forgets in its halves."""
    d = any_couple(3, 60.0)
    still = tuple(z._replace(**dict.fromkeys(z._fields, 0.0)) for z in d.noise)
    apart = Situation(60.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    d = d._replace(noise=still, events=(NO_EVENT, NO_EVENT), situation=apart, shared=draw.SHARED)
    whole = getattr(go(d).couple.a, name)
    half = d._replace(situation=apart._replace(dt=30.0))
    halves = go(half._replace(couple=go(half).couple)).couple.a
    assert getattr(halves, name) == pytest.approx(whole, rel=1e-9)
    assert whole != getattr(d.couple.a, name)


@pytest.mark.parametrize("seed", range(10))
def test_nothing_of_the_partner_but_the_signal_is_heard(seed):
    """B is another person in another state, who sends the same: A is the same to the bit."""
    d = any_couple(seed, 2.0)
    one = go(d)
    random = np.random.default_rng(seed + 500)
    stranger = draw.anything(PartnerState, random)
    now, before = d.couple, one.sent_b
    kept = {"warmth_shown", "bid", "demand", "withdrawal"}
    p = d.people[1]
    hidden = stranger._replace(**{name: getattr(now.b, name) for name in kept})
    # mood shows load, strain and need, as far as the person's: load makes up for the others
    p = draw.person(random)._replace(deactivation=p.deactivation)
    mood = before.mood / (1 - 0.5 * p.deactivation)
    load = p.mood_set_point - hidden.strain - hidden.arousal - p.reward_dependence * hidden.need
    hidden = hidden._replace(load=load - mood)
    two = go(d._replace(couple=now._replace(b=hidden), people=(d.people[0], p)))
    np.testing.assert_allclose(two.sent_b, one.sent_b, rtol=1e-12)
    np.testing.assert_allclose(two.couple.a, one.couple.a, rtol=1e-9, atol=1e-12)
    assert two.couple.b != one.couple.b


def test_a_cut_channel_carries_nothing():
    d = any_couple(8, 2.0)._replace(events=(NO_EVENT, NO_EVENT))
    louder = d.couple.b._replace(warmth_shown=-2.0, demand=0.9, arousal=0.9, withdrawal=0.8)
    cut = [
        go(d._replace(couple=d.couple._replace(b=b)), channel_ba=0.0) for b in (d.couple.b, louder)
    ]
    through = [
        go(d._replace(couple=d.couple._replace(b=b)), channel_ba=1.0) for b in (d.couple.b, louder)
    ]
    assert cut[0].couple.a == cut[1].couple.a
    assert d.situation.contact == 0 or through[0].couple.a != through[1].couple.a


def test_a_turn_is_heard_then_lived():
    """``respond`` hears the helper's script in the partner's place, through its channel."""
    d = any_couple(5, 2.0)
    state, person, sent = d.couple.a, d.people[0], Signal(0.4, 0.1, 0.2, 1.5, 0.2)
    scripted = NO_EVENT._replace(help_share=1.0, help_warmth=0.7, help_clarity=1.0)
    at = Situation(2.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    args = (d.couple.dyad, at, scripted, d.noise[0], 1.0, draw.SHARED)
    after, heard, read = respond(state, person, sent, sent, *args)
    assert heard.warmth == pytest.approx(0.7) and heard.demand == 0.0
    now = circumstances(at, scripted, draw.SHARED)
    expected = update(state, person, heard, d.couple.dyad, now, d.noise[0], draw.SHARED)
    assert (after, read) == expected
