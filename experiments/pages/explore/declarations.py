"""What the page says about parameters, states, presets and equations: read from ``models``."""

import inspect
import re
from collections.abc import Iterable
from typing import Any

from experiments.pages.model_page import EQUATION, equation, function_named, greek, readable
from models.architectures import ARCHITECTURES, architecture
from models.initial_state import initial_couple
from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.state import VARIABLES, DyadState, PartnerState, Signal
from sim.plots.style import HEARD, PARTNER, SENT

GROUPS = {
    "Alarm": (
        "amygdala_threshold",
        "amygdala_gain",
        "template_threat",
        "cingulate_gain",
        "cingulate_baseline",
        "anticipated_pain",
        "closeness_fear",
    ),
    "Reward and feeling": ("reward_dependence", "interoception", "affect_variability"),
    "Body and bond": (
        "vagal_tone",
        "hpa_reactivity",
        "oxytocin_reliability",
        "social_baseline",
    ),
    "Thinking and learning": (
        "prefrontal_capacity",
        "integration",
        "expected_warmth",
        "plasticity",
    ),
    "Drives": ("proximity_need", "protest", "flight", "deactivation"),
    "Expression": ("warmth", "clarity", "attunement", "volatility", "hostility"),
}
"""The groups of sliders. A parameter in none of them joins that of the one declared before it."""

SHOWN = {
    "alarm": "amygdala.alarm",
    "evidence": "amygdala.momentary_evidence",
    "criterion": "amygdala.buffer",
    "arousal": "vagus.arouse",
    "window": "vagus.window_of_tolerance",
    "plasticity_gate": "learning.plasticity_gate",
    "belief": "prefrontal.believe",
    "threat_store": "hippocampus.threat_store",
    "safety_memory": "learning.learn_safety",
    "closeness": "dyadic.closeness",
}
"""The equation behind each number that the page shows."""

EQUATIONS = tuple(
    """
    partner.emit interventions.coming channel.hear cingulate.discrepancy amygdala.momentary_evidence
    amygdala.buffer amygdala.alarm vagus.arouse vagus.window_of_tolerance prefrontal.regulation
    prefrontal.believe hippocampus.context hippocampus.threat_store learning.felt_safety
    learning.plasticity_gate learning.predict_safety learning.learn_safety striatum.relief
    striatum.tolerate striatum.mood insula.feel drives.demand drives.withdraw dyadic.closeness
    """.split()
)

MARKS = {
    "criterion": "evidence at which the alarm is one half: threshold, presence, safety memory",
    "window": "arousal beyond which regulation fails: the edge of the window of tolerance",
}


def parameters() -> list[dict[str, Any]]:
    """One entry a slider, in the order of ``PartnerParameters``."""
    group = groups_of(PartnerParameters._fields)
    return [
        {
            "name": name,
            "title": name.replace("_", " ").replace("hpa", "HPA"),
            "meaning": rule.meaning,
            "low": rule.range[0],
            "high": rule.range[1],
            "unit": rule.unit if rule.unit != "1" else "no unit",
            "symbol": greek(rule.symbol),
            "source": rule.source,
            "group": group[name],
        }
        for name, rule in PARAMETERS[PartnerParameters].items()
    ]


def groups_of(parameters: Iterable[str]) -> dict[str, str]:
    """Parameter to the title of its group, for names in declared order."""
    named = {name: title for title, names in GROUPS.items() for name in names}
    found, title = {}, next(iter(GROUPS))
    for name in parameters:
        found[name] = title = named.get(name, title)
    return found


def switches() -> list[dict[str, str]]:
    """The mechanisms that can be turned off: what the project calls an ablation."""
    return [
        {"name": name, "meaning": rule.meaning}
        for name, rule in PARAMETERS[SharedParameters].items()
        if rule.source == "ablation"
    ]


def shared_parameters() -> dict[str, list[Any]]:
    """Shared parameters in declared order: their names and defaults."""
    return {"names": list(SharedParameters._fields), "values": list(SharedParameters())}


def presets() -> dict[str, dict[str, Any]]:
    """Label, reason, source and all parameters of each architecture, in declared order."""
    return {
        name: {
            "label": row.label,
            "reason": row.reason,
            "source": row.source,
            "values": list(architecture(name)),
        }
        for name, row in ARCHITECTURES.items()
    }


def variables() -> dict[str, dict[str, Any]]:
    """Meaning, range and unit of what the page shows."""
    shown: dict[str, Any] = {}
    for kind in (PartnerState, DyadState, Signal):
        for name, rule in VARIABLES[kind].items():
            key = f"signal.{name}" if kind is Signal else name
            unit = "no unit" if rule.unit == "1" else rule.unit
            shown[key] = {"meaning": rule.meaning, "range": rule.range, "unit": unit}
    for name, meaning in MARKS.items():
        unit = "cues" if name == "criterion" else "no unit"
        shown[name] = {"meaning": meaning, "range": (0.0, 1.4), "unit": unit}
    for name, source in SHOWN.items():
        shown[name]["equation"] = source
    return shown


def equations() -> list[dict[str, str]]:
    """What each function says of itself: title, equation, source."""
    return [_equation(name) for name in EQUATIONS]


def _equation(name: str) -> dict[str, str]:
    text = EQUATION.sub("\n", (inspect.getdoc(function_named(name)) or "") + "\n")
    source = re.search(r"Source: (.*?)(?:\n\n|\Z)", text, re.S)
    return {
        "name": name,
        "title": text.split("\n")[0],
        "text": readable(equation(function_named(name)) or ""),
        "source": " ".join(source[1].split()) if source else "",
    }


def start() -> dict[str, float]:
    """How a young couple begins."""
    secure = architecture("secure")
    return {"closeness": float(initial_couple(secure, secure).dyad.closeness)}


def style() -> dict[str, Any]:
    """The project's marks: a colour and line a partner, a mark for sent and one for heard."""
    return {
        "A": PARTNER["A"]["color"],
        "B": PARTNER["B"]["color"],
        "lineB": PARTNER["B"]["linestyle"],
        "sent": SENT["marker"],
        "heard": HEARD["marker"],
    }
