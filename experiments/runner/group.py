"""The commands, and among them each question by its name: ``pairbond couple`` runs ``couple``."""

import copy
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from experiments.runner.listing import first_sentence, size_of
from experiments.runner.registry import all_experiments

PARTNERS, SIZES = ("a", "b", "settings", "vs"), ("seed", "dyads", "days")
"""Options that mean nothing where a question chooses its couples, or draws none."""
PLACES = ("architectures", "paired")
"""What help texts leave open, since filling it in imports the models."""


class Commands(TyperGroup):
    """Commands by name; the name of a question stands for ``run`` with that name."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, or ``run`` bound to a question."""
        found = super().get_command(ctx, cmd_name)
        return _bound(self.commands["run"], cmd_name) if _is_question(found, cmd_name) else found

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands; for a shell that completes a word also the questions."""
        return [*super().list_commands(ctx), *(all_experiments() if ctx.resilient_parsing else ())]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Refuse an unknown name with the nearest command or question."""
        name = args[0]
        if self.get_command(ctx, name) is None and not (
            ctx.resilient_parsing or name.startswith("-")
        ):
            from models.parameters import unknown

            ctx.fail(unknown(name, [*self.commands, *all_experiments()], "command or question"))
        return super().resolve_command(ctx, args)


class RunCommand(TyperCommand):
    """``run``: its help names the architectures of the table and the questions about a couple."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Fill in what the models know, now that it is wanted."""
        from models.architectures import ARCHITECTURES

        paired = ", ".join(name for name, e in all_experiments().items() if e.partners)
        known = dict(zip(PLACES, (", ".join(ARCHITECTURES), paired), strict=True))
        for parameter in self.params:
            text = getattr(parameter, "help", None)
            if text:
                parameter.help = text.format(**known)  # type: ignore[attr-defined]
        super().format_help(ctx, formatter)


def add(
    app: typer.Typer, function: Any, name: str | None = None, cls: type[TyperCommand] | None = None
) -> None:
    """Register a command; its help in one line is the first sentence of its docstring, uncut."""
    line = first_sentence(function)
    app.command(name, cls=cls, short_help=line)(function)


def _is_question(found: Any, name: str) -> bool:
    return found is None and name in all_experiments()


def _bound(run: Any, name: str) -> Any:
    """``run`` without its argument, for one question."""
    experiment = all_experiments()[name]
    command = copy.copy(run)
    command.name, command.short_help = name, experiment.question
    command.help = (
        f"{experiment.question}\n\nShort for: run {name}. Without options: "
        f"{size_of(experiment)}.\n\nExpectation: {experiment.expects}"
    )
    command.params = [copy.copy(p) for p in run.params if p.name != "name"]
    idle = {*(() if experiment.partners else PARTNERS), *(() if experiment.sizes else SIZES)}
    for parameter in command.params:
        # Given all the same, they are refused with the reason.
        parameter.hidden = getattr(parameter, "hidden", False) or parameter.name in idle
    command.callback = partial(run.callback, name=name)
    return command
