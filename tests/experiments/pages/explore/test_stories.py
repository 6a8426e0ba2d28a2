"""A story shows what the model does, and only that."""

import re

import pytest

from experiments.pages.explore import declarations, stories
from models import architecture
from models.parameters import SharedParameters
from sim.engines.ensemble import simulate
from tests.helpers.explore import needs_node

SEEDS = (1, 2, 3)


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
