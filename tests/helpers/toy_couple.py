"""A toy couple in the style of the project, and its traced program."""

from typing import NamedTuple

import numpy as np

from models.forms import fill, logistic, positive, saturate, settle, squash
from sim.codegen.tracing import trace


class State(NamedTuple):
    alarm: float
    arousal: float
    threshold: float
    warmth: float
    mood: float
    trust: float
    silence: float
    error: float


class Traits(NamedTuple):
    gain: float
    vagal_tone: float
    dependence: float
    template: float
    social_baseline: float
    voice: float
    patience: float
    tension: float
    learning: float
    noise: float


class Shared(NamedTuple):
    arousal_time: float
    mood_time: float
    buffer_on: float


class Channel(NamedTuple):
    dt: float
    clarity: float
    presence: float


class Couple(NamedTuple):
    a: State
    b: State


def hear(sent, error, channel, traits):
    """The warmth that arrives through an ambiguous channel."""
    return channel.clarity * sent.warmth + (1.0 - channel.clarity) * traits.noise * error


def partner(own, other, traits, shared, channel):
    """One partner's next state."""
    heard = hear(other, own.error, channel, traits)
    evidence = positive(-heard) + traits.template * (1.0 - own.trust) + 0.1 * abs(own.error)
    buffered = shared.buffer_on * traits.social_baseline * channel.presence * own.trust
    alarm = logistic(traits.gain * (evidence - own.threshold - buffered))
    rise = (0.02 + alarm) / shared.arousal_time
    brake = (0.25 + traits.vagal_tone) / shared.arousal_time
    arousal = fill(own.arousal, rise, brake, channel.dt)
    flooded = arousal > 0.3 + 0.45 * traits.vagal_tone
    warmth = np.where(flooded, -traits.voice * arousal, squash(own.trust - alarm + traits.patience))
    gained = np.minimum(positive(heard) ** 2, 0.9)
    waited = saturate(own.silence / 100.0) * np.sqrt(1.0 + traits.tension)
    mood = squash(traits.dependence * (gained - waited) - 0.5 * alarm)
    learning = channel.dt * traits.learning
    return State(
        alarm=alarm,
        arousal=arousal,
        threshold=own.threshold + learning * (0.5 - alarm),
        warmth=warmth,
        mood=settle(own.mood, mood, channel.dt, shared.mood_time),
        trust=fill(own.trust, gained * traits.learning, 0.001, channel.dt),
        silence=np.maximum((own.silence + channel.dt) * (1.0 - gained), 1.0),
        error=own.error * np.exp(-channel.dt / 30.0) + 0.01 * np.floor(10.0 * own.error),
    )


def exchange(a, b, traits_a, traits_b, shared, channel):
    """Both partners' next states."""
    return Couple(
        a=partner(a, b, traits_a, shared, channel),
        b=partner(b, a, traits_b, shared, channel),
    )


TEMPLATES = State, State, Traits, Traits, Shared, Channel
FIXED = "shared.", "channel."
PROGRAM = trace(exchange, *TEMPLATES)
COUPLES = 50


def draw_inputs(seed=1):
    """Arguments of ``exchange`` for many couples, each number an array over the couples."""
    random = np.random.default_rng(seed)

    def over_couples(template, low, high):
        return template(*(random.uniform(low, high, COUPLES) for _ in template._fields))

    return (
        over_couples(State, 0.0, 1.0)._replace(error=random.normal(size=COUPLES)),
        over_couples(State, -1.0, 1.0)._replace(silence=random.uniform(0.0, 200.0, COUPLES)),
        over_couples(Traits, 0.0, 1.0)._replace(gain=np.full(COUPLES, 8.0)),
        over_couples(Traits, 0.0, 1.0),
        Shared(*(np.full(COUPLES, x) for x in (7.0, 300.0, 1.0))),
        Channel(*(np.full(COUPLES, x) for x in (5.0, 0.7, 1.0))),
    )


def couple_of(arguments, k):
    """The arguments of one couple, as floats."""
    return tuple(type(part)(*(float(column[k]) for column in part)) for part in arguments)


INPUTS = draw_inputs()
