"""C03: the scanner is uneasy even where nothing has happened."""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from experiments.claims.claim import Arms, Claim
from models.architectures import architecture
from sim.analysis.cohorts import Laboratory
from sim.analysis.measures import standardised_difference
from sim.world.protocols import laboratory as place
from sim.world.protocols import scripted

STEP = 1.0 / 6.0  # [min]
SETTLING, STRETCH = 60, 30  # time steps: ten minutes to arrive, five minutes that stay quiet
QUIET_HOUR: dict[str, Any] = {"help_warmth": 0.6, "help_clarity": 0.95}
"""A partner warm and plain throughout."""


def quiet_arousal(laboratory: Laboratory, name: str, studied: bool) -> np.ndarray:
    """Mean arousal where the alarm has stayed below one half for five minutes.

    An hour beside somebody whose signals are warm and clear all the time. Of a couple without
    any such stretch, arousal at its calmest counts.
    """
    people = laboratory.people(name, studied=studied), laboratory.people("secure", slot=1)
    hour = scripted(place(70.0, STEP), **QUIET_HOUR)
    data = laboratory.run(*people, hour, record="trajectory", variables=("alarm", "arousal"))
    data = data.sel(partner="A")
    alarm, arousal = (data[key].values[:, SETTLING:] for key in ("alarm", "arousal"))
    quiet = sliding_window_view(alarm, STRETCH, axis=1).max(axis=2) < 0.5
    arousal = arousal[:, STRETCH - 1 :]
    total = (arousal * quiet).sum(axis=1) / np.maximum(quiet.sum(axis=1), 1)
    return np.where(quiet.any(axis=1), total, arousal.min(axis=1))


def measure_unease(laboratory: Laboratory) -> Arms:
    """Tonic arousal of the scanner and of the secure."""
    return {
        "scanner": quiet_arousal(laboratory, "scanner", studied=True),
        "secure": quiet_arousal(laboratory, "secure", studied=False),
    }


def unease_effect(arms: Arms) -> float:
    """Standardised difference, scanner above secure."""
    return standardised_difference(arms["scanner"], arms["secure"])


CLAIMS = (
    Claim(
        id="C03",
        title="The scanner's unease is atmospheric",
        question="Is the scanner tense even while nothing crosses the threshold?",
        source="The baseline itself is raised, so tension needs no particular cue.",
        statistic="d of arousal, scanner against secure, where alarm stayed below 0.5 for 5 min",
        floor=0.5,
        observed="a bodily measure that an observer could record; quiet stretches by the alarm",
        evidence="unsupported",
        evidence_note="No study of tonic arousal without cues; small samples and mixed findings on "
        "the regions named (C14).",
        ablation="discrepancy baseline at the secure value",
        ablate_person={"cingulate_baseline": architecture("secure").cingulate_baseline},
        measure=measure_unease,
        effect=unease_effect,
    ),
)
