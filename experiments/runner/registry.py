"""Which experiments there are, what each asks, and what would prove it wrong.

The listing imports no simulation: an experiment's module is named here and imported when it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.runner.configuration import RunConfiguration
    from experiments.runner.output import Outcome

Progress = Callable[[int, int], None]
"""Called as ``progress(done, total)`` while an experiment runs."""


@dataclass(frozen=True)
class Experiment:
    """One question and the module that answers it.

    ``module`` defines ``run(configuration, progress) -> Outcome``. ``expects`` says what would
    disprove the expected answer. ``defaults`` and ``quick`` give ``dyads`` and ``days``.
    ``partners`` names who ``a`` and ``b`` are unless told; empty means that the experiment chooses
    its couples itself. Without ``sizes`` nothing is drawn at random: ``dyads``, ``days`` and
    ``seed`` mean nothing and are refused.
    """

    name: str
    module: str
    question: str
    expects: str
    minutes: float
    defaults: Mapping[str, int]
    quick: Mapping[str, int]
    partners: Mapping[str, str] = field(default_factory=dict)
    sizes: bool = True

    def run(self, configuration: RunConfiguration, progress: Progress) -> Outcome:
        """Import the module and let it answer."""
        outcome: Outcome = import_module(self.module).run(configuration, progress)
        return outcome


_LIST = (
    Experiment(
        name="scanner_withdrawer",
        module="experiments.questions.scanner_withdrawer",
        question=(
            "Why do a scanner and a withdrawer chase each other, "
            "and what does a secure partner change?"
        ),
        expects=(
            "Disproved if, over the couples, the 95 % interval of either lagged effect (demand on "
            "withdrawal, withdrawal on demand) covers zero, or if a pair with a secure partner "
            "shows an effect as large."
        ),
        minutes=1.0,
        defaults={"dyads": 200, "days": 120},
        quick={"dyads": 20, "days": 14},
    ),
    Experiment(
        name="couple",
        module="experiments.questions.couple",
        question="What happens between any two people?",
        expects="Nothing: it shows a couple and claims nothing about couples.",
        minutes=0.5,
        defaults={"dyads": 50, "days": 60},
        quick={"dyads": 10, "days": 7},
        partners={"a": "scanner", "b": "secure"},
    ),
    Experiment(
        name="childhood",
        module="experiments.questions.childhood",
        question="What does each kind of care make of a child, and many caregivers together?",
        expects=(
            "Disproved if the alarm's threshold of children under inconsistent, unavailable or "
            "frightening care does not end below that of children under consistent care. The mix "
            "of patterns is not calibrated and settles nothing."
        ),
        minutes=0.5,
        defaults={"dyads": 200, "days": 180},
        quick={"dyads": 20, "days": 60},
    ),
    Experiment(
        name="architecture_matrix",
        module="experiments.questions.architecture_matrix",
        question="What does each of the eight architectures do beside each other one?",
        expects="Nothing: it shows all 36 pairs.",
        minutes=1.0,
        defaults={"dyads": 100, "days": 365},
        quick={"dyads": 8, "days": 28},
    ),
    Experiment(
        name="intervention_matrix",
        module="experiments.questions.intervention_matrix",
        question="Which intervention reaches which architecture?",
        expects=(
            "Disproved if for any architecture the intervention made for it does no better than "
            "the mean of the others or than generic reassurance."
        ),
        minutes=2.0,
        defaults={"dyads": 200, "days": 217},
        quick={"dyads": 20, "days": 217},
    ),
    Experiment(
        name="assessment",
        module="experiments.questions.assessment",
        question="From behaviour alone, which architecture drives a person, and how sure is that?",
        expects=(
            "Disproved if presets are told from behaviour no better than by chance, or if people "
            "called likely to be of a kind are not that often of that kind."
        ),
        minutes=0.5,
        defaults={"dyads": 300, "days": 28},
        quick={"dyads": 40, "days": 7},
    ),
    Experiment(
        name="earned_security",
        module="experiments.questions.earned_security",
        question="Who earns security, when, with whom, and what brings relapse?",
        expects=(
            "Disproved if no more people earn security beside a secure partner than beside "
            "their own kind, or if nothing that strikes afterwards takes it away."
        ),
        minutes=1.5,
        defaults={"dyads": 100, "days": 730},
        quick={"dyads": 12, "days": 120},
    ),
    Experiment(
        name="landscape",
        module="experiments.questions.landscape",
        question="Which couples have one attractor, which two, and how large a push leads out?",
        expects=(
            "Disproved for a pair if starts from all over its box of closeness, expectations and "
            "tolerances end at different places. No pair is expected to have two: nothing was "
            "built in for it."
        ),
        minutes=5.0,
        defaults={"dyads": 32, "days": 7},
        quick={"dyads": 8, "days": 7},
    ),
    Experiment(
        name="classics",
        module="experiments.questions.classics",
        question="Do the classic couple models give here what their papers say?",
        expects="Disproved for a model if a published figure is missed in its last digit.",
        minutes=1.0,
        defaults={"dyads": 1, "days": 1},
        quick={"dyads": 1, "days": 1},
        sizes=False,
    ),
    Experiment(
        name="love_story",
        module="experiments.questions.love_story",
        question=(
            "Why does Petrarch's love come and go for twenty years, "
            "and why can Scarlett and Rhett only miss each other?"
        ),
        expects=(
            "Disproved if Petrarch's love settles without a push from outside, or if Scarlett and "
            "Rhett have an end at which both love alike."
        ),
        minutes=0.5,
        defaults={"dyads": 1, "days": 1},
        quick={"dyads": 1, "days": 1},
        sizes=False,
    ),
)

EXPERIMENTS: dict[str, Experiment] = {experiment.name: experiment for experiment in _LIST}


def find(name: str) -> Experiment:
    """The experiment ``name``; ``ValueError`` naming the nearest if there is none."""
    if name not in EXPERIMENTS:
        from models.parameters import unknown

        raise ValueError(unknown(name, EXPERIMENTS, "experiment"))
    return EXPERIMENTS[name]
