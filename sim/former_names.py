"""Former names of public modules and arguments, served for one version with a ``FutureWarning``.

``FORMER`` says where each module has gone; a package stands for all that is in it. The finder
imports nothing until a former name is asked for. Modules of ``experiments`` are added by
``experiments.former_names``.
"""

import sys
import warnings
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import CodeType, ModuleType
from typing import Any, ParamSpec, TypeVar

# One text and not a dictionary: modules that are named in strings of their own count as code that
# decides numbers (``sim.provenance``), and plots are among these.
PATHS = """
models.birth              models.initial_state
sim.bodies                sim.plots.partner_drawing
sim.calendar              sim.world.calendar
sim.childhood             sim.world.childhood
sim.chunks                sim.engines.chunks
sim.compiled              sim.engines.compiled
sim.describe              experiments.pages.model_page
sim.elementary            sim.randomness.elementary
sim.ensemble              sim.engines.ensemble
sim.exports               sim.analysis.exports
sim.gallery_plots         sim.plots.gallery
sim.landscape.plots       sim.plots.landscape
sim.landscape.repair      sim.landscape.perturbation
sim.live_page             experiments.pages.live_page
sim.measures              sim.analysis.measures
sim.memory                sim.engines.memory
sim.mesa_engine           sim.engines.mesa_engine
sim.mesa_model            sim.engines.mesa_model
sim.moments               sim.plots.snapshots
sim.noise                 sim.randomness.noise
sim.noise_compiled        sim.randomness.noise_compiled
sim.numpy_engine          sim.engines.numpy_engine
sim.orbits                sim.analysis.orbits
sim.people                sim.world.people
sim.population            sim.world.population
sim.printers              sim.codegen.printers
sim.printers.numba_names  sim.randomness.numba_names
sim.protocols             sim.world.protocols
sim.recording             sim.engines.recording
sim.results               sim.engines.results
sim.scalar                sim.engines.scalar
sim.sensitivity           sim.analysis.sensitivity
sim.series.plots          sim.plots.series
sim.style                 sim.plots.style
sim.sweep_plots           sim.plots.sweeps
sim.tape                  sim.codegen.tape
sim.traced                sim.engines.traced
sim.tracing               sim.codegen.tracing
"""
FORMER = dict(line.split() for line in PATHS.strip().splitlines())
"""Former path: present path. ``sim.plots`` and ``sim.engines`` were modules and are packages now:
see ``names_of``."""


def present(name: str) -> str | None:
    """The present path of a former one, itself or inside a former package; None if it is none."""
    head, rest = name, ""
    while head:
        if head in FORMER:
            return FORMER[head] + rest
        head, dot, last = head.rpartition(".")
        rest = f"{dot}{last}{rest}"
    return None


class _Loader(Loader):
    """Puts the module of today in the place of the former one, so that there are never two."""

    def exec_module(self, module: ModuleType) -> None:
        path = present(module.__name__)
        assert path is not None
        _warn(module.__name__, path)
        sys.modules[module.__name__] = import_module(path)

    def get_code(self, name: str) -> CodeType | None:
        """For ``python -m``."""
        path = present(name)
        spec = find_spec(path) if path else None
        assert path and spec
        _warn(name, path)
        return getattr(spec.loader, "get_code")(path)  # noqa: B009  (not every loader has one)


class _Finder(MetaPathFinder):
    """Knows the former paths. It stands first, since a former package would find a second copy."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, _Loader(), origin="former name") if present(name) else None


def install() -> None:
    """Have ``import`` know the former paths; once is enough."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def names_of(package: str, module: str) -> Callable[[str], Any]:
    """``__getattr__`` of a package that was a module: its names have gone to ``module``."""

    def find(name: str) -> Any:
        # A module of the package goes first: ``sim.plots.bands`` has a function ``bands``.
        if not name.startswith("__") and find_spec(f"{package}.{name}") is None:
            home = import_module(module)
            if hasattr(home, name):
                _warn(f"{package}.{name}", f"{module}.{name}")
                return getattr(home, name)
        raise AttributeError(f"module '{package}' has no attribute '{name}'")

    return find


Given = ParamSpec("Given")
Result = TypeVar("Result")


def former_argument(
    former: str, name: str
) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Let a function take the argument ``name`` under its ``former`` name too."""

    def let(function: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(function)
        def called(*args: Given.args, **given: Given.kwargs) -> Result:
            if former in given:
                if name in given:
                    raise TypeError(f"{former} and {name} are the same argument: give {name} only")
                _warn(former, name, stacklevel=3)
                given[name] = given.pop(former)
            return function(*args, **given)

        return called

    return let


def _warn(former: str, name: str, stacklevel: int = 3) -> None:
    line = f"{former} is now {name}; the former name goes with the next version"
    warnings.warn(line, FutureWarning, stacklevel=stacklevel)
