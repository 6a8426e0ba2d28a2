"""Tables of made-up answers as other people write them."""

import numpy as np
import pandas as pd
import pytest


def table(couples=4, times=range(8), names=("f", "m"), seed=1, **columns):
    """A long table of made-up answers."""
    random = np.random.default_rng(seed)
    rows = [
        {"couple": f"c{c}", "time": t, "partner": p, "value": round(4 + random.normal(), 2)}
        for c in range(couples)
        for p in names
        for t in times
    ]
    return pd.DataFrame(rows).assign(**columns)


def written(folder, frame, name="theirs.csv", **how):
    path = folder / name
    frame.to_csv(path, index=False, **how)
    return path


def same(found, frame):
    """Every cell of the array is the cell of the table."""
    for row in frame.itertuples():
        value = float(found.sel(couple=row.couple, partner=row.partner, time=float(row.time)))
        assert value == pytest.approx(row.value, nan_ok=True)
    return True
