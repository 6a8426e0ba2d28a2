"""G6, diaries: five weeks of days as couples describe them, beside forty real couples."""

import csv
from importlib.resources import files

import numpy as np

from experiments.gates.cohort import Cohort
from experiments.gates.statistics import diary, observed

DAYS = slice(200, 235)
UNEASE = ("arousal", "load", "strain")
DRAWS = 200
BAND = 1.96 * np.sqrt(2.0)
"""Standard errors: the band in which a second sample of forty couples would fall."""


def measure(cohort: Cohort) -> dict[str, float]:
    """Structure of two feelings from day to day, and how many of their numbers lie in the band."""
    model = {
        "contentment": cohort.kept("affect", DAYS),
        "anxiety": np.sum([cohort.kept(name, DAYS) for name in UNEASE], axis=0),
    }
    inside, found = [], {}
    for name, values in model.items():
        simulated, real = diary(observed(values, cohort.random)), answers(name)
        inside.extend(abs(simulated - diary(real)) < BAND * errors(real))
        if name == "contentment":
            found = {
                "own_lag": simulated[:2].mean(),
                "partner_lag": simulated[2:4].mean(),
                "same_day": simulated[4],
                "between": simulated[6:8].mean(),
            }
    return {key: float(value) for key, value in found.items()} | {"cells": float(np.mean(inside))}


def errors(real: np.ndarray) -> np.ndarray:
    """Standard errors of the diary's numbers, couples drawn with replacement."""
    random, couples = np.random.default_rng(0), real.shape[-1]
    drawn = [diary(real[..., random.integers(couples, size=couples)]) for _ in range(DRAWS)]
    return np.std(drawn, 0)


def answers(feeling: str) -> np.ndarray:
    """Answers of the open diary: (day, partner, couple), nan where one is missing."""
    with files("experiments").joinpath("data/diary/diary.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    couples = sorted({int(row["couple"]) for row in rows})
    found = np.full((max(int(row["day"]) for row in rows) + 1, 2, len(couples)), np.nan)
    for row in rows:
        if row[feeling]:
            who = int(row["partner"] == "woman")
            found[int(row["day"]), who, couples.index(int(row["couple"]))] = float(row[feeling])
    return found
