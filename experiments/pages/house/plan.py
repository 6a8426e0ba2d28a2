"""The plan of the house: its rooms from the ground up, and what each may import.

A room is a package with all that is in it, or a module that has a row of its own. ``sim`` and
``experiments`` by themselves are the two packages' own modules and not what is in them.
"""

from collections.abc import Iterable

from experiments.pages.house.imports import Import

TOPS = ("sim", "experiments")
SIM = (
    "models",
    "sim",
    "sim.former_names",
    "sim.statistics",
    "sim.checks",
    "sim.randomness",
    "sim.codegen",
    "sim.world",
    "sim.provenance",
    "sim.engines",
    "sim.series",
    "sim.landscape",
    "sim.analysis",
    "sim.plots",
)
"""The science and the machinery: whatever asks a question may use all of it."""

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "models": (),
    "sim.former_names": (),
    "sim.checks": ("models",),
    "sim.statistics": (),
    "sim.randomness": (),
    "sim.codegen": ("sim.randomness",),
    "sim.world": ("models", "sim.checks", "sim.randomness"),
    "sim.provenance": ("models", "sim.codegen", "sim.randomness", "sim.world"),
    "sim.engines": SIM[:1] + SIM[2:9],
    "sim.series": ("models", "sim.statistics", "sim.checks"),
    "sim.landscape": (
        "models",
        "sim.statistics",
        "sim.checks",
        "sim.codegen",
        "sim.engines",
        "sim.world",
    ),
    "sim.analysis": (
        "models",
        "sim.statistics",
        "sim.checks",
        "sim.randomness",
        "sim.world",
        "sim.engines",
        "sim.series",
        "sim.landscape",
    ),
    "sim.plots": (
        "models",
        "sim.former_names",
        "sim.statistics",
        "sim.world",
        "sim.engines",
        "sim.series",
        "sim.landscape",
        "sim.analysis",
    ),
    "sim": ("sim.former_names", "sim.world", "sim.engines"),
    "experiments.former_names": ("sim.former_names",),
    "experiments": ("experiments.former_names",),
    "experiments.runner": SIM,
    "experiments.questions": (*SIM, "experiments.runner"),
    "experiments.claims": (*SIM, "experiments.runner"),
    "experiments.gates": (*SIM, "experiments.runner"),
    "experiments.study": (*SIM, "experiments.runner"),
    "experiments.parsimony": (
        *SIM,
        "experiments.runner",
        "experiments.questions",
        "experiments.claims",
    ),
    "experiments.bench": (*SIM, "experiments.runner", "experiments.study"),
    "experiments.pages": (
        *SIM,
        "experiments.runner",
        "experiments.questions",
        "experiments.claims",
        "experiments.parsimony",
        "experiments.study",
    ),
}

ENTRANCES = (
    "experiments.__main__",
    "experiments.runner.cli",
    "experiments.runner.commands",
    "experiments.runner.refresh",
)
"""Where a user comes in: they may import every room, and only each other import them."""

REGISTRIES = {
    "sim": "public names, loaded when first asked for",
    "sim.former_names": "former paths, when somebody asks for one",
    "sim.engines.registry": "engines, of which a run loads one",
    "experiments.gates.measuring": "gates, of which a run measures those asked for",
    "experiments.runner.registry": "questions and claims, which the list of commands must not load",
}
"""Modules that may import by name, and what."""

EXCEPTIONS = {
    ("sim.world.childhood", "sim.engines"): "to grow up is to live through a run",
    ("experiments.runner.registry", "experiments.questions"): "by name, when one is run",
    ("experiments.runner.registry", "experiments.claims"): "by name, when they are judged",
    ("experiments.questions.history", "experiments.gates"): "it lives the couples of gate G4",
    (
        "experiments.questions.intervention_matrix",
        "experiments.claims",
    ): "it shows the pairs that C25 matches",
}
"""What a single module may import beyond its room, and why."""


def room_of(module: str) -> str:
    """The room of a module; '' if the plan has none for it."""
    if module in TOPS:
        return module
    if entrance := next((e for e in ENTRANCES if _inside(module, e)), ""):
        return entrance
    rooms = [room for room in MAY_IMPORT if room not in TOPS and _inside(module, room)]
    return max(rooms, key=len, default="")


def fault(found: Import) -> str:
    """What is wrong with an import, and what to do; empty if nothing is."""
    user, used = room_of(found.user), room_of(found.used)
    if {user, used} <= {*ENTRANCES}:
        return ""
    where = f"{found.user.replace('.', '/')}.py, line {found.line}: imports {found.used}"
    if not user or not used:
        return f"{where}: give '{found.used if user else found.user}' a room in {__name__}"
    if used in ENTRANCES:
        return f"{where}: an entrance is imported by no room; move what both need"
    if user == used or user in ENTRANCES or used in MAY_IMPORT[user] or _excepted(found):
        return ""
    return f"{where}: {user} may not import {used}; move what both need to a room below both"


def circles_of(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Groups of modules, or of rooms, that need one another, each sorted (Tarjan 1972)."""
    needs: dict[str, set[str]] = {}
    for user, used in edges:
        needs.setdefault(user, set()).add(used)
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = lowest[name] = len(order)
        stack.append(name)
        for other in sorted(needs.get(name, ())):
            if other not in order:
                visit(other)
            if other in stack:
                lowest[name] = min(lowest[name], lowest[other])
        if lowest[name] == order[name]:
            place = stack.index(name)
            if len(stack) - place > 1:
                found.append(sorted(stack[place:]))
            del stack[place:]

    for name in sorted(needs):
        if name not in order:
            visit(name)
    return sorted(found)


def _inside(module: str, room: str) -> bool:
    return f"{module}.".startswith(f"{room}.")


def _excepted(found: Import) -> bool:
    return any(found.user == user and _inside(found.used, room) for user, room in EXCEPTIONS)
