"""The science by content: what is computed and drawn, not how it is written down.

``python -m sim.provenance.content`` prints the hash of each part below, and of all together:

- ``program``: the operations of ``models.couple.exchange``, traced, each named by what it computes,
  so that the order of statements does not matter; what a couple starts from and
  what childhood makes of a person and of the shared parameters (``models.caregiving``) likewise;
- ``tables``: default and range of every parameter in their order, which decides who gets which
  draw; every architecture, the newborn and the regimes of care with all their values;
- ``calendars``: the arrays of everyday life, separation, talks, events and repetitions, of a
  session of each protocol, early and late in a course, of courses, scripts and laboratories;
- ``randomness``: draws of every purpose, derived seeds, the elementary functions over their ranges
  in double and single precision, and their coefficients;
- ``drivers``: the syntax trees of what the above does not import: engines, recording, results,
  people, populations, growing up, code generation, coding of behaviour (``trees`` says what of
  a tree counts).

Calendars and draws are sampled: a change that shows in none of the calls here is not seen.
Nothing here calls a library's exponential, whose last bits differ between machines.
"""

import ast
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from inspect import getsource, isfunction, signature
from textwrap import dedent
from types import ModuleType
from typing import Any, get_type_hints

import numpy as np

from models import caregiving, initial_state
from models.cores import FIRST, Core
from models.couple import exchange
from models.declare import declarations
from models.parameters import PartnerParameters
from models.state import VARIABLES, Event
from sim.codegen.program import Program
from sim.codegen.structures import leaves
from sim.codegen.tape import Tape
from sim.codegen.tracing import trace
from sim.provenance import trees
from sim.randomness import constants, elementary, exp_calls, noise
from sim.world import addresses, calendar, protocols

RUN = (addresses, calendar, protocols, constants, elementary, exp_calls, noise)
"""Modules of ``sim`` that are covered by what they give, as are those of ``models``."""
FORMER = "sim.former_names"
"""Says where modules were, and so names nearly all: it decides no number."""
STARTS = ("sim", "sim.world.childhood", "sim.analysis.measures")
"""Where what is covered as text begins; ``sim`` names the public parts, its engines among them."""
OURS = trees.__name__.rpartition(".")[0]
COMMUTATIVE = ("add", "multiply")


def source_hash() -> str:
    """The hash of all parts."""
    return together(parts())


def together(found: dict[str, str]) -> str:
    """One hash of the parts'."""
    return hashed(f"{name} {value}" for name, value in found.items())


def parts() -> dict[str, str]:
    """The hash of each part, by name."""
    found = {name: hashed(lines()) for name, lines in PARTS.items()}
    return found | {"drivers": trees.digest(drivers(), trees.modules())}


@cache
def covered() -> frozenset[str]:
    """Names of the modules whose doing is in the hash, and of those that make it."""
    return frozenset({*trees.reached([f"{OURS}.content"], {FORMER}), *drivers(), *_of(OURS)})


def drivers() -> dict[str, ast.Module]:
    """Syntax trees of the modules that are covered as text."""
    by_content = {module.__name__ for module in RUN}
    return trees.reached(STARTS, {*_of("models"), *_of(OURS), *by_content, FORMER})


def _of(package: str) -> set[str]:
    return {name for name in trees.modules() if f"{name}.".startswith(f"{package}.")}


# --- the traced program ---------------------------------------------------------------------------


def _programs() -> Iterator[str]:
    yield traced(exchange)
    yield from sorted(map(traced, (*_functions_of(initial_state), *_functions_of(caregiving))))


def traced(function: Callable[..., Any]) -> str:
    """What a function computes; of one that can't be traced, what its text says."""
    hints = get_type_hints(function)
    takes = {name: hints.get(name, name) for name in signature(function).parameters}
    try:
        lines = [*operations(trace(function, **takes))]
    except (AttributeError, TypeError, ValueError):
        lines = [*trees.statements(ast.parse(dedent(getsource(function))), ())]
    return "\n".join([*lines, *map(number, function.__defaults__ or ())])


def _functions_of(module: ModuleType) -> list[Callable[..., Any]]:
    """The functions that a module defines, whatever they are called."""
    found = [f for f in vars(module).values() if getattr(f, "__module__", "") == module.__name__]
    return [f for f in found if isfunction(f) and not f.__name__.startswith("_")]


def operations(program: Program) -> Iterator[str]:
    """Each output of a program with the hash of all that it is computed from.

    An input is named by the number of its argument and its field; the operands of a sum and of a
    product may stand in either order, which gives the same bits.
    """
    inputs = {
        leaf: f"{number}{leaf.removeprefix(argument)}"
        for number, (argument, names) in enumerate(program.arguments.items())
        for leaf in leaves(names)
    }
    found: list[str] = []
    for node in program.nodes:
        if node.opcode == "input":
            said = [inputs[str(node.value)]]
        elif node.opcode == "constant":
            said = [number(node.value)]
        else:
            said = [found[operand] for operand in node.operands]
            said = sorted(said) if node.opcode in COMMUTATIVE else said
        found.append(hashed([node.opcode, *said]))
    for name, place in program.outputs.items():
        yield f"{name} {found[place]}"


# --- tables ---------------------------------------------------------------------------------------


def _tables() -> Iterator[str]:
    yield from of_core(FIRST)
    yield from sorted(line for value in vars(caregiving).values() for line in _people(value))


def of_core(core: Core) -> Iterator[str]:
    """Numbers of a core: parameters with their ranges, the spread of people, every preset."""
    for kind in (core.PartnerParameters, core.SharedParameters):
        for name, rule in declarations(kind).items():
            default = kind._field_defaults[name]
            yield f"{name} {number(default)} {' '.join(map(number, rule.range))}"
    yield number(core.default_spread)
    for name in sorted(core.architectures):
        yield _person(name, core.architecture(name))


def _people(value: Any) -> Iterator[str]:
    """A person, or a table of people by name; nothing else."""
    if isinstance(value, PartnerParameters):
        yield _person("", value)
    elif isinstance(value, Mapping):
        for name, person in value.items():
            yield from (f"{name}{line}" for line in _people(person))


def _person(name: str, person: Any) -> str:
    return f"{name} {' '.join(map(number, person))}"


def number(value: Any) -> str:
    """A number, exactly."""
    return float(value).hex()


# --- calendars ------------------------------------------------------------------------------------


def _calendars() -> Iterator[str]:
    for each in (*_lives(), *_courses()):
        yield from map(array, (*each.situation, *each.events, each.day, each.end))
        yield " ".join(each.kind)
        yield " ".join(number(value) for part in each.at(len(each) // 2) for value in part)


def _lives() -> Iterator[calendar.Calendar]:
    yield calendar.daily_life(15)
    yield calendar.daily_life(15, together=3 / 7)
    yield calendar.separation(2)
    yield calendar.separation(2, texts=True)
    yield calendar.conversation()
    talk = calendar.conversation(7.0, turn_seconds=9.0, owner="B", heat=0.4)
    yield (talk + calendar.daily_life(2)) * 3
    for place, (name, rule) in enumerate(VARIABLES[Event].items()):
        low, high = rule.range
        size = low + 0.75 * ((low + 1.0 if high is None else high) - low)
        yield calendar.daily_life(2).with_event(place % 2, "AB"[place % 2], **{name: size})


def _courses() -> Iterator[calendar.Calendar]:
    for name in sorted(protocols.PROTOCOLS):
        yield protocols.session(name)
        yield protocols.session(name, minutes=33.0, dose=0.6, owner="B", progress=0.8)
        yield protocols.course(name, 3, 10, minutes=20.0, dose=0.5, owner="B", together=0.5)
    for name in (min(protocols.PROTOCOLS), max(protocols.PROTOCOLS)):
        yield protocols.course(name)
        yield protocols.course(name, 1, 4)
    yield protocols.scripted(calendar.daily_life(1), owner="B", help_warmth=0.3)
    room = protocols.laboratory(7.0)
    yield protocols.scripted(room, third=True, when=lambda step: step > 3, help_demand=0.2)
    yield protocols.laboratory(10.0, 0.5, proximity=0.0, contact=0.0)


def array(values: np.ndarray) -> str:
    """Shape, width and numbers of an array, the same on machines with another order of bytes."""
    values = np.asarray(values)
    exact = np.ascontiguousarray(values.astype(values.dtype.newbyteorder("<")))
    return f"{exact.shape} {exact.dtype.kind}{exact.dtype.itemsize} {exact.tobytes().hex()}"


# --- randomness -----------------------------------------------------------------------------------


def _randomness() -> Iterator[str]:
    dyads, steps = np.array([0, 1, 77, 2**40 + 5]), np.arange(3)[:, None]
    for purpose in noise.Purpose:
        yield str(int(purpose))
        for partner in (0, 1):
            for draw in (noise.uniforms, noise.normals):
                yield array(draw(purpose, 2**63 + 12345, dyads, partner, steps, block=2))
    for draw in (noise.uniforms, noise.normals):
        yield array(draw(noise.Purpose.EXCHANGE, 1, 5, 1, 7))
    yield str([noise.child_seed(7, 1, 2**50), noise.child_seed(2**63, 0)])
    yield from _functions()


def _functions() -> Iterator[str]:
    small, turns = np.linspace(-40.0, 40.0, 161), np.arange(128) / 128.0
    large = np.array([-1e3, -708.5, -87.5, 87.5, 708.5, 1e3])
    x = np.concatenate([small, large])
    for kind in (np.float64, np.float32):
        on = elementary.bound("numpy", kind)
        yield from map(array, (on.exp(x.astype(kind)), on.logistic(x.astype(kind))))
        yield array(on.log(np.ldexp(1.0 + turns, np.arange(-64, 64)).astype(kind)))
        yield from map(array, on.sin_cos_turns(turns.astype(kind)))
        yield _constants(vars(on))
    yield _constants(vars(noise.bound("python")))
    yield array(_exp_of_arrays(x))


def _exp_of_arrays(x: np.ndarray) -> np.ndarray:
    """The exponential as the engine without a compiler takes it."""
    found = np.empty_like(x)
    Tape(trace(_exp, "x"), {"x": x}, {"value": found}).run()
    return found


def _exp(x: Any) -> Any:
    return np.exp(x)


def _constants(names: dict[str, Any]) -> str:
    """The constants that an engine's functions use."""
    used = {name for f in names.values() if isfunction(f) for name in f.__code__.co_names}
    constants = sorted(name for name in used & names.keys() if name.isupper())
    return "; ".join(f"{name} {_exact(names[name])}" for name in constants)


def _exact(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(map(_exact, value))
    single = np.asarray(value).item()
    return str(single) if isinstance(single, int) else number(single)


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "program": _programs,
    "tables": _tables,
    "calendars": _calendars,
    "randomness": _randomness,
}


def hashed(lines: Iterable[str]) -> str:
    """SHA-256 of some lines."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


if __name__ == "__main__":
    found = parts()
    for part, value in found.items():
        sys.stdout.write(f"{value} {part}\n")
    sys.stdout.write(f"{together(found)} all\n")
