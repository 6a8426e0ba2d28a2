"""The landscape of a couple: equilibria, attractors, basins, bifurcations, cycles, chaos.

One set of tools for the classic models (``of_classic``) and for the averaged exchange map of our
own (``of_couple``). Every result says when it is cut off by the edge of the search.
"""

from sim.landscape.basins import NO_ATTRACTOR, Settled, attractors_reached, basins, settled
from sim.landscape.continuation import Branch, Special, branch
from sim.landscape.couple import frozen, of_couple
from sim.landscape.cycles import Cycle, limit_cycle
from sim.landscape.equilibria import (
    Equilibrium,
    Nullclines,
    Search,
    equilibria,
    nullclines,
    sobol,
)
from sim.landscape.hysteresis import Loop, hysteresis
from sim.landscape.lyapunov import Exponent, largest_exponent
from sim.landscape.perturbation import Perturbation, smallest_perturbation
from sim.landscape.system import Family, System, advance, jacobian, of_classic

__all__ = [
    "NO_ATTRACTOR",
    "Branch",
    "Cycle",
    "Equilibrium",
    "Exponent",
    "Family",
    "Loop",
    "Nullclines",
    "Perturbation",
    "Search",
    "Settled",
    "Special",
    "System",
    "advance",
    "attractors_reached",
    "basins",
    "branch",
    "equilibria",
    "frozen",
    "hysteresis",
    "jacobian",
    "largest_exponent",
    "limit_cycle",
    "nullclines",
    "of_classic",
    "of_couple",
    "settled",
    "smallest_perturbation",
    "sobol",
]
