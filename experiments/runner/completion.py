"""What a shell offers after Tab: questions, architectures, parameters. Each takes what is there."""

from experiments.runner.registry import all_experiments

PARTNERS = ("a", "b")


def questions(incomplete: str) -> list[tuple[str, str]]:
    """Names of questions, each with what it asks."""
    return [(n, one.question) for n, one in all_experiments().items() if n.startswith(incomplete)]


def architectures(incomplete: str) -> list[tuple[str, str]]:
    """Names of architectures, each with its label."""
    from models.architectures import ARCHITECTURES

    return [(n, one.label) for n, one in ARCHITECTURES.items() if n.startswith(incomplete)]


def settings(incomplete: str) -> list[tuple[str, str]]:
    """``a.`` or ``b.`` and a parameter, with its meaning; of a single one both ends of its range.

    Two candidates keep the shell from closing the word before its value is typed.
    """
    from models.parameters import PARAMETERS, PartnerParameters

    rules = PARAMETERS[PartnerParameters]
    keys = {f"{who}.{name}=": rules[name] for who in PARTNERS for name in rules}
    fit = [key for key in keys if key.startswith(incomplete)]
    if len(fit) == 1:
        return [(f"{fit[0]}{end:g}", keys[fit[0]].meaning) for end in keys[fit[0]].range]
    return [(key, keys[key].meaning) for key in fit]


def arms(incomplete: str) -> list[tuple[str, str]]:
    """What a couple may be compared with: another partner, or another value of a parameter."""
    who, found, _ = incomplete.partition("=")
    if found and who in PARTNERS:
        return [(f"{who}={name}", label) for name, label in architectures(incomplete[2:])]
    other = [(f"{one}=", "another partner") for one in PARTNERS if f"{one}=".startswith(incomplete)]
    return other + settings(incomplete)
