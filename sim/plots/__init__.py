"""Every drawing function, and the one style."""

from sim.former_names import names_of

__getattr__ = names_of("sim.plots", "sim.plots.bands")
