"""The browser's engine gives the numbers of the model."""

import numpy as np
import pytest

from experiments.pages.explore import contexts
from models import architecture, exchange
from models.architectures import ARCHITECTURES
from models.forms import logistic
from models.initial_state import initial_couple
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.state import VARIABLES, Couple, DyadState, Event, PartnerState, RandomNumbers, Situation
from sim.codegen.tracing import leaves
from sim.engines.ensemble import simulate
from sim.engines.traced import traced
from sim.randomness.noise import Purpose, normals
from tests.helpers.explore import needs_node

TOLERANCE = 1e-12
OUTPUTS = tuple(traced().outputs)


def anything(limits, count, rng):
    """Numbers in a declared range; an open one is taken as far as lives go."""
    low, high = limits or (-1.5, 1.5)
    high = 600.0 if high is None else high
    return rng.uniform(low, high, count)


def random_inputs(count, seed=5):
    """Inputs of ``count`` exchanges, each argument within its declared range."""
    rng = np.random.default_rng(seed)
    rules = {**VARIABLES, **PARAMETERS}

    def draw(kind):
        return kind(*(anything(rule.range, count, rng) for rule in rules[kind].values()))

    state = [draw(kind) for kind in (PartnerState, PartnerState, DyadState)]
    for partner in (0, 1):  # a gap of no time at all does not occur
        state[partner] = state[partner]._replace(usual_gap=10.0 + state[partner].usual_gap)
    people = draw(PartnerParameters), draw(PartnerParameters)
    situation = draw(Situation)._replace(dt=rng.uniform(0.1, 480.0, count))
    random_numbers = [RandomNumbers(*rng.standard_normal((4, count))) for _ in range(2)]
    return (
        Couple(*state),
        *people,
        situation,
        draw(Event),
        draw(Event),
        *random_numbers,
        draw(SharedParameters),
    )


@needs_node
def test_a_thousand_random_exchanges_agree(node):
    given = random_inputs(1000)
    table = np.array([*leaves(given)]).T
    expected = np.array([*leaves(exchange(*given))]).T
    found = node(
        "return GIVEN.map((row) => { const out = new Float64Array(LAYOUT.outputs.length);"
        "exchange(row, out); return [...out]; });",
        table.tolist(),
    )
    # The clock of silence settles towards a million minutes, where the last bit of exp counts.
    scale = [600.0 if name.endswith((".silence", ".usual_gap")) else 1.0 for name in OUTPUTS]
    error = np.abs(np.array(found) - expected) / np.maximum(np.abs(expected), scale)
    assert error.max() < TOLERANCE


@needs_node
def test_the_marks_are_those_of_the_alarm(node):
    """Evidence and threshold as drawn give the alarm as computed."""
    couple, a, b, situation, event_a, *rest = random_inputs(300, seed=6)
    shared = rest[-1]._replace(criterion_on=np.ones(300))
    given = (couple, a, b, situation, event_a, *rest[:-1], shared)
    after = exchange(*given).couple.a
    found = node(
        "return GIVEN.map((row) => { const run = Object.create(Run.prototype);"
        "run.inputs = Float64Array.from(row); run.markInputs = new Float64Array(999);"
        "run.marks = { A: new Float64Array(2), B: new Float64Array(2) };"
        "run.mark('A'); return [...run.marks.A]; });",
        np.array([*leaves(given)]).T.tolist(),
    )
    criterion, window = np.array(found).T
    np.testing.assert_allclose(
        logistic(a.amygdala_gain * (after.evidence - criterion)), after.alarm, rtol=1e-11
    )
    np.testing.assert_allclose(window, 0.3 + 0.45 * couple.a.vagal_tone, rtol=TOLERANCE)


@needs_node
def test_luck_has_the_same_bits(node):
    addresses = [
        (s, d, p, t)
        for s in (0, 1, 2**32 - 1, 2**40 + 3)
        for d in (0, 7)
        for p in (0, 1)
        for t in (0, 1, 500, 7664)
    ]
    found = node(
        "return GIVEN.map(([s, d, p, t]) => { const out = new Float64Array(4);"
        "draw(s, d, p, t, out, 0); return [...out]; });",
        addresses,
    )
    assert found == [normals(Purpose.EXCHANGE, *address).tolist() for address in addresses]


@needs_node
def test_everybody_is_born_as_in_the_model(node):
    found = node(
        "return Object.values(PRESETS).map((p) => [...new Run({ A: p.values, B: "
        "PRESETS.secure.values }, SHARED.values, 1).inputs.slice(0, STATES)]);"
    )
    secure = architecture("secure")
    assert found == [
        [*leaves(initial_couple(architecture(name), secure))] for name in ARCHITECTURES
    ]


DROPS = [
    (20, "conflict", "B"),
    (130, "late_text", "A"),
    (150, "corrective", "A"),
    (200, "separation", "A"),
    (260, "reassurance", "B"),
    (300, "stress", "A"),
]


@needs_node
@pytest.mark.parametrize(
    "context",
    [
        pytest.param(name, marks=() if name == "everyday" else pytest.mark.slow)
        for name in contexts.CONTEXTS
    ],
)
def test_a_run_of_500_exchanges_is_the_run_of_simulate(node, context):
    """The same bits, states and signals, whatever is dropped in."""
    names = (
        "alarm",
        "arousal",
        "belief",
        "safety_memory",
        "closeness",
        "sent_warmth",
        "heard_demand",
    )
    found = node(
        "const people = { A: personWith('scanner', { vagal_tone: 0.3 }),"
        " B: personWith('withdrawer', {}) };"
        "const run = new Run(people, sharedWith({ window_on: 0 }), 11);"
        f"const life = new Timeline('{context}',"
        " GIVEN.map(([step, event, who]) => ({ step, event, who })));"
        "const found = [];"
        "for (let k = 0; k < 500; k++) { run.step(ROWS[life.at(k)]);"
        " found.push(['a.alarm', 'b.arousal', 'a.belief', 'b.safety_memory', 'dyad.closeness',"
        " 'sent_b.warmth', 'heard_a.demand'].map((name) => run.value(name))); }"
        "return found;",
        DROPS,
    )
    data = simulate(
        architecture("scanner", vagal_tone=0.3),
        architecture("withdrawer"),
        calendar=contexts.lived(context, DROPS, 500),
        seed=11,
        engine="numpy",
        record="trajectory",
        variables=names,
        shared=SharedParameters(window_on=0.0),
    ).isel(condition=0, dyad=0)
    whose = dict(zip(names, "ABABABA", strict=True))
    columns = [
        data[name].values if name == "closeness" else data[name].sel(partner=whose[name]).values
        for name in names
    ]
    assert found == np.array(columns).T.tolist()
