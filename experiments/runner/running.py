"""Running an experiment: the module that answers it, on one configuration."""

from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.progress import Progress
from experiments.runner.registry import answering, find


def answer(configuration: RunConfiguration, progress: Progress) -> Outcome:
    """Import the experiment that ``configuration`` names, and let it answer."""
    outcome: Outcome = answering(find(configuration.name)).run(configuration, progress)
    return outcome
