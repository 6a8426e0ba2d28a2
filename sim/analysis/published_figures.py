"""Published and closed-form figures of the classic models, each beside what this code gives."""

from collections.abc import Callable
from math import pi, sqrt
from typing import Any, NamedTuple

import numpy as np

from models.classics import coupled_oscillator as oscillator
from models.classics import find
from models.classics.strogatz import conserved
from sim.analysis.orbits import DivergesError, orbit, returns
from sim.landscape import (
    System,
    branch,
    equilibria,
    jacobian,
    largest_exponent,
    limit_cycle,
    of_classic,
)


class Check(NamedTuple):
    """One figure: where it stands, its value, how near ours must come, and how ours is found."""

    model: str
    quantity: str
    origin: str
    published: float
    tolerance: float
    ours: Callable[[], float]


def end(name: str, until: float, variable: str, **given: Any) -> float:
    """A variable of a model at time ``until``."""
    return float(orbit(find(name), until, **given)[variable][-1])


def modulus(name: str, at: float, **parameters: float) -> float:
    """Largest modulus of a map's eigenvalues where both variables are ``at``."""
    system = of_classic(find(name), **parameters)
    return float(np.abs(np.linalg.eigvals(jacobian(system.rate, np.full(2, at)))).max())


def rest(name: str, number: int, variable: int, **parameters: float) -> float:
    """A variable at the ``number``-th equilibrium of a model, ordered by the first variable."""
    points = equilibria(of_classic(find(name), **parameters), 64).points
    return float(points[number].state[variable])


def lost_energy() -> float:
    """Largest change of what Romeo and Juliet conserve, over ten turns."""
    model = find("strogatz")
    path = orbit(model, 20 * pi, rtol=1e-12)
    love = type(model.start)(path.romeo.values, path.juliet.values)
    invariant = conserved(love, model.parameters)
    return float(np.abs(invariant - invariant[0]).max())


def period(name: str, transient: float, longest: float, **parameters: float) -> float:
    """Period of the limit cycle that a model reaches from its start; nan where it has none."""
    model = find(name)
    return limit_cycle(of_classic(model, **parameters), model.start, transient, longest).period


def turn(name: str, variable: str, until: float) -> float:
    """Time between the last two rises of a variable through 0."""
    return float(np.diff(returns(find(name), until, variable, 0.0))[-1])


def pitchfork() -> float:
    """Love of two alike where, with growing reactiveness, their equal love loses its stability."""

    def family(k: float) -> System:
        return of_classic(find("gone_with_the_wind"), **ALIKE, reactiveness=k)

    alike = equilibria(family(5.0), 16).points[0].state
    special = branch(family, alike, 5.0, (4.0, 12.0)).special
    return float(next(s.state[0] for s in special if s.kind == "branch point"))


def chaos(quick: bool) -> float:
    """Largest Lyapunov exponent of the love triangle."""
    model = find("sprott_triangle")
    duration = 100.0 if quick else 600.0
    return largest_exponent(of_classic(model), model.start, duration, transient=100.0).value


def ruin() -> float:
    """1 if a talk that starts beyond its saddle is said to diverge, else 0."""
    steep = {"wife_by_negative": 1.0, "husband_by_negative": 1.0}
    beyond = {"wife": -1.01, "husband": -1.01}
    try:
        orbit(find("gottman_simultaneous"), 400, beyond, steep)
    except DivergesError:
        return 1.0
    return 0.0


def swing(name: str, variable: str, parameters: dict[str, float]) -> float:
    """How far a variable still moves between times 300 and 400."""
    path = orbit(find(name), 400.0, parameters=parameters)
    return float(np.ptp(path[variable].sel(time=slice(300, None)).values))


def sine() -> float:
    """Period that GLLA gives a sine of period 50."""
    wave = np.sin(2 * pi * np.arange(4000) / 50)
    return float(oscillator.period_of(oscillator.estimate_stiffness(wave)))


def schema(**day: float) -> float:
    """The panic schema after one such day."""
    return end("panic_schema", 1, "arousal_schema", parameters=day)


def slowest() -> float:
    """Largest eigenvalue of inertia and coordination with the published coefficients."""
    return modulus("inertia_coordination", 0.0)


def slopes(wife: float, husband: float) -> dict[str, float]:
    """Gottman's influence with one slope a partner, the same above and below 0."""
    of_her = {"wife_by_positive": wife, "wife_by_negative": wife}
    return of_her | {"husband_by_positive": husband, "husband_by_negative": husband}


ALIKE = {"appeal_scarlett": 1.0, "appeal_rhett": 1.0}
GOLDEN = (3 + sqrt(5)) / 2


def checks(quick: bool) -> tuple[Check, ...]:
    """All of them; ``quick`` follows the chaotic triangle for a shorter time."""
    simple, proof, reference = "closed form", "theorem", "paper's parameters, reference solution"
    opposed, unbiased = slopes(0.9, -0.9), {"bias_1": 0.0, "bias_2": 0.0}
    # A table: a row in two lines at most, so that figures can be compared down the page.
    return (
        Check("strogatz", "period", simple, 2 * pi, 1e-8, lambda: turn("strogatz", "romeo", 20.0)),
        Check("strogatz", "drift of the conserved quantity", simple, 0.0, 1e-9, lost_energy),
        Check("secure_couple", "love of 1 at rest", simple, 3.125, 1e-8,
              lambda: end("secure_couple", 60, "partner_1")),
        Check("secure_couple", "love of 2 at rest", simple, 2.25, 1e-8,
              lambda: end("secure_couple", 60, "partner_2")),
        Check("laura_petrarch", "period in years", reference, 3.78942635, 5e-9,
              lambda: period("laura_petrarch", 60, 8)),
        Check("laura_petrarch", "Laura at 5 years", reference, -0.2474851, 5e-8,
              lambda: end("laura_petrarch", 5, "laura")),
        Check("laura_petrarch", "Petrarch at 5 years", reference, 0.17339759, 5e-9,
              lambda: end("laura_petrarch", 5, "petrarch")),
        Check("laura_petrarch", "inspiration at 5 years", reference, 9.05117546, 5e-9,
              lambda: end("laura_petrarch", 5, "inspiration")),
        Check("gone_with_the_wind", "Rhett at the first end", reference, 1.12605767, 5e-9,
              lambda: rest("gone_with_the_wind", 0, 0)),
        Check("gone_with_the_wind", "Rhett at the saddle", reference, 3.41097704, 5e-9,
              lambda: rest("gone_with_the_wind", 1, 0)),
        Check("gone_with_the_wind", "Rhett at the other end", reference, 6.19357433, 5e-9,
              lambda: rest("gone_with_the_wind", 2, 0)),
        Check("gone_with_the_wind", "love at the pitchfork", simple, GOLDEN, 1e-6,
              pitchfork),
        Check("insecure_biased", "swing without bias", proof, 0.0, 1e-6,
              lambda: swing("insecure_biased", "partner_1", unbiased)),
        Check("gottman_simultaneous", "modulus, slopes .9 and -.9", simple, 1.029563, 5e-7,
              lambda: modulus("gottman_simultaneous", 3.0, **opposed)),
        Check("gottman_sequential", "modulus, slopes .9 and -.9", simple, 0.5, 1e-8,
              lambda: modulus("gottman_sequential", 3.0, **opposed)),
        Check("gottman_sequential", "both at rest, slopes .2", simple, 5 / 3, 1e-9,
              lambda: end("gottman_sequential", 400, "wife")),
        Check("gottman_simultaneous", "beyond the saddle it diverges (1: yes)", simple, 1.0, 0.0,
              ruin),
        Check("liebovitch", "stance at rest, c = 2", simple, 1.91500805, 5e-9,
              lambda: rest("liebovitch", 2, 0)),
        Check("liebovitch_delay", "swing at half the critical delay", proof, 0.0, 1e-6,
              lambda: swing("liebovitch_delay", "actor_1", {"delay": 0.5 * pi / (6 * sqrt(3))})),
        Check("sprott_triangle", "largest Lyapunov exponent", "paper", 0.38, 0.03,
              lambda: chaos(quick)),
        Check("rey_effort", "effort that keeps the feeling", simple, sqrt(1 + 5 / 1.1), 1e-9,
              lambda: rest("rey_effort", 0, 1)),
        Check("inertia_coordination", "slower eigenvalue, from rounded coefficients",
              "published estimate", 0.93598, 1e-4, slowest),
        Check("coupled_oscillator", "period GLLA gives for 50", "published bias", 53.51782, 5e-6,
              sine),
        Check("panic_schema", "schema after fear and escape", "paper", 0.8375, 1e-12,
              lambda: schema(peak_fear=0.7, peak_escape=0.3)),
        Check("panic_schema", "schema after fear without escape", "paper", 0.72, 1e-12,
              lambda: schema(peak_fear=0.7, peak_escape=0.1)),
        Check("panic_schema", "schema after a day without fear", "paper", 0.8, 1e-12,
              lambda: schema(peak_fear=0.4)),
        Check("fraley_stability", "retest after 10, r = .7, prototype .6", simple,
              0.36 + 0.64 * 0.7**10, 1e-12, lambda: end("fraley_stability", 10, "retest")),
    )  # fmt: skip
