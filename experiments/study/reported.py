"""What a report counts: measures as they are, and the share of couples in each phase."""

import numpy as np

from experiments.study.measures import MEASURES, Measure

LINK = "_is_"
Column = tuple[str, str]


def about(name: str) -> Measure:
    """The measure of a reported column; for a share, the measure it was counted from."""
    if name in MEASURES:
        return MEASURES[name]
    source, _, phase = name.partition(LINK)
    words = phase.replace("_", " ")
    return MEASURES[source]._replace(
        title=f"Share in {words}",
        meaning=f"share of couples whose {source} is {words}",
        unit="1",
        phases=(),
    )


def is_share(name: str) -> bool:
    """Whether a reported column is a share of couples in a phase."""
    return name not in MEASURES


def reported(columns: list[Column]) -> list[Column]:
    """Columns of a report: a measure with phases becomes one share a phase."""
    found: list[Column] = []
    for name, slot in columns:
        phases = MEASURES[name].phases
        shares = [(name + LINK + phase.replace(" ", "_"), slot) for phase in phases]
        found += shares or [(name, slot)]
    return found


def counted(columns: list[Column], values: np.ndarray) -> np.ndarray:
    """Values (couples, columns) as a report counts them: 1 or 0 for each phase."""
    parts = []
    for place, (name, _) in enumerate(columns):
        column = values[:, place : place + 1]
        phases = np.arange(len(MEASURES[name].phases))
        parts.append((column == phases) * 1.0 if len(phases) else column)
    return np.concatenate(parts, axis=1)
