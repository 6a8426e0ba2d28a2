"""Running an experiment: the module that answers it, on one configuration."""

from experiments.runner.configuration import RunConfiguration
from experiments.runner.output import Outcome
from experiments.runner.parts import Parts
from experiments.runner.progress import Progress
from experiments.runner.registry import answering, find


def answer(
    configuration: RunConfiguration, progress: Progress, parts: Parts | None = None
) -> Outcome:
    """Import the experiment that ``configuration`` names, and let it answer.

    One that answers in parts finds those that are finished in ``parts``, and keeps more there.
    """
    experiment = find(configuration.name)
    more = {"parts": parts or Parts()} if experiment.in_parts else {}
    outcome: Outcome = answering(experiment).run(configuration, progress, **more)
    return outcome
