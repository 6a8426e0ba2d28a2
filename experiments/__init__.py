"""The questions: one file of ``experiments/questions`` an experiment."""

from experiments import former_names

former_names.install()
