"""From behaviour alone: which architecture drives a person, and how sure can one be? (S26)

An observer codes everyday life, a talk about a conflict, and the week after a separation, all
beside a secure partner. Discriminant analysis learns on one half of the couples and judges the
other, blind. Its probabilities are checked: of those called 70 % likely, are 70 % right?
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.progress import stages
from experiments.runner.question import Question
from models.architectures import ARCHITECTURES
from sim.analysis.measures import estimate
from sim.engines.ensemble import simulate
from sim.plots.bands import panel_letters
from sim.plots.figures import subplots
from sim.plots.heat_maps import heat
from sim.plots.style import SERIES, paper
from sim.statistics import NORMAL_95
from sim.world.calendar import Calendar, conversation, daily_life, separation

QUESTION = Question(
    order=60,
    question="From behaviour alone, which architecture drives a person, and how sure is that?",
    expects=(
        "Disproved if presets are told from behaviour no better than by chance, or if people "
        "called likely to be of a kind are not that often of that kind."
    ),
    minutes=0.5,
    defaults={"dyads": 300, "days": 28},
    quick={"dyads": 40, "days": 7},
)

NAMES = tuple(ARCHITECTURES)
SEEN = (
    "sent_warmth",
    "sent_contact",
    "sent_reassurance",
    "sent_demand",
    "sent_latency",
    "sent_clarity",
)
RELIABILITY = 0.7
"""Of an observer's codes: share of their variance that is not the observer's (.60 to .80)."""
RIDGE = 0.05
BINS = np.linspace(0.0, 1.0, 6)


def run(configuration: RunConfiguration, progress: Callable[[int, int], None]) -> Outcome:
    """Observe, judge blind, compare with who they are."""
    c = configuration
    seen = observed(c.dyads, c.days, c.seed, progress)
    codes = with_error(seen, c.seed)
    likely = judged(codes)
    dataset = labelled(likely)
    right, chance = recovery(likely), 1.0 / len(NAMES)
    found = estimate(right.mean(axis=0))
    return Outcome(
        dataset=dataset,
        table=table(dataset),
        figures={"assessment": figure(dataset)},
        notes=[
            f"Balanced accuracy {found.mean:.2f} [{found.low:.2f}, {found.high:.2f}] against "
            f"{chance:.3f} by chance, on codes with reliability {RELIABILITY:g}.",
            f"Said probability of the first guess, mean {likely.max(axis=2).mean():.2f}; "
            f"right in {right.mean():.2f}.",
            f"{len(NAMES)} presets, one population each, equally common: "
            "a real person is none of them.",
        ],
    )


def observed(dyads: int, days: int, seed: int, progress: Callable[[int, int], None]) -> np.ndarray:
    """Mean of each signal in each situation: (architectures, couples, situations x signals)."""
    share = stages(progress, life=days, talk=1, parting=14)
    scenes: dict[str, tuple[Calendar, float]] = {
        "life": (daily_life(days), 0.0),
        "talk": (daily_life(1) + conversation(15.0), 1.0),
        "parting": (daily_life(1) + separation(7, texts=True) + daily_life(3), 1.0),
    }
    parts = []
    for name, (calendar, since) in scenes.items():
        data = simulate(
            list(NAMES),
            "secure",
            calendar=calendar,
            since=since,
            dyads=dyads,
            seed=seed,
            record="summary",
            variables=SEEN,
            progress=share(name),
        ).sel(partner="A")
        parts += [data[signal].values for signal in SEEN]
    return np.stack(parts, axis=-1)


def with_error(seen: np.ndarray, seed: int) -> np.ndarray:
    """What an observer writes down: the behaviour, and errors of their own."""
    spread = seen.reshape(-1, seen.shape[-1]).std(axis=0)
    size = spread * np.sqrt(1.0 / RELIABILITY - 1.0)
    return seen + np.random.default_rng(seed).standard_normal(seen.shape) * size


def judged(codes: np.ndarray) -> np.ndarray:
    """Probability of each architecture for each person: (truth, couples, architectures).

    Linear discriminant analysis with a pooled covariance (Fisher 1936), learnt on the couples of
    the other parity; equal prior probabilities.
    """
    likely = np.empty((*codes.shape[:2], len(codes)))
    for fold in (0, 1):
        known, unknown = codes[:, 1 - fold :: 2], codes[:, fold::2]
        means = known.mean(axis=1)
        within = (known - means[:, None]).reshape(-1, codes.shape[-1])
        covariance = np.cov(within, rowvar=False)
        covariance += RIDGE * np.diag(np.diag(covariance)) + 1e-9 * np.eye(len(covariance))
        gap = unknown[:, :, None] - means
        distance = np.einsum("...i,ij,...j", gap, np.linalg.inv(covariance), gap)
        odds = np.exp(-0.5 * (distance - distance.min(axis=2, keepdims=True)))
        likely[:, fold::2] = odds / odds.sum(axis=2, keepdims=True)
    return likely


def recovery(likely: np.ndarray) -> np.ndarray:
    """Whether the first guess was right, 1.0 or 0.0: (architectures, couples)."""
    truth = np.arange(len(likely))[:, None]
    return (likely.argmax(axis=2) == truth).astype(float)


def calibration(likely: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Predicted probability of the first guess, share right, and number, in bins of the first."""
    predicted, right = likely.max(axis=2).ravel(), recovery(likely).ravel()
    place = np.clip(np.digitize(predicted, BINS) - 1, 0, len(BINS) - 2)
    counts = np.bincount(place, minlength=len(BINS) - 1)
    full = np.maximum(counts, 1)
    means = [np.bincount(place, values, len(BINS) - 1) / full for values in (predicted, right)]
    return means[0], means[1], counts


def labelled(likely: np.ndarray) -> xr.Dataset:
    """Share of each truth that was classified as each architecture, and the calibration."""
    classified = np.stack(
        [(likely.argmax(axis=2) == k).mean(axis=1) for k in range(len(NAMES))], axis=1
    )
    predicted, right, counts = calibration(likely)
    text = {"units": "1"}
    return xr.Dataset(
        {
            "told": (("truth", "as"), classified, text | {"long_name": "share told as"}),
            "said": ("bin", predicted, text | {"long_name": "said probability of the first guess"}),
            "right": ("bin", right, text | {"long_name": "share of first guesses that are right"}),
            "people": ("bin", counts, text | {"long_name": "people in the bin"}),
        },
        {"truth": list(NAMES), "as": list(NAMES)},
    )


def table(dataset: xr.Dataset) -> pd.DataFrame:
    """One row an architecture: how often it is recovered, and what it is taken for."""
    rows = []
    for who in NAMES:
        classified = dataset.told.sel(truth=who)
        other = classified.where(classified["as"] != who).idxmax("as").item()
        rows.append(
            (who, float(classified.sel({"as": who})), other, float(classified.sel({"as": other})))
        )
    return pd.DataFrame(
        rows, columns=["architecture", "recovered", "most often taken for", "share"]
    ).round(2)


def figure(dataset: xr.Dataset) -> Figure:
    """Who is taken for whom, and whether the stated certainty is honest."""
    labels = [ARCHITECTURES[name].label for name in NAMES]
    with paper():
        drawn, (left, right) = subplots(1, 2, figsize=(11.0, 5.0), width_ratios=(1.35, 1.0))
        heat(dataset.told.values, left, "cividis")
        left.set_xticks(range(len(NAMES)), labels, rotation=40, ha="right")
        left.set_yticks(range(len(NAMES)), labels)
        left.set(title="Share told as", xlabel="told as", ylabel="is")
        some = dataset.people.values > 0
        error = np.sqrt(dataset.right * (1 - dataset.right) / np.maximum(dataset.people, 1))
        right.plot([0, 1], [0, 1], color="0.6", linewidth=0.8, label="honest certainty")
        right.errorbar(
            dataset.said[some],
            dataset.right[some],
            yerr=NORMAL_95 * error[some],
            fmt="o",
            color=SERIES[0],
            capsize=2.5,
            label="blind judgements, 95 %",
        )
        right.set(title="Is the certainty honest?", xlim=(0, 1), ylim=(0, 1))
        right.set(xlabel="said probability of the first guess", ylabel="share right")
        right.legend(loc="upper left")
        panel_letters([left, right])
    return drawn
