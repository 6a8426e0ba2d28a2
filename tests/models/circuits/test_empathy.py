"""One is understood by who mirrors what one shows."""

from hypothesis import given
from hypothesis import strategies as st

from models.circuits import empathy
from tests.helpers.couples import SHARED


@given(st.floats(-1, 1, allow_subnormal=False), st.floats(0.01, 1.0))
def test_one_is_understood_by_who_mirrors_what_one_shows(shown, gap):
    """At the same strength of reflection: nearer is better, on either side."""
    one = empathy.understood(shown, shown, 1.0, SHARED)
    assert 0.0 <= one < 1.0
    assert empathy.understood(shown, shown + gap, 1.0, SHARED) < one or shown == 0.0
    assert empathy.understood(shown, shown - gap, 1.0, SHARED) < one or shown == 0.0
    assert empathy.understood(shown, shown, 0.0, SHARED) == 0.0
    assert empathy.understood(0.0, shown, 1.0, SHARED) == 0.0  # nothing comes back


@given(st.floats(0.3, 1.0), st.floats(0.02, 0.6), st.sampled_from([-1.0, 1.0]))
def test_who_shows_something_is_understood_best_when_mirrored_nearly_exactly(size, gap, side):
    """A stronger reflection than what is shown helps by a few percent at most."""
    shown = side * size
    exact = empathy.understood(shown, shown, 1.0, SHARED)
    assert empathy.understood(shown + gap, shown, 1.0, SHARED) < 1.05 * exact
    assert empathy.understood(shown - gap, shown, 1.0, SHARED) < 1.05 * exact
    assert empathy.understood(-shown, shown, 1.0, SHARED) < 0.1 * exact


def test_words_without_anything_mirrored_are_not_felt_as_being_understood():
    """A signal that mirrors nothing (0) must not count as perfect attunement to a calm listener."""
    silent = empathy.understood(0.0, 0.05, 1.0, SHARED)
    mirrored = empathy.understood(0.6, 0.6, 1.0, SHARED)
    assert silent < 0.5 * mirrored


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1))
def test_without_mirroring_accuracy_makes_no_difference(one, two, shown):
    shared = SHARED._replace(mirroring_on=0.0)
    assert empathy.understood(one, shown, 1.0, shared) == empathy.understood(
        two, shown, 1.0, shared
    )
