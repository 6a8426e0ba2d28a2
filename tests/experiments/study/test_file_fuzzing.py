"""Anything at all is loaded or refused in a line."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiments.study.faults import StudyRefused
from experiments.study.study import parse
from tests.helpers.study_files import GOOD

SCALARS = st.one_of(
    st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["grid", "sobol", "scanner", "daily_life", "people.a.overrides.*", "A"]),
)  # fmt: skip
KEYS = st.one_of(
    st.sampled_from([
        "title", "question", "expects", "replicates", "measures", "window", "seed", "people", "a",
        "b", "preset", "overrides", "vagal_tone", "contexts", "life", "kind", "days", "vary",
        "path", "values", "low", "high", "steps", "reach", "design", "method", "samples", "stop",
        "events", "interventions", "owner", "day", "closeness", "distributions", "repeat",
    ]),
    st.text(max_size=6),
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=25,
)


def loads_or_refuses(text):
    try:
        parse(text, "study.toml")
    except StudyRefused as refused:
        assert str(refused).startswith("study.toml: ")


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=200))
def test_any_text_is_loaded_or_refused(text):
    loads_or_refuses(text)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_good_file_with_anything_in_it_is_loaded_or_refused(data):
    """The parsed good file with any branch put anywhere, through the checks behind the parser."""
    import tomllib

    from experiments.study import study as reading

    raw = tomllib.loads(GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        table = raw
        for _ in range(data.draw(st.integers(0, 3))):
            below = [v for v in table.values() if isinstance(v, dict)]
            table = data.draw(st.sampled_from(below)) if below else table
        names = sorted(table)
        key = data.draw(st.one_of(st.sampled_from(names), KEYS)) if names else data.draw(KEYS)
        table[key] = data.draw(TREES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_toml", lambda text, name: raw)
        loads_or_refuses("")
