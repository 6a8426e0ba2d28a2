"""What a benchmark was measured on: processor, versions, compiler."""

import platform
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from experiments.bench import c_driver
from sim.engines import registry as engines


def machine() -> dict[str, Any]:
    """What it was measured on."""
    answer = {"python": platform.python_version(), "numpy": np.__version__}
    answer |= {"system": platform.system(), "processor": processor()}
    if engines.has_numba():
        import numba

        answer["numba"] = numba.__version__
    found = c_driver.compiler()
    if found:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
        answer["compiler"] = said.stdout.splitlines()[0]
    return {**answer, "cores": engines.cores(), "flags": " ".join(c_driver.FLAGS)}


def processor() -> str:
    """The processor's name, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
