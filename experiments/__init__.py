"""The questions: one file an experiment, listed in ``experiments.runner.registry``."""

from experiments import former_names

former_names.install()
