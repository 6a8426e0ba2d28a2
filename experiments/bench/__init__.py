"""Benchmarks: how fast the engines and studies are."""

from sim.former_names import names_of

__getattr__ = names_of("experiments.bench", "experiments.bench.engines")
PAIR = ("scanner", "withdrawer")
"""Whom every measurement simulates, so that all are of the same work."""
