"""The gates as the files of a run: table, labelled arrays, JSON."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from experiments.gates.measuring import LEVEL, Row
from experiments.runner import answers
from experiments.runner.printed import Layout

QUESTION = "Where does the second core lie, and where must it lie?"
INTERVAL = f"{LEVEL:.0%} Student over seeds"
LAYOUT = Layout(
    rows=("condition", "meaning"),
    columns=(),
    extras={
        "band": ("the band in which the mean must lie", "see unit"),
        "holds": ("yes: the mean over seeds lies in the band", ""),
        "band_low": ("lower end of the band", "see unit"),
        "band_high": ("upper end of the band; 1000 where it has none", "see unit"),
        "source": ("source of the band; own: ours; brief: of the core's brief", ""),
        "reason": ("why it is missed, as far as can be told", ""),
    },
    hidden=("band_low", "band_high", "source", "reason"),
)


def table(rows: Sequence[Row]) -> pd.DataFrame:
    """``table.csv``: one row a band."""
    made = []
    for row in rows:
        low, high = row.interval
        made.append(
            answers.row(
                row.band.gate,
                row.band.key,
                row.mean,
                low=low,
                high=high,
                interval=INTERVAL if len(row.values) > 1 else "",
                n=len(row.values),
                over="seeds",
                statistic="mean",
                sd=answers.sd_of(row.values),
                meaning=row.band.title,
                band_low=row.band.low,
                band_high=row.band.high,
                band=row.band.words,
                holds="yes" if row.passes else "no",
                source=row.band.source,
                reason="" if row.passes else row.band.reason,
            )
        )
    return answers.table(made)


def dataset(rows: Sequence[Row], seeds: Sequence[int]) -> xr.Dataset:
    """Values by band and seed."""
    about = {"long_name": "value of each row of the gates", "units": "1"}
    values = np.array([row.values for row in rows])
    return xr.Dataset(
        {"value": (("row", "seed"), values, about)},
        {"row": [row.band.id for row in rows], "seed": list(seeds)},
    )


def as_json(rows: Sequence[Row]) -> str:
    """The rows as a list of objects."""
    return json.dumps([plain(row) for row in rows], indent=2) + "\n"


def plain(row: Row) -> dict[str, Any]:
    """One row as plain data; what is undefined is null."""
    low, high = row.interval
    numbers = {"mean": row.mean, "low": low, "high": high}
    return {
        "id": row.band.id,
        "gate": row.band.gate,
        "title": row.band.title,
        "values": [_finite(value) for value in row.values],
        **{name: _finite(value) for name, value in numbers.items()},
        "band": [row.band.low, row.band.high],
        "passes": row.passes,
        "source": row.band.source,
        "reason": "" if row.passes else row.band.reason,
    }


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def sentence(rows: Sequence[Row]) -> str:
    """How many rows lie in their bands, and which do not."""
    missed = ", ".join(row.band.id for row in rows if not row.passes) or "none"
    count = sum(row.passes for row in rows)
    return f"{count} of {len(rows)} rows in band; missed: {missed}."


def reasons(rows: Sequence[Row]) -> list[str]:
    """One line a missed row: where it lies, where it must lie, and why, as far as is known."""
    return [
        f"{row.band.id}: {row.mean:.3g}, must be {row.band.words}; "
        f"{row.band.reason or 'why is not known yet'}."
        for row in rows
        if not row.passes
    ]


ROUGH = "Few couples: these verdicts are rough; leave out --quick for others."
