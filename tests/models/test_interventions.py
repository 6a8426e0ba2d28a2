"""Help goes through the same channel as the partner (S24)."""

from hypothesis import given
from hypothesis import strategies as st

from models import update
from models.couple import bond
from models.interventions import coming
from models.state import NO_EVENT, VARIABLES, DyadState, RandomNumbers, Signal
from tests.helpers.couples import FACE_TO_FACE, SHARED
from tests.helpers.strategies import SECURE, STATE, near, share, signals

any_help = st.builds(
    lambda *values: NO_EVENT._replace(**dict(zip(HELP, values, strict=True))),
    st.floats(-1, 1), share, share, share, st.floats(0.0, 4.0), share, share,
)  # fmt: skip
HELP = (
    "help_warmth", "help_contact", "help_reassurance", "help_demand", "help_latency",
    "help_clarity", "help_accuracy",
)  # fmt: skip


@given(signals, signals, any_help)
def test_without_a_script_the_partner_comes_through_unchanged(partner, shown, event):
    assert coming(partner, shown, event._replace(help_share=0.0)) == partner


@given(signals, signals, signals, any_help)
def test_a_full_script_takes_the_partner_s_place(one, two, shown, event):
    full = event._replace(help_share=1.0)
    assert coming(one, shown, full) == coming(two, shown, full)
    near(coming(one, shown, full).mirroring, event.help_accuracy * shown.warmth)


@given(signals, signals, any_help, share)
def test_help_is_a_signal_as_sent(partner, shown, event, part):
    found = coming(partner, shown, event._replace(help_share=part))
    for name, rule in VARIABLES[Signal].items():
        assert rule.range[0] - 1e-12 <= getattr(found, name) <= rule.range[1] + 1e-12


def test_a_third_person_builds_no_closeness_and_teaches_nothing_of_the_partner():
    warm = Signal(0.9, 0.9, 0.0, 0.0, latency=1.0, clarity=1.0, mirroring=0.5)
    dyad, random_numbers = DyadState(closeness=0.5, hazard=0.0), RandomNumbers(0.0, 0.0, 0.0, 0.0)
    alone, third = (
        update(STATE, SECURE, warm, warm, dyad, FACE_TO_FACE, event, random_numbers, SHARED)
        for event in (NO_EVENT, NO_EVENT._replace(third=1.0))
    )
    for name in ("expectation", "satisfaction"):
        assert getattr(alone, name) > getattr(STATE, name) + 1e-6
        near(getattr(third, name), getattr(STATE, name))
    apart = FACE_TO_FACE._replace(contact=0.0)
    with_third = NO_EVENT._replace(third=1.0)
    one = bond(dyad, 0.5, 0.5, warm, warm, with_third, NO_EVENT, FACE_TO_FACE, SHARED)
    two = bond(dyad, 0.5, 0.5, warm, warm, NO_EVENT, NO_EVENT, apart, SHARED)
    assert one.closeness == two.closeness
