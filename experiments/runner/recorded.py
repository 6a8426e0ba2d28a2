"""What a run recorded of persons and of couples, as ``individual.csv`` and ``dyad.csv``."""

from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from sim.analysis import exports
from sim.analysis.codebooks import About
from sim.analysis.thinning import MOST_ROWS, thinned


class Kept(NamedTuple):
    """A table and what its columns are; ``words`` say what a row is, and at what thinning."""

    frame: pd.DataFrame
    about: About
    words: str


class Recorded(NamedTuple):
    """What is known of persons and of couples, or in one line why there is nothing."""

    individual: Kept | str
    dyad: Kept | str


NOTHING = Recorded("no single person is measured", "no couple is measured")


def recorded(
    data: xr.Dataset, time: float | xr.DataArray | None = None, most: int = MOST_ROWS
) -> Recorded:
    """Both tables of ``data`` with dimensions condition, dyad and, by variable, partner and time.

    Series of more than ``most`` rows are thinned. ``time`` [days] is when it was measured, where
    ``data`` has no times; one for each condition may be given.
    """
    if "time" not in data.coords:
        data = data.assign_coords(time=np.nan if time is None else time)
    short, words = thinned(data, most)
    dyad = exports.dyad(short)
    couples = Kept(dyad, exports.about(short, map(str, dyad.columns)), words_of_couple(words))
    if "partner" not in data.dims:
        return Recorded(NOTHING.individual, couples)
    people = exports.individual(short)
    return Recorded(Kept(people, exports.about(short, map(str, people.columns)), words), couples)


def joined(*parts: Recorded) -> Recorded:
    """Tables one below the other; a measure that a part does not have is empty in its rows."""
    found: list[Kept | str] = []
    for same in zip(*parts, strict=True):
        tables = [one for one in same if isinstance(one, Kept)]
        if not tables:
            found.append(same[0])
            continue
        about = {name: text for one in tables for name, text in one.about.items()}
        frame = pd.concat([one.frame for one in tables], ignore_index=True)
        found.append(Kept(frame, about, tables[0].words))
    return Recorded(*found)


def words_of_couple(words: str) -> str:
    """The same words, of couples."""
    return words.replace("a person", "a couple")


def as_conditions(data: xr.Dataset, dims: tuple[str, ...]) -> xr.Dataset:
    """``data`` with the dimensions ``dims`` as one, ``condition``: ``scanner, secure partner``."""
    kept = [str(name) for name, values in data.data_vars.items() if set(dims) <= set(values.dims)]
    labels = [", ".join(map(str, names)) for names in product(*(data[d].values for d in dims))]
    stacked = data[kept].stack(condition=dims, create_index=False)
    fresh = stacked.drop_vars([name for name in stacked.coords if name in dims])
    return fresh.assign_coords(condition=labels)
