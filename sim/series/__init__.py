"""Analysis of dyadic series, simulated or imported, by the methods of the field."""

from sim.series.actor_partner import actor_partner, actor_partner_once
from sim.series.copies import duplicated
from sim.series.inertia import detrended, inertia_coordination, past_and_future
from sim.series.oscillator import bias, coupled_oscillator, one_oscillator, oscillators
from sim.series.panel import cross_lagged, lagged_table
from sim.series.read import read_series
from sim.series.simulated import of_simulation, regular, tidy
from sim.series.synchrony import (
    Null,
    correlation_curve,
    surrogate_null,
    windowed_correlation,
)

__all__ = [
    "Null",
    "actor_partner",
    "actor_partner_once",
    "bias",
    "correlation_curve",
    "coupled_oscillator",
    "cross_lagged",
    "detrended",
    "duplicated",
    "inertia_coordination",
    "lagged_table",
    "of_simulation",
    "one_oscillator",
    "oscillators",
    "past_and_future",
    "read_series",
    "regular",
    "surrogate_null",
    "tidy",
    "windowed_correlation",
]
