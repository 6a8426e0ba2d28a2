"""The table of architectures in the second core: points in one parameter space, one a row.

A row says only in what it differs from the defaults (the secure preset). No equation, driver or
plot knows these names. The first four are patterns of attachment (S20), the next four the
insecurity architectures of the essays (S21), which no study has found as distinct types: they are
modelling archetypes. People are spread around a row widely enough that types overlap.
"""

from types import MappingProxyType
from typing import Any

from models.architectures import Architecture, preset
from models.second.parameters import PartnerParameters

_TABLE = {
    "secure": Architecture(
        "Secure",
        "The reference: a template of warmth, a wide window, context keeps the past out.",
        "NAA; Coan and Sbarra 2015",
        {},
    ),
    "anxious": Architecture(
        "Anxious",
        "Low threshold, a cold template, need that fills fast and shows.",
        "NAA; Mikulincer and Shaver 2007 (hyperactivation)",
        dict(
            amygdala_threshold=0.42, vagal_tone=0.40, regulation=0.50, template_warmth=-0.25,
            integration=1.7, vigilance=0.08, proximity_need=0.80, reward_dependence=0.50,
            deactivation=0.05, closeness_fear=0.05, interoception=0.75, mood_set_point=0.0,
            comparison_level=-0.05, closeness_wanted=0.75, cordiality=-0.05,
        ),
    ),
    "avoidant": Architecture(
        "Avoidant",
        "Need intact, its expression inhibited; alarm turned into distance.",
        "NAA; Mikulincer and Shaver 2007 (deactivation)",
        dict(
            vagal_tone=0.45, regulation=0.60, template_warmth=-0.20, integration=1.7,
            vigilance=0.05, proximity_need=0.40, reward_dependence=0.12, deactivation=0.65,
            closeness_fear=0.05, interoception=0.88, mood_set_point=0.05, comparison_level=-0.15,
            closeness_wanted=0.35, cordiality=-0.05,
        ),
    ),
    "disorganized": Architecture(
        "Disorganised",
        "Who should bring safety is the danger: need and fear of closeness both high.",
        "NAA; Main and Hesse 1990",
        dict(
            amygdala_threshold=0.42, vagal_tone=0.30, regulation=0.35, template_warmth=-0.40,
            integration=1.9, vigilance=0.10, proximity_need=0.80, reward_dependence=0.40,
            deactivation=0.45, closeness_fear=0.60, interoception=0.70, mood_set_point=-0.05,
            closeness_wanted=0.50, cordiality=0.0,
        ),
    ),
    "scanner": Architecture(
        "Hypervigilant scanner",
        "Expects much variance: small gaps and mere uncertainty count as evidence.",
        "IA, first architecture",
        dict(
            amygdala_threshold=0.38, vagal_tone=0.45, regulation=0.55, template_warmth=-0.20,
            integration=1.9, vigilance=0.15, proximity_need=0.65, reward_dependence=0.30,
            deactivation=0.08, closeness_fear=0.05, interoception=0.80, mood_set_point=0.0,
            comparison_level=-0.15, closeness_wanted=0.65, cordiality=0.0,
        ),
    ),
    "reassurance_dependent": Architecture(
        "Reassurance dependent",
        "Mood hangs on the partner's relief; tolerance builds.",
        "IA, second architecture",
        dict(
            amygdala_threshold=0.45, vagal_tone=0.40, regulation=0.50, template_warmth=-0.10,
            integration=2.5, vigilance=0.08, proximity_need=0.85, reward_dependence=0.80,
            deactivation=0.04, closeness_fear=0.03, interoception=0.70, mood_set_point=-0.05,
            closeness_wanted=0.80, cordiality=0.05,
        ),
    ),
    "withdrawer": Architecture(
        "Preemptive withdrawer",
        "A cold template and closeness as danger: distance comes first.",
        "IA, third architecture",
        dict(
            amygdala_threshold=0.48, vagal_tone=0.45, regulation=0.55, template_warmth=-0.30,
            integration=2.1, vigilance=0.06, reward_dependence=0.15, deactivation=0.68,
            closeness_fear=0.15, interoception=0.88, mood_set_point=0.05, comparison_level=-0.15,
            closeness_wanted=0.30, cordiality=-0.05,
        ),
    ),
    "merger": Architecture(
        "Identity merger",
        "The partner's state outweighs one's own; alone there is little to feel.",
        "IA, fourth architecture",
        dict(
            amygdala_threshold=0.50, vagal_tone=0.40, regulation=0.45, template_warmth=0.0,
            integration=2.6, vigilance=0.07, proximity_need=0.85, reward_dependence=0.50,
            deactivation=0.03, interoception=0.25, mood_set_point=0.0, closeness_wanted=0.85,
            cordiality=0.05,
        ),
    ),
}  # fmt: skip

ARCHITECTURES = MappingProxyType(_TABLE)

SPREADS = MappingProxyType(
    {
        "amygdala_threshold": 0.30,
        "vagal_tone": 0.40,
        "regulation": 0.40,
        "template_warmth": 0.43,
        "integration": 0.45,
        "vigilance": 0.44,
        "proximity_need": 0.40,
        "reward_dependence": 0.40,
        "deactivation": 0.50,
        "closeness_fear": 0.30,
        "interoception": 0.40,
        "mood_set_point": 0.40,
        "comparison_level": 0.20,
        "closeness_wanted": 0.40,
        "cordiality": 0.47,
    }
)
"""Standard deviation of people around a row, on the logit of each parameter's range. Assumed."""


def architecture(name: str, **overrides: Any) -> PartnerParameters:
    """The centre of the preset ``name``, with ``overrides`` of single parameters.

    Raises ``ValueError`` with one line: unknown preset or parameter (and the nearest that exists),
    or a value out of its range.
    """
    return preset(name, ARCHITECTURES, PartnerParameters, **overrides)
