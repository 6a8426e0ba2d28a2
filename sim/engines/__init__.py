"""The drivers: Mesa agents, arrays, compiled loops, and what they record."""

from sim.former_names import names_of

__getattr__ = names_of("sim.engines", "sim.engines.registry")
