"""Which files look at which states: names in code count, names in prose don't."""

import ast

from experiments.parsimony.states import uses, words


def test_attributes_strings_and_lists_of_words_count():
    text = 'x = data.alarm, record["mood"], "belief strain".split()'
    assert {"alarm", "mood", "belief", "strain"} <= words(ast.parse(text))


def test_prose_does_not_count():
    assert not {"alarm", "mood"} & words(ast.parse('"""About alarm and mood."""'))


def test_only_what_looks_at_a_run_is_listed():
    """The model itself, the engines and the tests name every state, and use none."""
    listed = {who for use in uses().values() for who in use.recorded}
    assert "pairs" in listed and "ruptures" in listed
    assert not {"state", "partner", "vagus", "recording", "conftest"} & listed
