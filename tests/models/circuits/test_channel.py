"""What is heard: exact at full clarity, nothing out of contact."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.circuits import channel
from models.state import NO_EVENT
from tests.helpers.couples import FACE_TO_FACE, SHARED
from tests.helpers.strategies import near, signals

errors = st.floats(-6.0, 6.0)


@given(signals, errors)
def test_at_full_clarity_nothing_is_misread(sent, error):
    sent = sent._replace(clarity=1.0)
    heard = channel.hear(sent, error, FACE_TO_FACE, NO_EVENT, 1.0, SHARED)
    for one, two in zip(heard, sent, strict=True):
        near(one, two)


@given(signals, st.floats(0.1, 6.0), st.floats(0.0, 0.5))
def test_noise_grows_with_ambiguity(sent, error, clarity):
    vague = channel.hear(sent._replace(clarity=clarity), error, FACE_TO_FACE, NO_EVENT, 1.0, SHARED)
    clear = channel.hear(
        sent._replace(clarity=clarity + 0.4), error, FACE_TO_FACE, NO_EVENT, 1.0, SHARED
    )
    assert abs(vague.warmth - sent.warmth) > abs(clear.warmth - sent.warmth)
    assert (
        vague.warmth > sent.warmth and vague.latency < sent.latency
    )  # kind and prompt, or neither


@given(signals, signals, errors)
def test_a_cut_channel_says_nothing_of_the_content(one, two, error):
    """Only the clarity of the medium is left of it, and nothing of the sender's."""
    heard = [channel.hear(s, error, FACE_TO_FACE, NO_EVENT, 0.0, SHARED) for s in (one, two)]
    assert heard[0] == heard[1]


@given(signals, errors)
def test_out_of_contact_nothing_is_heard(sent, error):
    apart = FACE_TO_FACE._replace(contact=0.0, proximity=0.0)
    heard = channel.hear(sent, error, apart, NO_EVENT, 1.0, SHARED)
    assert heard[:4] == (0.0, 0.0, 0.0, 0.0) and heard.latency == 1.0 and heard.mirroring == 0.0


@given(signals, errors)
def test_touch_needs_proximity_and_words_do_not(sent, error):
    text = FACE_TO_FACE._replace(proximity=0.0, clarity=0.75)
    heard = channel.hear(sent, error, text, NO_EVENT, 1.0, SHARED)
    assert heard.contact == 0.0 and heard.reassurance == sent.reassurance


@pytest.mark.parametrize("dt", [1 / 6, 10.0])
def test_a_misreading_has_unit_variance_at_any_step(dt):
    random = np.random.default_rng(1)
    error = random.normal(size=20000)
    for _ in range(5):
        error = channel.misread(error, random.normal(size=20000), dt, SHARED)
    assert error.std() == pytest.approx(1.0, abs=0.02) and abs(error.mean()) < 0.03
