"""What there is, as text: the questions with their sizes and times, and the commands."""

import inspect
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from experiments.runner.program import INSTALLED
from experiments.runner.registry import Experiment, all_experiments

WIDTH = 80
GAP = 2


def overview(program: str, commands: Mapping[str, Any], times: Mapping[str, str]) -> str:
    """Everything one can type: questions, then commands with how long they take."""
    rows = {name: _command(one, times.get(name)) for name, one in commands.items()}
    parts = [
        f"Questions: {program} NAME (--quick for a look, --help for its options)",
        questions(),
        f"Commands: {program} COMMAND --help",
        _table(rows),
    ]
    if program == INSTALLED:
        parts.append(f"Tab completes names after: {program} --install-completion")
    return "\n\n".join(parts)


def questions() -> str:
    """Every question with its size and its time."""
    return _table(
        {name: [one.question, f"[{size_of(one)}]"] for name, one in all_experiments().items()}
    )


def size_of(experiment: Experiment) -> str:
    """Size and time of a question as it is run unless told otherwise."""
    dyads, days = experiment.defaults["dyads"], experiment.defaults["days"]
    size = f"{dyads} couples, {days} days" if experiment.sizes else "equations, no couples drawn"
    return f"{size}, about {experiment.minutes:g} min"


def first_sentence(function: Any) -> str:
    """The first sentence of a docstring."""
    head = (inspect.getdoc(function) or "").split("\n\n")[0]
    sentence = " ".join(head.split()).split(". ")[0]
    return sentence.removesuffix(".")


def _command(command: Any, time: str | None) -> list[str]:
    return [command.short_help, *([f"[{time}]"] if time else [])]


def _table(rows: Mapping[str, Iterable[str]]) -> str:
    """Names on the left, what stands behind them wrapped on the right."""
    indent = GAP + max(map(len, rows)) + GAP
    lines = []
    for name, texts in rows.items():
        wrapped = [line for text in texts for line in textwrap.wrap(text, WIDTH - indent)]
        heads = [f"{'':{GAP}}{name}", *[""] * (len(wrapped) - 1)]
        lines += [f"{h:{indent}}{line}" for h, line in zip(heads, wrapped, strict=True)]
    return "\n".join(lines)
