"""The template is never erased, and words do not reach it."""

from hypothesis import assume, given

from models.circuits import hippocampus
from tests.helpers.couples import FACE_TO_FACE, SHARED
from tests.helpers.strategies import SECURE, STATE, inside, near, share


@given(inside, inside, share, inside)
def test_the_template_is_never_erased(template, safety, cortisol, integration):
    person = SECURE._replace(template_threat=0.5)
    state = STATE._replace(
        safety_memory=safety, cortisol=cortisol, integration=integration, harm_memory=0.0
    )
    here = hippocampus.threat_store(state, person, FACE_TO_FACE, SHARED)
    strange = hippocampus.threat_store(
        state, person, FACE_TO_FACE._replace(familiarity=0.0), SHARED
    )
    assert 0.0 < here <= strange  # renewal
    stressed = state._replace(cortisol=1.0)
    assert hippocampus.threat_store(stressed, person, FACE_TO_FACE, SHARED) >= here  # reinstatement
    assert strange <= 0.5 and (safety < 0.01 or strange > 0.0)
    near(hippocampus.threat_store(stressed, person, FACE_TO_FACE, SHARED), 0.5)
    # Harm by this partner belongs to the context that they share.
    hurt = state._replace(harm_memory=0.4)
    assert hippocampus.threat_store(hurt, person, FACE_TO_FACE, SHARED) > here
    elsewhere = FACE_TO_FACE._replace(familiarity=0.0)
    near(hippocampus.threat_store(hurt, person, elsewhere, SHARED), strange)


@given(inside, inside)
def test_words_reach_the_threat_store_only_when_the_stores_are_merged(one, two):
    assume(abs(one - two) > 1e-3)
    found = [
        [hippocampus.threat_store(STATE._replace(belief=b), SECURE, FACE_TO_FACE, shared)
         for b in (one, two)]
        for shared in (SHARED, SHARED._replace(separate_stores_on=0.0))
    ]  # fmt: skip
    assert found[0][0] == found[0][1] and found[1][0] != found[1][1]
