"""The questions: one file an experiment, listed in ``experiments.runner.registry``."""
