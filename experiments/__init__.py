"""The questions: one file an experiment, listed in ``experiments.registry``."""
