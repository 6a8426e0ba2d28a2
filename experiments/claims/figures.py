"""One figure a claim that a lecturer can show: the arms, the confidence interval, the ablation."""

import textwrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.claims.claim import Arms, Claim, Verdict
from sim.plots.figures import new_figure
from sim.plots.style import SERIES, paper

CAPTION = "left: mean and middle 80 % of couples; right: 95 % bootstrap interval over couples"


def claim_figure(claim: Claim, verdict: Verdict) -> Figure:
    """Left: each arm's couples, with and without the mechanism. Right: effect and floor."""
    groups = by_axis(claim, verdict.arms)
    heights = [0.8 + len(arms) for arms in groups.values()]
    with paper():
        figure = new_figure(figsize=(8.6, 1.3 + 0.42 * sum(heights)))
        grid = figure.add_gridspec(1, 2, width_ratios=(1.7, 1.0))
        left = grid[0].subgridspec(len(groups), 1, height_ratios=heights)
        for row, (axis, arms) in enumerate(groups.items()):
            arms_panel(arms, verdict.ablated_arms, axis, figure.add_subplot(left[row]), row == 0)
        effect_panel(claim, verdict, figure.add_subplot(grid[1]))
        says = "holds" if verdict.holds else "does NOT hold"
        figure.suptitle(f"{claim.id}  {claim.title}: {says}", x=0.01, ha="left", weight="bold")
        figure.supxlabel(CAPTION, x=0.01, ha="left", fontsize=7)
    return figure


def by_axis(claim: Claim, arms: Arms) -> dict[str, Arms]:
    """The arms that measure the same thing, together, in the order of their first."""
    groups: dict[str, dict[str, Any]] = {}
    for name, values in arms.items():
        groups.setdefault(claim.axis(name), {})[name] = values
    return dict(groups)


def arms_panel(arms: Arms, ablated: Arms, axis: str, ax: Axes, key: bool) -> None:
    """Mean of each arm with the middle 80 % of couples; hollow under the ablation."""
    names = list(arms)
    for row, name in enumerate(reversed(names)):
        _arm(arms[name], row + 0.13, ax, SERIES[0], "with the mechanism" if row == 0 else None)
        if name in ablated:
            label = "mechanism off" if row == 0 else None
            _arm(ablated[name], row - 0.13, ax, SERIES[5], label, hollow=True)
    labels = [textwrap.fill(name, 26) for name in reversed(names)]
    ax.set_yticks(range(len(names)), labels)
    ax.set_ylim(-0.6, len(names) - 0.4)
    ax.set_xlabel(axis)
    if key:
        ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)


def _arm(values: Any, row: float, ax: Axes, color: str, label: str | None, hollow=False) -> None:
    low, high = np.nanquantile(values, [0.1, 0.9])
    ax.plot([low, high], [row, row], color=color, linestyle="--" if hollow else "-")
    face = "white" if hollow else color
    ax.plot(np.nanmean(values), row, "s" if hollow else "o", color=color, mfc=face, label=label)


def effect_panel(claim: Claim, verdict: Verdict, ax: Axes) -> None:
    """The effect with its confidence interval, the floor to clear, and what the ablation leaves."""
    reach = [[verdict.effect - verdict.ci_low], [verdict.ci_high - verdict.effect]]
    ax.errorbar([verdict.effect], [1.0], xerr=np.abs(reach), fmt="o", color=SERIES[0], capsize=3)
    ax.plot(verdict.ablated_effect, 0.0, "s", color=SERIES[5], mfc="white")
    ax.axvline(claim.floor, color="0.3", linestyle=":", linewidth=1.2)
    ax.annotate("floor", (claim.floor, 1.5), ha="center", fontsize=8, color="0.3")
    off = textwrap.fill(claim.ablation, 22)
    ax.set_yticks([1.0, 0.0], ["effect (95 %)", off])
    ax.set_ylim(-0.6, 1.7)
    ax.set_xlabel(textwrap.fill(claim.statistic, 36), fontsize=7.5)
