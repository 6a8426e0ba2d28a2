"""The explorable page: made of the model, not older than it, and the same numbers in a browser.

Node runs the script that stands in ``docs/explore.html`` itself.
"""

import json
import re
import shutil
import subprocess

import numpy as np
import pytest

from experiments.pages.explore import contexts, declarations, equations, generate, stories
from experiments.runner.cli import main
from models import architecture, exchange
from models.architectures import ARCHITECTURES
from models.forms import logistic
from models.initial_state import initial_couple
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.state import (
    VARIABLES,
    Couple,
    DyadState,
    Event,
    PartnerState,
    RandomNumbers,
    Situation,
)
from sim.codegen.tracing import leaves
from sim.engines.ensemble import simulate
from sim.engines.traced import traced
from sim.provenance import source_hash
from sim.randomness.noise import Purpose, normals

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="needs node")
TOLERANCE = 1e-12
SEEDS = (1, 2, 3)
OUTPUTS = tuple(traced().outputs)


@pytest.fixture(scope="module")
def page():
    return generate.PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def node(page, tmp_path_factory):
    """A function that runs JavaScript after the page's own engine and returns what it prints."""
    engine = re.search(r'<script id="engine">(.*?)</script>', page, re.S)[1]
    folder = tmp_path_factory.mktemp("node")

    def run(script, given=None):
        (folder / "given.json").write_text(json.dumps(given))
        head = f'const GIVEN = JSON.parse(require("fs").readFileSync("{folder}/given.json"));'
        tail = f"console.log(JSON.stringify((() => {{ {script} }})()));"
        (folder / "run.js").write_text("\n".join([engine, head, tail]))
        ran = subprocess.run(["node", folder / "run.js"], capture_output=True, text=True)
        assert not ran.stderr
        return json.loads(ran.stdout)

    return run


# --- The file -------------------------------------------------------------------------------------


def test_the_page_is_not_older_than_its_sources(page):
    generate.check()
    assert f'<meta name="source-hash" content="{source_hash()}">' in page


def test_an_older_page_is_found(page, tmp_path):
    old = tmp_path / "explore.html"
    with pytest.raises(ValueError, match="must exist"):
        generate.check(old)
    old.write_text(page.replace(source_hash(), "0" * 64), encoding="utf-8")
    with pytest.raises(ValueError, match="older than the model"):
        generate.check(old)
    old.write_text(page + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="differs from its parts"):
        generate.check(old)


def test_the_command_says_that_the_page_is_up_to_date(capsys):
    assert main(["explore", "--check"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_the_command_refuses_an_old_page_in_one_line(monkeypatch, capsys):
    def old():
        raise ValueError("explore.html: older than the model")

    monkeypatch.setattr(generate, "check", old)
    assert main(["explore", "--check"]) == 2
    assert capsys.readouterr().err == "explore.html: older than the model\n"


def test_the_page_asks_for_nothing_from_outside(page):
    found = re.findall(r"https?://[^\s\"'<]+|@import|url\([^#]|<link[^>]*>|\bsrc=|\bfetch\(", page)
    assert set(found) <= {'<link rel="icon" href="data:,">', "http://www.w3.org/2000/svg"}


def test_no_part_is_left_unfilled(page):
    assert "{{" not in re.sub(r"<script.*?</script>", "", page, flags=re.S)


# --- What it declares -----------------------------------------------------------------------------


def test_every_parameter_of_a_person_has_one_slider():
    listed = [name for names in declarations.GROUPS.values() for name in names]
    assert sorted(listed) == sorted(PartnerParameters._fields)
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


# --- The same numbers -----------------------------------------------------------------------------


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
        Couple(*state), *people, situation, draw(Event), draw(Event),
        *random_numbers, draw(SharedParameters),
    )  # fmt: skip


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
    addresses = [(s, d, p, t) for s in (0, 1, 2**32 - 1, 2**40 + 3) for d in (0, 7) for p in (0, 1)
                 for t in (0, 1, 500, 7664)]  # fmt: skip
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


DROPS = [(20, "conflict", "B"), (130, "late_text", "A"), (150, "corrective", "A"),
         (200, "separation", "A"), (260, "reassurance", "B"), (300, "stress", "A")]  # fmt: skip


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
    names = ("alarm", "arousal", "belief", "safety_memory", "closeness", "sent_warmth",
             "heard_demand")  # fmt: skip
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
        architecture("scanner", vagal_tone=0.3), architecture("withdrawer"),
        calendar=contexts.lived(context, DROPS, 500), seed=11, engine="numpy",
        record="trajectory", variables=names, shared=SharedParameters(window_on=0.0),
    ).isel(condition=0, dyad=0)  # fmt: skip
    whose = dict(zip(names, "ABABABA", strict=True))
    columns = [
        data[name].values if name == "closeness" else data[name].sel(partner=whose[name]).values
        for name in names
    ]
    assert found == np.array(columns).T.tolist()


# --- The stories ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lived_stories(node):
    """What every story measures, under several seeds."""
    return node(
        "return STORIES.map((story) => GIVEN.map((seed) => {"
        "const found = livedAtOnce({ ...story, couples: 6 }, seed);"
        "return Object.fromEntries(Object.entries(story.numbers)"
        ".map(([name, series]) => [name, measured(story, found, series)])); }));",
        SEEDS,
    )


@needs_node
@pytest.mark.parametrize("key", stories.STORIES)
def test_a_story_shows_what_the_model_does(lived_stories, key):
    """The answer called right is the model's, under every seed tried."""
    story = stories.STORIES[key]()
    measured = lived_stories[list(stories.STORIES).index(key)]
    assert all(story.right(numbers) for numbers in measured), measured


@needs_node
def test_the_stories_depend_on_their_mechanism(node):
    """With the mechanism of a story off, what it calls right goes."""
    found = node(
        "const changed = { past: [0, 'a', { template_threat: 0.1 }],"
        " alone: [0, 'a', { interoception: 0.85 }] };"
        "const off = { moment: { activation_gate_on: 0 }, fading: { reward_tolerance_on: 0 },"
        " earned: { template_kept_on: 0 } };"
        "return STORIES.map((story) => { const arms = story.arms.map((arm, k) => {"
        " const change = changed[story.key];"
        " const a = change && change[0] === k ? [arm.a[0], change[2]] : arm.a;"
        " return { ...arm, a, shared: { ...arm.shared, ...off[story.key] } }; });"
        "if (story.key === 'chase') arms[0].b = ['secure', {}];"
        "const other = { ...story, arms, couples: 6 }; const found = livedAtOnce(other, 1);"
        "return Object.fromEntries(Object.entries(story.numbers)"
        ".map(([name, series]) => [name, measured(other, found, series)])); });"
    )
    for (key, make), numbers in zip(stories.STORIES.items(), found, strict=True):
        assert not make().right(numbers), (key, numbers)


@pytest.mark.parametrize("key", stories.STORIES)
def test_a_story_says_only_numbers_that_it_measures(key):
    story = stories.STORIES[key]()
    assert set(re.findall(r"\{([^}]+)\}", story.found)) <= set(story.numbers)
    assert 0 <= story.answer < len(story.choices) == 3
    for series in (*story.numbers.values(), *(s for p in story.panels for s in p.series)):
        arm = story.arms[series.arm]
        assert series.variable in arm.watched
        assert series.gain <= series.start < series.end <= len(arm.calendar)


@pytest.mark.parametrize("key", stories.STORIES)
def test_a_story_points_only_at_what_the_page_has(page, key):
    """What a story names in quotes is written on a control; nothing has another name."""
    story = stories.STORIES[key]()
    text = " ".join((story.setting, story.question, *story.choices, story.found, story.because))
    switches = {switch["meaning"] for switch in declarations.switches()}
    for named in re.findall(r"(?<!\w)'([^']+)'(?!\w)", text):
        assert named in switches or f">{named}<" in page, named
    assert not re.search(r"laborator|above|lab\b", text)


@needs_node
@pytest.mark.slow
@pytest.mark.parametrize("key", stories.STORIES)
def test_a_story_is_lived_as_in_python(node, key):
    """Each arm, two couples, one state: bit for bit."""
    found = node(
        "const story = STORIES.find((s) => s.key === GIVEN);"
        "return story.arms.map((arm) => [0, 1].map((dyad) => [...liveThrough(arm, 1, dyad)[0]]));",
        key,
    )
    for arm, values in zip(stories.STORIES[key]().arms, found, strict=True):
        where, name = arm.watched[0].split(".")
        variable = name if where == "a" else f"{where.split('_')[0]}_{name}"
        people = [architecture(preset, **changes) for preset, changes in (arm.a, arm.b)]
        data = simulate(
            *people, calendar=arm.calendar, seed=1, dyads=2, engine="numpy", record="trajectory",
            variables=(variable,), shared=SharedParameters(**arm.shared),
        )  # fmt: skip
        assert values == data[variable].isel(condition=0).sel(partner="A").values.tolist()


def test_nothing_of_the_model_is_typed_again():
    """Neither a name of a state nor a formula stands in the hand-written engine."""
    text = "".join((generate.PARTS / f"{name}.js").read_text() for name in ("engine", "ensemble"))
    assert not re.search(r"Math\.(exp|log|tanh|sqrt|pow)", text)
    assert equations.layout()["outputs"][0] == "couple.a.misreading"
