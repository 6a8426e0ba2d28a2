"""S19, childhood: a newborn, four regimes of care, and the adult that comes of it.

The caregiver is a partner like any other; a regime is a point in parameter space, and a mixture
of regimes a point between them. Nothing is looked up: the infant lives through exchanges with
``models.couple.exchange``, and what its slow traits have become is what the adult starts from.
"""

from types import MappingProxyType

from models.architectures import override
from models.parameters import DAY, PartnerParameters, SharedParameters
from models.state import PartnerState

NEWBORN = override(
    PartnerParameters(),
    amygdala_threshold=0.5,
    template_threat=0.2,
    cingulate_baseline=0.1,
    anticipated_pain=0.1,
    closeness_fear=0.05,
    reward_dependence=0.3,
    interoception=0.6,
    oxytocin_reliability=0.5,
    deactivation=0.15,
    vagal_tone=0.45,
    prefrontal_capacity=0.15,
    integration=0.2,
    proximity_need=1.3,
    protest=0.4,
    expected_warmth=0.2,
    warmth=0.3,
    attunement=0.2,
    plasticity=2.0,
    social_baseline=0.5,
)
"""Prefrontal offline, much need, much plasticity, traits in the middle of their ranges."""

REGIMES = MappingProxyType(
    {
        "consistent": override(PartnerParameters(), attunement=0.9, warmth=0.6, volatility=0.05),
        "inconsistent": override(
            PartnerParameters(), attunement=0.6, warmth=0.55, volatility=0.95, hostility=0.05
        ),
        "unavailable": override(
            PartnerParameters(),
            attunement=0.15,
            warmth=-0.05,
            deactivation=0.85,
            flight=0.8,
            anticipated_pain=0.85,
            oxytocin_reliability=0.15,
            volatility=0.3,
        ),
        "frightening": override(
            PartnerParameters(),
            attunement=0.2,
            warmth=0.35,
            hostility=0.95,
            volatility=0.3,
            amygdala_threshold=0.4,
            vagal_tone=0.3,
            prefrontal_capacity=0.3,
        ),
    }
)
"""Care as a person: available and attuned; now here, now not; absent; a source of fright."""

LEARNT = tuple(
    """
    oxytocin_reliability vagal_tone integration closeness_fear protest deactivation
    cingulate_baseline interoception reward_dependence
    """.split()
)


def childhood_shared(shared: SharedParameters) -> SharedParameters:
    """Shared parameters of childhood: no prototype yet that would pull a trait back.

    Equation::

        prototype_time = 2000 * 1440

    ``prototype_time`` [min], the longest that is accepted, stands for no pull.

    Source: assumed.
    """
    return shared._replace(prototype_time=2000.0 * DAY)


def grown(infant: PartnerState, adult: PartnerParameters) -> PartnerParameters:
    """The ``adult`` whose attachment parameters childhood has made.

    Slow traits become prototypes; what the alarm system has come to predict becomes the template;
    what was expected of the caregiver is what is expected of a partner not yet known.

    Equation::

        amygdala_threshold = infant.threshold
        template_threat = infant.threat_store
        anticipated_pain = infant.closeness_pain
        expected_warmth = infant.expectation
        oxytocin_reliability = infant.oxytocin_reliability
        vagal_tone = infant.vagal_tone
        integration = infant.integration
        closeness_fear = infant.closeness_fear
        protest = infant.protest
        deactivation = infant.deactivation
        cingulate_baseline = infant.cingulate_baseline
        interoception = infant.interoception
        reward_dependence = infant.reward_dependence

    Every other parameter is the ``adult``'s own.

    Source: Bowlby's internal working model; NAA (early template); which trait carries over assumed.
    """
    return adult._replace(
        amygdala_threshold=infant.threshold,
        template_threat=infant.threat_store,
        anticipated_pain=infant.closeness_pain,
        expected_warmth=infant.expectation,
        **{name: getattr(infant, name) for name in LEARNT},
    )
