"""What a program of ours does not need and would pay for: nothing here changes a number.

For the program only, not for Python that calls ``main``: both change the whole process.
"""

import gc
import sys
from typing import Any

ALLOCATIONS = 50_000
MODULES: dict[str, Any] = sys.modules  # None: counts as not installed (Python's import system)


def hide_dask() -> None:
    """Let Dask count as not installed: xarray would import it all to ask if an array is one of its.

    That is a sixth of a short run wherever the extra 'scale' is installed. To be called before
    xarray is imported; ``show_dask`` undoes it.
    """
    if not {"dask", "xarray"} & set(MODULES):
        MODULES["dask"] = None


def show_dask() -> None:
    """Dask can be imported again, for those who want it."""
    if MODULES.get("dask", ...) is None:
        del MODULES["dask"]


def rarer_collections() -> None:
    """Let Python look for cycles of garbage less often.

    Imports leave some hundred thousand objects that stay; looking through them again and again
    takes a twentieth of a short run.
    """
    gc.set_threshold(ALLOCATIONS)
