"""The table of architectures: points in one parameter space, one a row.

A row says only in what it differs from the defaults (the secure preset). No equation, driver or
plot knows these names. The first four are patterns of attachment (S20), the next four the
insecurity architectures of the essays (S21), which no study has found as distinct types: they are
modelling archetypes.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from models.parameters import PartnerParameters, check, plain
from models.wording import named, unknown


class Architecture(NamedTuple):
    """A preset: its reason, its source and where it lies."""

    label: str
    reason: str
    source: str
    values: dict[str, float]


# A table, which the formatter would make a column of two hundred lines.
_TABLE = {
    "secure": Architecture(
        "Secure",
        "The reference: high threshold, wide window, closeness buffers, words and touch agree.",
        "NAA; Coan and Sbarra 2015",
        {},
    ),
    "anxious": Architecture(
        "Anxious",
        "Low threshold, alarm turned into protest, stress axis quick, weak vagal brake.",
        "NAA; Mikulincer and Shaver 2007 (hyperactivation)",
        dict(
            amygdala_threshold=0.46, template_threat=0.5, cingulate_gain=1.0,
            cingulate_baseline=0.14, reward_dependence=0.4, interoception=0.7, vagal_tone=0.4,
            hpa_reactivity=1.7, social_baseline=0.25, prefrontal_capacity=0.6, integration=0.45,
            proximity_need=1.2, protest=0.53, oxytocin_reliability=0.5, expected_warmth=0.25,
            affect_variability=0.26, attunement=0.5,
        ),
    ),
    "avoidant": Architecture(
        "Avoidant",
        "Need intact, its expression inhibited; alarm turned into distance, calm on the surface.",
        "NAA; Mikulincer and Shaver 2007 (deactivation)",
        dict(
            amygdala_threshold=0.5, template_threat=0.45, anticipated_pain=0.35,
            deactivation=0.62, flight=0.8, protest=0.067, oxytocin_reliability=0.3,
            vagal_tone=0.48, social_baseline=0.15, warmth=0.2, clarity=0.55, attunement=0.45,
            expected_warmth=0.1, integration=0.45, affect_variability=0.12,
        ),
    ),
    "disorganized": Architecture(
        "Disorganised",
        "The one who should bring safety is the threat: approach and flight both high.",
        "NAA; Main and Hesse 1990",
        dict(
            amygdala_threshold=0.42, template_threat=0.75, closeness_fear=0.7,
            cingulate_gain=1.0, cingulate_baseline=0.2, anticipated_pain=0.3, protest=0.4,
            flight=0.7, hpa_reactivity=2.0, vagal_tone=0.3, prefrontal_capacity=0.45,
            integration=0.25, social_baseline=0.1, proximity_need=1.3, oxytocin_reliability=0.3,
            warmth=0.3, clarity=0.5, attunement=0.35, expected_warmth=0.0, interoception=0.6,
            affect_variability=0.32,
        ),
    ),
    "scanner": Architecture(
        "Hypervigilant scanner",
        "Elevated cingulate baseline and gain: small gaps and mere uncertainty count as evidence.",
        "IA, first architecture",
        dict(
            amygdala_threshold=0.47, amygdala_gain=7.0, cingulate_gain=1.6,
            cingulate_baseline=0.28, template_threat=0.5, protest=0.6, proximity_need=1.1,
            vagal_tone=0.45, hpa_reactivity=1.3, prefrontal_capacity=0.6, integration=0.5,
            social_baseline=0.3, expected_warmth=0.45,
        ),
    ),
    "reassurance_dependent": Architecture(
        "Reassurance dependent",
        "The mood baseline is outsourced to the partner's signals; tolerance builds.",
        "IA, second architecture",
        dict(
            amygdala_threshold=0.52, template_threat=0.4, reward_dependence=0.85,
            proximity_need=1.2, protest=0.4, vagal_tone=0.5, prefrontal_capacity=0.62,
            integration=0.5, expected_warmth=0.5, interoception=0.65, social_baseline=0.35,
        ),
    ),
    "withdrawer": Architecture(
        "Preemptive withdrawer",
        "Closeness and the partner's need have come to predict pain; distance comes first.",
        "IA, third architecture",
        dict(
            amygdala_threshold=0.5, template_threat=0.4, anticipated_pain=0.85,
            deactivation=0.45, flight=0.4, protest=0.067, vagal_tone=0.5, warmth=0.4,
            oxytocin_reliability=0.5, social_baseline=0.2, integration=0.45,
            prefrontal_capacity=0.65, expected_warmth=0.3, clarity=0.65,
        ),
    ),
    "merger": Architecture(
        "Identity merger",
        "The partner's state outweighs the own body; alone there is little to feel.",
        "IA, fourth architecture",
        dict(
            amygdala_threshold=0.55, template_threat=0.35, interoception=0.2,
            proximity_need=1.6, reward_dependence=0.35, protest=0.27, vagal_tone=0.5,
            prefrontal_capacity=0.65, integration=0.45, attunement=0.85, expected_warmth=0.5,
            social_baseline=0.5,
        ),
    ),
}  # fmt: skip

ARCHITECTURES = MappingProxyType(_TABLE)


def architecture(name: str, **overrides: float) -> PartnerParameters:
    """The centre of the preset ``name``, with ``overrides`` of single parameters.

    Raises ``ValueError`` with one line: unknown preset or parameter (and the nearest that
    exists), or a value out of its range.
    """
    return preset(name, ARCHITECTURES, PartnerParameters, **overrides)


def preset(name: str, table: Mapping[str, Architecture], kind: Any, /, **overrides: float) -> Any:
    """The row ``name`` of a ``table`` of architectures as parameters of ``kind``, overridden."""
    return override(kind(**table[named(name, table, "architecture")].values), **overrides)


def override(person: Any, /, **overrides: Any) -> Any:
    """``person``, parameters of any core, with some of them replaced, checked."""
    fields = type(person)._fields
    for name in overrides:
        if name not in fields:
            raise ValueError(unknown(name, fields, "parameter"))
    changed = person._replace(**overrides)
    check(changed)
    return plain(changed)
