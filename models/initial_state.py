"""Initial conditions: the state in which a partner enters a relationship."""

from models.parameters import PartnerParameters
from models.state import Couple, DyadState, PartnerState


def initial_state(parameters: PartnerParameters) -> PartnerState:
    """A partner at rest, new to the other: predictions and traits stand at their prototypes.

    Works on floats and on arrays; every field has the shape of the parameters.
    """
    p = parameters
    nothing = 0.0 * p.vagal_tone
    return PartnerState(
        misreading=nothing,
        evidence=nothing + p.cingulate_baseline,
        affect=nothing + 0.1,
        reading_warmth=nothing + 0.1,
        reading_away=nothing + 0.05,
        reading_demand=nothing + 0.05,
        arousal=nothing + 0.1,
        oxytocin=nothing + 0.1,
        hpa_drive=nothing + 0.1,
        cortisol=nothing + 0.1,
        mood=nothing + 0.1,
        strain=nothing,
        appraisal=nothing + 0.05,
        expected_reward=nothing + 0.3,
        silence=nothing + 120.0,
        usual_gap=nothing + 240.0,
        tolerance=nothing + 0.05,
        predicted_safety=1.0 - p.template_threat,
        expectation=nothing + p.expected_warmth,
        belief=0.5 + 0.5 * p.expected_warmth,
        safety_memory=nothing + 0.05,
        harm_memory=nothing + 0.02,
        closeness_pain=nothing + p.anticipated_pain,
        threshold=nothing + p.amygdala_threshold,
        oxytocin_reliability=nothing + p.oxytocin_reliability,
        vagal_tone=nothing + p.vagal_tone,
        integration=nothing + p.integration,
        closeness_fear=nothing + p.closeness_fear,
        protest=nothing + p.protest,
        deactivation=nothing + p.deactivation,
        cingulate_baseline=nothing + p.cingulate_baseline,
        interoception=nothing + p.interoception,
        reward_dependence=nothing + p.reward_dependence,
        satisfaction=nothing + 0.2,
        commitment=nothing + 0.4,
        alarm=nothing + 0.1,
        threat_store=nothing + p.template_threat,
        felt_safety=nothing,
        surprise=nothing,
        plasticity_gate=nothing,
        prediction_error=nothing,
        regulation=nothing + p.prefrontal_capacity,
        need=nothing + 0.4,
        approach=nothing + 0.3,
        avoidance=nothing + 0.1,
        freeze=nothing + 0.02,
        demand_impulse=nothing + 0.02,
        withdrawal_impulse=nothing + 0.05,
        metabolic_cost=nothing + 0.2,
    )


def initial_couple(a: PartnerParameters, b: PartnerParameters, closeness: float = 0.4) -> Couple:
    """Two partners at the start; ``closeness`` in (0, 1) is that of a young relationship."""
    nothing = 0.0 * (a.vagal_tone + b.vagal_tone)
    dyad = DyadState(closeness=nothing + closeness, hazard=nothing)
    return Couple(initial_state(a), initial_state(b), dyad)
