"""Series of known processes."""

import numpy as np
import xarray as xr

REAL = {"inert": (0.905, 0.9125), "coord": (0.025, 0.029)}  # 80 couples, Butler and Barnard


def labelled(values, dt=1.0):
    values = np.asarray(values, float)
    couples, _, times = values.shape
    coords = {"couple": np.arange(couples), "partner": ["A", "B"], "time": np.arange(times) * dt}
    return xr.DataArray(values, coords, ("couple", "partner", "time"))


def var1(couples, times, seed, inert=REAL["inert"], coord=REAL["coord"], burn=200):
    """Couples of a first-order vector autoregression with unit shocks."""
    random = np.random.default_rng(seed)
    rows = np.array([[inert[0], coord[0]], [coord[1], inert[1]]])
    now, kept = np.zeros((couples, 2)), []
    for _ in range(burn + times):
        now = now @ rows.T + random.standard_normal((couples, 2))
        kept.append(now)
    return labelled(np.moveaxis(np.array(kept[burn:]), 0, -1))
