"""Figures of a finished study, chosen by its design."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.study.analysis import Analysis, strongest, title_of
from experiments.study.measures import MEASURES
from experiments.study.reported import about, is_share
from experiments.study.table import Finished
from sim.plots.bands import panel_letters
from sim.plots.heat_maps import heat_map, phase_map
from sim.plots.style import PARTNER, SERIES, paper
from sim.plots.sweeps import lines, surface, tornado
from sim.statistics import NORMAL_95

ACROSS = 3
MOST_BINS, FEWEST_BINS = 8, 3
FEWEST_A_BIN = 3
Figures = dict[str, Figure]
MEANS = "Means over couples; bars: 95 % intervals from the Monte-Carlo error, of shares Wilson's"


def figures(finished: Finished, analysis: Analysis | None) -> Figures:
    """Titled figures, in the order of the page."""
    with paper():
        if analysis is not None:
            return _sampled(finished, analysis)
        if len(finished.names) >= 2 and finished.study.file.design.method == "grid":
            return _maps(finished)
        return _rows(finished)


# --- one thing varies, or a list ------------------------------------------------------------------


def _rows(finished: Finished) -> Figures:
    """Means with intervals: a line if one number varies, rows otherwise."""
    words = any(isinstance(value, (str, bool)) for row in finished.rows for value in row)
    numeric = len(finished.names) == 1 and not words
    measures = list(dict.fromkeys(name for name, _ in finished.columns))
    drawn, axes = _panels(measures, 2.9 if numeric else None, finished)
    for ax, measure in zip(axes, measures, strict=False):
        for place, (name, slot) in enumerate(finished.columns):
            if name == measure:
                _line(ax, finished, place, slot, numeric)
        ax.set_title(about(measure).title)
        if not about(measure).of_couple:
            ax.legend()
    panel_letters(axes[: len(measures)])
    return {MEANS: drawn}


def _line(ax: Any, finished: Finished, place: int, slot: str, numeric: bool) -> None:
    look: dict[str, Any] = dict(PARTNER[slot]) if slot else {"color": "0.1"}
    means = finished.means[:, place]
    reach = np.abs([means - finished.low[:, place], finished.high[:, place] - means])
    measure = about(finished.columns[place][0])
    label = measure.title + ("" if measure.unit == "1" else f" [{measure.unit}]")
    if numeric:
        lines([row[0] for row in finished.rows], means, reach / NORMAL_95, ax, **look)
        ax.set_xlabel(finished.names[0].replace("_", " "))
        ax.set_ylabel(label)
        return
    look["linestyle"] = "none"
    rows = np.arange(len(means))[::-1] + {"A": 0.12, "B": -0.12}.get(slot, 0.0)
    ax.errorbar(means, rows, xerr=reach, fmt="o", capsize=2.5, markersize=4, **look)
    ax.set_yticks(rows, [_label(finished, number) for number in range(len(rows))])
    ax.set_xlabel(label)


def _label(finished: Finished, number: int) -> str:
    row = finished.rows[number]
    texts = [f"{v:.3g}" if isinstance(v, float) else str(v).replace("_", " ") for v in row]
    return ", ".join(texts) or "the only cell"


# --- a grid ---------------------------------------------------------------------------------------


def _maps(finished: Finished) -> Figures:
    """Heat maps over the first two things that vary, averaged over any others."""
    rows, columns = _levels(finished, 1), _levels(finished, 0)
    others = "" if len(finished.names) == 2 else ", averaged over all else that varies"
    shown = [k for k, (name, _) in enumerate(finished.columns) if not is_share(name)]
    found = {}
    drawn, axes = _panels([finished.columns[k] for k in shown], 3.1, finished)
    for ax, place in zip(axes, shown, strict=False):
        name = finished.columns[place][0]
        cells = _grid(finished, finished.means[:, place], rows, columns)
        signed = (
            bool(np.nanmin(cells) < 0.0 < np.nanmax(cells)) if np.isfinite(cells).any() else False
        )
        heat_map(
            cells,
            rows,
            columns,
            ax,
            signed,
            "" if about(name).unit == "1" else about(name).unit,
        )
        ax.set_title(title_of(finished.columns[place]))
        _axes_of(ax, finished)
    panel_letters(axes[: len(shown)])
    found[f"Means over couples{others}"] = drawn
    if "phase" in finished.study.plan.measures and finished.values is not None:
        found = {f"Phase diagram{others}": _phases(finished, rows, columns)} | found
    return found


def _phases(finished: Finished, rows: list[Any], columns: list[Any]) -> Figure:
    """The commonest phase at each point of the grid."""
    assert finished.values is not None
    names = MEASURES["phase"].phases
    codes = finished.values.phase.values
    known = np.isfinite(codes).sum(axis=1)
    shares = np.array(
        [
            _grid(finished, (codes == number).sum(axis=1) / np.maximum(known, 1), rows, columns)
            for number in range(len(names))
        ]
    )
    drawn = Figure(figsize=(6.4, 4.6))
    ax = drawn.subplots()
    phase_map(shares, names, rows, columns, ax)
    _axes_of(ax, finished)
    return drawn


def _axes_of(ax: Any, finished: Finished) -> None:
    ax.set_xlabel(finished.names[0].replace("_", " "))
    ax.set_ylabel(finished.names[1].replace("_", " "))


def _levels(finished: Finished, factor: int) -> list[Any]:
    return list(dict.fromkeys(row[factor] for row in finished.rows))


def _grid(
    finished: Finished, values: np.ndarray, rows: list[Any], columns: list[Any]
) -> np.ndarray:
    """Means of ``values`` (cells,) by the first two factors: (second, first)."""
    total, count = np.zeros((len(rows), len(columns))), np.zeros((len(rows), len(columns)))
    for row, value in zip(finished.rows, values, strict=True):
        if np.isfinite(value):
            place = rows.index(row[1]), columns.index(row[0])
            total[place] += value
            count[place] += 1
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


# --- a sample -------------------------------------------------------------------------------------


def _sampled(finished: Finished, analysis: Analysis) -> Figures:
    if not analysis.tables:
        return {}
    found = {_TITLES[analysis.by]: _tornados(finished, analysis)}
    if analysis.convergence:
        found["Do the total indices settle as samples are added? Bars: 95 % bootstrap"] = (
            _convergence(finished, analysis)
        )
    if len(finished.names) >= 2 and analysis.by != "mu_star":  # Morris has four levels a side
        title = "Response to the two strongest inputs, averaged over the others"
        found[title] = _surfaces(finished, analysis)
    return found


_TITLES = {
    "ST": "Sobol indices: share of variance alone (light), with interactions (dark); "
    "bars: 95 % bootstrap",
    "mu_star": "Morris: mean size of the effect over an input's range; bars: 95 % bootstrap",
    "pawn": "PAWN: how far an input shifts the distribution; left of the dotted line it may be "
    "chance (5 %)",
}
_LABELS = {
    "ST": "share of variance",
    "mu_star": "mean absolute effect [unit of the measure]",
    "pawn": "median Kolmogorov-Smirnov distance",
}


def _tornados(finished: Finished, analysis: Analysis) -> Figure:
    drawn, axes = _panels(list(analysis.tables), 3.4, finished)
    for ax, (name, table) in zip(axes, analysis.tables.items(), strict=False):
        top, index = strongest(table, analysis.by), analysis.by
        inputs = [str(n).replace("_", " ") for n in top.index]
        both = index == "ST"
        tornado(inputs, _bars(top, index), ax, 0.19 if both else 0.0, label="total")
        if both:
            look = {"color": SERIES[4], "label": "first order"}
            tornado(inputs, _bars(top, "S1"), ax, -0.19, **look)
            ax.legend(loc="lower right")
        if index == "pawn":
            ax.axvline(float(table.dummy.max()), color="0.3", linestyle=":")
        ax.set_title(name)
        ax.set_xlabel(_LABELS[index])
    panel_letters(axes[: len(analysis.tables)])
    return drawn


def _bars(table: pd.DataFrame, index: str) -> np.ndarray:
    """An index with its interval, or itself where it has none: rows middle, low, high."""
    if f"{index}_low" not in table:
        return table[[index] * 3].to_numpy(float).T
    return table[[index, f"{index}_low", f"{index}_high"]].to_numpy(float).T


def _convergence(finished: Finished, analysis: Analysis) -> Figure:
    drawn, axes = _panels(list(analysis.convergence), 2.7, finished)
    for ax, (name, table) in zip(axes, analysis.convergence.items(), strict=False):
        for number, who in enumerate(strongest(analysis.tables[name], "ST").index[:4]):
            own = table[table.input == who]
            error = (own.ST_high - own.ST_low) / 2.0 / NORMAL_95
            style = {"color": SERIES[number], "label": str(who).replace("_", " ")}
            lines(own.samples, own.ST, error, ax, **style)
        ax.set_xscale("log", base=2)
        ax.set_title(name)
        ax.set_xlabel("base samples")
        ax.set_ylabel("total index")
        ax.legend()
    panel_letters(axes[: len(analysis.convergence)])
    return drawn


def _surfaces(finished: Finished, analysis: Analysis) -> Figure:
    points = np.array(finished.rows, float)
    drawn, axes = _panels(list(analysis.tables), 2.9, finished)
    by_title = {title_of(column): place for place, column in enumerate(finished.columns)}
    for ax, (name, table) in zip(axes, analysis.tables.items(), strict=False):
        first, second = strongest(table, analysis.by).index[:2]
        x, y = (points[:, finished.names.index(str(n))] for n in (first, second))
        middles, values = _binned(x, y, finished.means[:, by_title[name]])
        surface(middles[0], middles[1], values, ax, name)
        ax.set_xlabel(str(first).replace("_", " "))
        ax.set_ylabel(str(second).replace("_", " "))
    panel_letters(axes[: len(analysis.tables)])
    return drawn


def _binned(x: np.ndarray, y: np.ndarray, values: np.ndarray) -> tuple[Any, np.ndarray]:
    """Means of ``values`` in squares of the plane; thinly filled squares stay empty."""
    bins = int(np.clip(np.sqrt(len(x) / 8.0), FEWEST_BINS, MOST_BINS))
    edges = [np.linspace(axis.min(), axis.max(), bins + 1) for axis in (x, y)]
    count, _, _ = np.histogram2d(y, x, bins=edges[::-1])
    total, _, _ = np.histogram2d(y, x, bins=edges[::-1], weights=values)
    middles = [(edge[:-1] + edge[1:]) / 2.0 for edge in edges]
    return middles, np.where(count >= FEWEST_A_BIN, total / np.maximum(count, 1), np.nan)


def _panels(names: list[Any], height: float | None, finished: Finished) -> tuple[Figure, list[Any]]:
    """One panel a name, three in a row; unused ones are hidden."""
    across = min(ACROSS, len(names))
    down = -(-len(names) // across)
    high = height or 0.22 * len(finished.rows) + 1.2
    drawn = Figure(figsize=(4.4 * across, high * down))
    axes = drawn.subplots(down, across, squeeze=False)
    flat = list(axes.flat)
    for ax in flat[len(names) :]:
        ax.set_visible(False)
    return drawn, flat
