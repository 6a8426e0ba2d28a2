"""Where a result comes from: the model's source, the versions, the command that repeats it."""

import platform
import shlex
from dataclasses import dataclass
from typing import Any

from experiments.runner.configuration import RunConfiguration
from experiments.runner.registry import find
from sim.provenance import code_hash, installed, source_hash, trees, version

RECORDED = ("numpy", "scipy", "pandas", "xarray", "h5netcdf", "matplotlib", "mesa", "numba")


@dataclass(frozen=True)
class Provenance:
    """What a record needs beyond the parameters; ``wall_seconds`` is the part that varies."""

    source_hash: str
    versions: dict[str, str]
    command: str
    wall_seconds: float
    code_hash: str = ""


def collect(configuration: RunConfiguration, wall_seconds: float) -> Provenance:
    """The provenance of a run that has just ended."""
    module = find(configuration.name).module
    code = code_hash(module) if module in trees.modules() else ""
    return Provenance(source_hash(), versions(), command(configuration), wall_seconds, code)


def about(configuration: RunConfiguration) -> dict[str, Any]:
    """All that makes two runs the same: question, parameters, source, versions."""
    return identity(configuration, collect(configuration, 0.0))


def identity(configuration: RunConfiguration, provenance: Provenance) -> dict[str, Any]:
    """The same, of a run whose provenance is known."""
    return {
        "experiment": configuration.name,
        "parameters": configuration.parameters(),
        "source_hash": provenance.source_hash,
        "code_hash": provenance.code_hash,
        "versions": provenance.versions,
    }


def versions() -> dict[str, str]:
    """Python's version, ours, and those of the packages that decide numbers or figures."""
    found = {"python": platform.python_version(), "pairbond": version()}
    return found | {name: installed(name) for name in RECORDED}


def command(configuration: RunConfiguration) -> str:
    """The command that repeats the run, in full, into its default folder."""
    c = configuration
    words = ["python", "-m", "experiments", "run", c.name]
    sizes = ["--seed", str(c.seed), "--dyads", str(c.dyads), "--days", str(c.days)]
    words += sizes if find(c.name).sizes else []
    words += ["--quick"] if c.quick else []
    words += [word for p in ("a", "b") if (who := getattr(c, p)) for word in (f"--{p}", who)]
    words += [word for key, value in c.overrides.items() for word in ("--set", f"{key}={value!r}")]
    words += [word for change in c.vs for word in ("--vs", change)]
    return shlex.join(words)
