"""Docstrings' equations carried out by themselves: a reading that never sees the code's body."""

import inspect
import math
import re

from models.second.parameters import PARAMETERS, SharedParameters


def logistic(x):
    return 1.0 / (1.0 + math.exp(-x)) if x > -700 else 0.0


def approach(level, rise, fall, dt):
    total = rise + fall + 1e-12
    return rise / total + (level - rise / total) * math.exp(-total * dt)


def settle(value, target, dt, time):
    return value + (target - value) * (1.0 - math.exp(-dt / time))


def wander(value, centre, dt, time, size, draw):
    kept = math.exp(-dt / time)
    return centre * (1 - kept) + value * kept + size * math.sqrt(1 - kept * kept) * draw


WORDS = dict(
    exp=math.exp,
    sqrt=math.sqrt,
    logistic=logistic,
    positive=lambda x: max(x, 0.0),
    bounded=math.tanh,
    raised=lambda share, shift: logistic(math.log(share / (1 - share)) + shift),
    approach=approach,
    settle=settle,
    wander=wander,
)
"""What the forms mean, written anew."""


def lines(function):
    """The lines of a function's equation as (name, expression), continuations joined."""
    text = inspect.getdoc(function) or ""
    block = re.search(r"Equation::\n\n((?:    .*\n|\n)+)", text + "\n")
    assert block, f"{function.__name__} has no equation"
    joined: list[str] = []
    for line in block[1].rstrip().splitlines():
        if re.match(r"    \w+ = ", line):
            joined.append(line.strip())
        else:
            joined[-1] += " " + line.strip()
    return [tuple(line.split(" = ", 1)) for line in joined]


def names(parameters, shared):
    """The vocabulary: shared numbers by symbol, switches and personal numbers by name."""
    found = dict(WORDS) | parameters._asdict()
    for name, declared in PARAMETERS[SharedParameters].items():
        value = getattr(shared, name)
        found[name if declared.symbol == "-" else declared.symbol] = value
    return found


def read(function, parameters, shared, **given):
    """All that the equation of ``function`` defines, by name. An undefined symbol raises."""
    known = names(parameters, shared) | given
    for name, expression in lines(function):
        plain = re.sub(r"(.+) where (.+), else (.+)", r"(\1) if (\2) else (\3)", expression)
        known[name] = eval(plain, {"__builtins__": {}}, known)
    return known
