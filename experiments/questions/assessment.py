"""From behaviour alone: which architecture drives a person, and how sure can one be? (S26)

An observer codes everyday life, a talk about a conflict, and the week after a separation, all
beside a secure partner. Discriminant analysis learns on one half of the couples and judges the
other, blind. Its probabilities are checked: of those called 70 % likely, are 70 % right?
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from experiments.runner.answers import Row, mean, share, table
from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.parts import NOT_KEPT, Parts
from experiments.runner.printed import Layout
from experiments.runner.progress import stages
from experiments.runner.question import Question
from experiments.runner.recorded import Recorded, recorded
from models.architectures import ARCHITECTURES
from sim.analysis.measures import estimate
from sim.engines.ensemble import simulate
from sim.plots.bands import panel_letters
from sim.plots.figures import subplots
from sim.plots.heat_maps import heat
from sim.plots.style import SERIES, paper
from sim.statistics import wilson
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
    in_parts=True,
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
SCENES = {
    "life": "everyday life",
    "talk": "a talk about a conflict",
    "parting": "the days after a separation",
}
EVERYBODY = "all architectures"
LAYOUT = Layout(
    ("condition", "kind", "told_as"),
    (),
    {"kind": ("what the share is of", ""), "told_as": ("what people were told as", "")},
)
RELIABILITY = 0.7
"""Of an observer's codes: share of their variance that is not the observer's (.60 to .80)."""
RIDGE = 0.05
BINS = np.linspace(0.0, 1.0, 6)


def run(
    configuration: RunConfiguration, progress: Callable[[int, int], None], parts: Parts = NOT_KEPT
) -> Outcome:
    """Observe, judge blind, compare with who they are."""
    c = configuration
    seen = observed(c.dyads, c.days, c.seed, progress, parts)
    codes = with_error(seen, c.seed)
    likely = judged(codes)
    dataset = labelled(likely)
    right, chance = recovery(likely), 1.0 / len(NAMES)
    found = estimate(right.mean(axis=0))
    return Outcome(
        dataset=dataset,
        table=answers(likely, dataset),
        figures={"assessment": figure(dataset)},
        notes=[
            f"Balanced accuracy {found.mean:.2f} [{found.low:.2f}, {found.high:.2f}] (95 % "
            f"bootstrap over couples) against {chance:.3f} by chance, on codes with reliability "
            f"{RELIABILITY:g}.",
            f"Said probability of the first guess, mean {likely.max(axis=2).mean():.2f}; "
            f"right in {right.mean():.2f}.",
            f"{len(NAMES)} presets, one population each, equally common: "
            "a real person is none of them.",
        ],
        recorded=of_people(seen, likely, c.days),
        layout=LAYOUT,
    )


def observed(
    dyads: int, days: int, seed: int, progress: Callable[[int, int], None], parts: Parts = NOT_KEPT
) -> np.ndarray:
    """Mean of each signal in each situation: (architectures, couples, situations x signals)."""
    steps = stages(progress, life=days, talk=1, parting=14)
    scenes: dict[str, tuple[Calendar, float]] = {
        "life": (daily_life(days), 0.0),
        "talk": (daily_life(1) + conversation(15.0), 1.0),
        "parting": (daily_life(1) + separation(7, texts=True) + daily_life(3), 1.0),
    }

    def signals(name: str) -> dict[str, np.ndarray]:
        calendar, since = scenes[name]
        data = simulate(
            list(NAMES),
            "secure",
            calendar=calendar,
            since=since,
            dyads=dyads,
            seed=seed,
            record="summary",
            variables=SEEN,
            progress=steps(name),
        ).sel(partner="A")
        return {signal: data[signal].values for signal in SEEN}

    found = [parts(name, partial(signals, name)) for name in scenes]
    return np.stack([np.array(scene[signal]) for scene in found for signal in SEEN], axis=-1)


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


def answers(likely: np.ndarray, dataset: xr.Dataset) -> pd.DataFrame:
    """Who is told as whom, how often the first guess is right, and whether it is honest."""
    rows, guess = [], likely.argmax(axis=2)
    for truth, who in enumerate(NAMES):
        told = dataset.told.sel(truth=who)
        other = str(told.where(told["as"] != who).idxmax("as").item())
        for number, name in sorted(enumerate(NAMES), key=lambda one: one[1] != who):
            about: dict[str, Any] = {"role": "A", "over": "people", "told_as": name}
            about |= {"statistic": "share", "shown": int(name in (who, other))}
            kind = "recovered" if name == who else "most often taken for"
            kind = kind if about["shown"] else "taken for"
            hits = guess[truth] == number
            rows.append(share(who, "told", hits, kind=kind, meaning="share told as", **about))
    accuracy = recovery(likely).mean(axis=0)
    about = {"role": "A", "over": "couples of all architectures", "told_as": "", "kind": "right"}
    rows.append(mean(EVERYBODY, "balanced accuracy", accuracy, meaning="share right", **about))
    return table(rows + calibrated(dataset))


def calibrated(dataset: xr.Dataset) -> list[Row]:
    """Of those called so likely, how many are right: what the figure shows."""
    rows = []
    for said, right, people in zip(dataset.said, dataset.right, dataset.people, strict=True):
        n = int(people)
        hits = np.arange(n) < round(float(right) * n)
        about = {"role": "A", "over": "people", "shown": 0, "kind": f"said {float(said):.2f}"}
        rows += [share(EVERYBODY, "first guess right", hits, told_as="", **about)] if n else []
    return rows


def of_people(seen: np.ndarray, likely: np.ndarray, days: int) -> Recorded:
    """What was seen of each person, and how they were judged; each is A beside a secure B."""
    dims = ("condition", "dyad", "partner")
    data = {}
    for number, (scene, signal) in enumerate((s, x) for s in SCENES for x in SEEN):
        text = f"mean of {signal} in {SCENES[scene]}, without an observer's error"
        data[f"{scene}_{signal}"] = (dims, seen[..., number, None], _label(text))
    for number, name in enumerate(NAMES):
        text = f"said probability of being {name}"
        data[f"said_{name}"] = (dims, likely[..., number, None], _label(text))
    right = recovery(likely)[..., None]
    data["right"] = (dims, right, _label("whether the first guess was right: 1 or 0"))
    coords = {"condition": list(NAMES), "dyad": np.arange(seen.shape[1]), "partner": ["A"]}
    return recorded(xr.Dataset(data, coords), float(days))


def _label(text: str) -> dict[str, str]:
    return {"long_name": text, "units": "1"}


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
        found = dataset.right.values[some], dataset.people.values[some]
        ends = np.array([wilson(round(r * n), n)[1:3] for r, n in zip(*found, strict=True)])
        right.plot([0, 1], [0, 1], color="0.6", linewidth=0.8, label="honest certainty")
        right.errorbar(
            dataset.said[some],
            dataset.right[some],
            yerr=np.abs(ends.T - found[0]),
            fmt="o",
            color=SERIES[0],
            capsize=2.5,
            label="blind judgements, bars: 95 % Wilson",
        )
        right.set(title="Is the certainty honest?", xlim=(0, 1), ylim=(0, 1))
        right.set(xlabel="said probability of the first guess", ylabel="share right")
        right.legend(loc="upper left")
        panel_letters([left, right])
    return drawn
