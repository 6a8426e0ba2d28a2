"""Every equation of the second core does what its docstring says, at random points."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from models.second import (
    action,
    alarm,
    body,
    channel,
    circumstances,
    couple,
    evaluation,
    expression,
    forms,
    learning,
    need,
    partner,
    perception,
)
from models.second.state import Signal
from tests.helpers.second_draws import anything, everything, noise
from tests.helpers.second_reading import WORDS, read

POINTS = range(40)


def turn(seed):
    """One draw, the vocabulary bound to it, and the chain of intermediate results."""
    all_of = everything(seed)
    d = SimpleNamespace(**all_of)
    s, p, q = d.state, d.parameters, d.shared
    d.now = circumstances.circumstances(d.situation, d.event, q)
    d.near = action.near_of(d.dyad, d.now)
    d.predicted = perception.predict(s, p, d.now, q)
    d.percept = perception.perceive(d.predicted, d.heard.warmth, d.now, q)
    d.guarded = alarm.guard(s.evidence, s, p, q)
    d.felt = need.feel(s, p, d.percept.risk, d.heard, d.now)
    d.invested = evaluation.invested(d.dyad, p, q)
    d.spare = action.spared(s, d.guarded.held, d.invested, q)
    d.read = lambda function, **given: read(function, p, q, **(dict(state=s, now=d.now) | given))
    return d


def same(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-11)


def fields(actual, expected, *only):
    for name in only or actual._fields:
        same(getattr(actual, name), expected[name])


def far():
    """Shares of acts far below, and of one just below, two that are equally best."""
    return [0.0, math.exp(-2.5) / (2 + math.exp(-2.5))]


@pytest.mark.parametrize("seed", POINTS)
def test_forms(seed):
    random = np.random.default_rng(seed)
    x, shift, share = random.normal(), 3 * random.normal(), random.uniform(0.01, 0.99)
    rates = [random.uniform(), *random.uniform(0, 0.1, size=2), 10 ** random.uniform(-1, 3)]
    walk = [*random.normal(size=2), *10 ** random.uniform(-1, 2, size=3), random.normal()]
    same(forms.bounded(x), WORDS["bounded"](x))
    same(forms.raised(share, shift), WORDS["raised"](share, shift))
    same(forms.approach(*rates), WORDS["approach"](*rates))
    same(forms.wander(*walk), WORDS["wander"](*walk))
    shares = action.softmax(x, shift, share, rates[0], 2.5)
    weights = [math.exp(2.5 * u) for u in (x, shift, share, rates[0])]
    same(shares, [w / sum(weights) for w in weights])
    same(action.softmax(1e3, 1e3, -1e3, 999.0, 2.5), [1 / (2 + math.exp(-2.5))] * 2 + far())
    assert forms.approach(0.3, 0.0, 0.0, 10.0) == pytest.approx(0.3, abs=1e-9)


@pytest.mark.parametrize("seed", POINTS)
def test_circumstances_and_channel(seed):
    d = turn(seed)
    found = d.read(circumstances.circumstances, situation=d.situation, event=d.event)
    fields(d.now, found, "clarity", "topic", "strangeness", "words")
    e, at = d.event, d.situation
    same(
        d.now[:6], (at.dt, at.contact, at.contact * (1 - e.third), e.third, at.awake, d.now.clarity)
    )
    same((d.now.danger, d.now.heat, d.now.calming), (e.threat, e.conflict, e.calming))
    same((d.now.stressor, d.near), (e.stressor, d.dyad.closeness * d.now.partner))
    fields(channel.coming(d.heard, e), d.read(channel.coming, partner=d.heard, event=e))
    for open_ in (0.0, 1.0):
        heard = channel.hear(d.heard, d.state.misreading, d.now, e, open_, d.shared)
        given = dict(sent=d.heard, misreading=d.state.misreading, event=e, open_=open_)
        fields(heard, d.read(channel.hear, **given))
    given = dict(misreading=d.state.misreading, draw=0.7)
    same(
        channel.misread(given["misreading"], d.now, 0.7, d.shared),
        d.read(channel.misread, **given)["misreading"],
    )


@pytest.mark.parametrize("seed", POINTS)
def test_perception(seed):
    d = turn(seed)
    fields(d.predicted, d.read(perception.predict))
    given = d.predicted._asdict() | dict(warmth=d.heard.warmth)
    found = d.read(perception.perceive, **given)
    fields(d.percept, found, "old", "expected", "risk", "threat")
    same((d.percept.gain, d.percept.warmth), (found["K"], found["perceived"]))


@pytest.mark.parametrize("seed", POINTS)
def test_alarm(seed):
    d = turn(seed)
    given = dict(near=d.near, risk=d.percept.risk, threat=d.percept.threat)
    evidence = alarm.accumulate(d.state, d.parameters, d.percept, d.near, d.now, d.shared)
    same(evidence, d.read(alarm.accumulate, **given)["evidence"])
    fields(d.guarded, d.read(alarm.guard, evidence=d.state.evidence))


@pytest.mark.parametrize("seed", POINTS)
def test_body(seed):
    d = turn(seed)
    s, p, q, a = d.state, d.parameters, d.shared, d.guarded.alarm
    found = d.read(body.arouse, alarm=a)
    same(body.arouse(s, p, a, d.now, q), found["arousal"])
    same(body.load(s, d.now, 0.7, q), d.read(body.load, draw=0.7)["load"])
    same(body.strain(s, a, d.now, 0.7, q), d.read(body.strain, alarm=a, draw=0.7)["strain"])


@pytest.mark.parametrize("seed", POINTS)
def test_need(seed):
    d = turn(seed)
    s, p, q = d.state, d.parameters, d.shared
    mood = d.read(need.own_mood)["own_mood"]
    same(need.own_mood(s, p), mood)
    given = dict(risk=d.percept.risk, heard=d.heard, own_mood=lambda state: mood)
    fields(d.felt, d.read(need.feel, **given))
    given = dict(alarm=d.guarded.alarm, relief=d.felt.relief, perceived=d.percept.warmth)
    found = d.read(need.crave, **given)
    same(need.crave(s, p, *given.values(), d.now, q), (found["need"], found["tolerance"]))


@pytest.mark.parametrize("seed", POINTS)
def test_action(seed):
    d = turn(seed)
    s, p, q, held = d.state, d.parameters, d.shared, d.guarded.held
    same(d.spare, d.read(action.spared, held=held, invested=d.invested)["spared"])
    given = dict(percept=d.percept, held=held, spare=d.spare, heard=d.heard)
    kind = d.read(action.warm, **given)["warm"]
    same(action.warm(s, p, d.percept, held, d.spare, d.heard, d.now, q), kind)
    found = d.read(action.choose, **given, alarm=d.guarded.alarm, near=d.near)
    order = ("warm", "bid", "demand", "withdraw")
    weights = [math.exp(q.choice_slope * u) for u in (kind, *(found[n] for n in order[1:]))]
    chosen = action.choose(s, p, d.percept, d.guarded, d.spare, d.heard, d.near, d.now, q)
    fields(chosen, dict(zip(order, np.array(weights) / sum(weights), strict=True)), *order)
    same(chosen.freeze, found["freeze"])


@pytest.mark.parametrize("seed", POINTS)
def test_what_is_shown(seed):
    d = turn(seed)
    s, q = d.state, d.shared
    random = np.random.default_rng(seed)
    choice = action.Choice(*random.dirichlet(np.ones(4)), random.uniform())
    shown = expression.show(s, choice, d.now, 0.7, q)
    acts = zip(("bid", "demand", "withdrawal"), ("bid", "demand", "withdraw"), strict=True)
    for (name, act), actual in zip(acts, shown[1:], strict=True):
        given = choice._asdict() | dict(draw=0.7)
        was = SimpleNamespace(warmth_shown=s.warmth_shown, act=getattr(s, name))
        found = d.read(expression.show, **given | dict(state=was, act=getattr(choice, act)))
        same((shown[0], actual), (found["warmth_shown"], found["act"]))
    part = d.read(expression.shown)["shown"]
    same(expression.shown(d.parameters), part)
    mood = need.own_mood(s, d.parameters)
    found = d.read(partner.emit, shown=part, own_mood=lambda state: mood)
    sent = partner.emit(s, d.parameters)
    fields(sent, found, "latency", "mood")
    assert (sent.warmth, sent.bid, sent.demand) == (s.warmth_shown, s.bid, s.demand)


@pytest.mark.parametrize("seed", POINTS)
def test_learning(seed):
    d = turn(seed)
    s, p, q, heard = d.state, d.parameters, d.shared, d.heard.warmth
    given = dict(K=d.percept.gain, old=d.percept.old, warmth=heard)
    found = d.read(learning.this_partner, **given, open_=d.guarded.open_)
    actual = learning.this_partner(s, p, d.percept, d.guarded.open_, heard, d.now, q)
    same(actual, (found["expected_warmth"], found["expected_variance"]))
    given |= dict(gate=d.guarded.gate, held=d.guarded.held, old_mean=d.predicted.old_mean)
    found = d.read(learning.old_cause, **given)
    actual = learning.old_cause(s, d.predicted, d.percept, d.guarded, heard, d.now, q)
    same(actual, (found["safety_memory"], found["integration_gained"]))


@pytest.mark.parametrize("seed", POINTS)
def test_evaluation(seed):
    d = turn(seed)
    s, p, q, ours = d.state, d.parameters, d.shared, dict(dyad=d.dyad)
    same(d.invested, d.read(evaluation.invested, **ours)["invested"])
    found = d.read(evaluation.commitment, investment=d.invested)["commitment"]
    same(evaluation.commitment(s, d.invested, q), found)
    given = dict(perceived=d.percept.warmth, affect=d.felt.affect)
    found = d.read(evaluation.sentiment, **given)["sentiment"]
    same(evaluation.sentiment(s, *given.values(), d.now, q), found)
    found = d.read(evaluation.satisfaction, **given, **ours, heard=d.heard)["satisfaction"]
    same(evaluation.satisfaction(s, p, *given.values(), d.heard, d.dyad, d.now, q), found)
    found = d.read(evaluation.chance, value=s.wish, draw=0.7)["chance"]
    same(evaluation.chance(s.wish, d.now, 0.7, q), found)
    for committed in (-0.6, -0.45, 0.2):
        found = d.read(evaluation.disengage, commitment_now=committed)["disengagement"]
        same(evaluation.disengage(s, committed, d.now, q), found)


@pytest.mark.parametrize("seed", POINTS)
def test_bond(seed):
    d = turn(seed)
    a, b = anything(Signal, d.random), anything(Signal, d.random)
    out = dict(zip(("disengagement_a", "disengagement_b"), d.random.uniform(size=2), strict=True))
    other = d.event._replace(third=0.25)
    given = dict(dyad=d.dyad, sent_a=a, sent_b=b, event_a=d.event, event_b=other)
    found = d.read(couple.bond, situation=d.situation, **out, **given)
    after = couple.bond(d.dyad, *out.values(), a, b, d.event, other, d.situation, d.shared)
    fields(after, found, "closeness", "hazard")
    same(after.age, d.dyad.age + d.situation.dt)


@pytest.mark.parametrize("seed", POINTS)
def test_a_turn_puts_each_result_in_its_place(seed):
    d = turn(seed)
    s, p, q, z = d.state, d.parameters, d.shared, noise(d.random)
    after, seen = partner.update(s, p, d.heard, d.dyad, d.now, z, q)
    evidence = alarm.accumulate(s, p, d.percept, d.near, d.now, q)
    g = alarm.guard(evidence, s, p, q)
    spare = action.spared(s, g.held, d.invested, q)
    choice = action.choose(s, p, d.percept, g, spare, d.heard, d.near, d.now, q)
    warmth, feel = d.percept.warmth, d.felt.affect
    committed = evaluation.commitment(s, d.invested, q)
    same(after[:4], expression.show(s, choice, d.now, z.face, q))
    same(after.misreading, channel.misread(s.misreading, d.now, z.misreading, q))
    same(after.evidence, evidence)
    same(after.arousal, body.arouse(s, p, g.alarm, d.now, q))
    same(after.load, body.load(s, d.now, z.load, q))
    same(after.strain, body.strain(s, g.alarm, d.now, z.strain, q))
    craved = need.crave(s, p, g.alarm, d.felt.relief, warmth, d.now, q)
    same((after.need, after.tolerance), craved)
    learnt = learning.this_partner(s, p, d.percept, g.open_, d.heard.warmth, d.now, q)
    same((after.expected_warmth, after.expected_variance), learnt)
    old = learning.old_cause(s, d.predicted, d.percept, g, d.heard.warmth, d.now, q)
    same((after.safety_memory, after.integration_gained), old)
    same(after.sentiment, evaluation.sentiment(s, warmth, feel, d.now, q))
    told = evaluation.satisfaction(s, p, warmth, feel, d.heard, d.dyad, d.now, q)
    same(after.satisfaction, told)
    same(after.wish, evaluation.chance(s.wish, d.now, z.wish, q))
    same(after.alternatives, evaluation.chance(s.alternatives, d.now, z.alternatives, q))
    same(after.disengagement, evaluation.disengage(s, committed, d.now, q))
    same(
        (seen.perceived_warmth, seen.old_cause, seen.threat),
        (warmth, d.percept.old, d.percept.threat),
    )
    same((seen.alarm, seen.regulation_now, seen.plasticity_gate), (g.alarm, g.held, g.gate))
    same((seen.relief, seen.affect, seen.commitment), (d.felt.relief, feel, committed))
    same((seen.freeze, seen.warm_engagement), (choice.freeze, choice.warm))
