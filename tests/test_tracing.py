"""A traced program says what the function says, in every language, and refuses what it must."""

import ctypes
import json
import math
import shutil
import subprocess
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.forms import fill, logistic, positive, saturate, settle, squash
from sim.codegen.printers.c_source import c_function
from sim.codegen.printers.common import elements
from sim.codegen.printers.javascript import javascript_function
from sim.codegen.printers.numba_source import lanes_source, scalar_source
from sim.codegen.printers.python import python_function, python_source
from sim.codegen.tracing import leaves, trace

# --- A toy couple in the style of the project -----------------------------------------------------


class State(NamedTuple):
    alarm: float
    arousal: float
    threshold: float
    warmth: float
    mood: float
    trust: float
    silence: float
    error: float


class Traits(NamedTuple):
    gain: float
    vagal_tone: float
    dependence: float
    template: float
    social_baseline: float
    voice: float
    patience: float
    tension: float
    learning: float
    noise: float


class Shared(NamedTuple):
    arousal_time: float
    mood_time: float
    buffer_on: float


class Channel(NamedTuple):
    dt: float
    clarity: float
    presence: float


class Couple(NamedTuple):
    a: State
    b: State


def hear(sent, error, channel, traits):
    """The warmth that arrives through an ambiguous channel."""
    return channel.clarity * sent.warmth + (1.0 - channel.clarity) * traits.noise * error


def partner(own, other, traits, shared, channel):
    """One partner's next state."""
    heard = hear(other, own.error, channel, traits)
    evidence = positive(-heard) + traits.template * (1.0 - own.trust) + 0.1 * abs(own.error)
    buffered = shared.buffer_on * traits.social_baseline * channel.presence * own.trust
    alarm = logistic(traits.gain * (evidence - own.threshold - buffered))
    rise = (0.02 + alarm) / shared.arousal_time
    brake = (0.25 + traits.vagal_tone) / shared.arousal_time
    arousal = fill(own.arousal, rise, brake, channel.dt)
    flooded = arousal > 0.3 + 0.45 * traits.vagal_tone
    warmth = np.where(flooded, -traits.voice * arousal, squash(own.trust - alarm + traits.patience))
    gained = np.minimum(positive(heard) ** 2, 0.9)
    waited = saturate(own.silence / 100.0) * np.sqrt(1.0 + traits.tension)
    mood = squash(traits.dependence * (gained - waited) - 0.5 * alarm)
    learning = channel.dt * traits.learning
    return State(
        alarm=alarm,
        arousal=arousal,
        threshold=own.threshold + learning * (0.5 - alarm),
        warmth=warmth,
        mood=settle(own.mood, mood, channel.dt, shared.mood_time),
        trust=fill(own.trust, gained * traits.learning, 0.001, channel.dt),
        silence=np.maximum((own.silence + channel.dt) * (1.0 - gained), 1.0),
        error=own.error * np.exp(-channel.dt / 30.0) + 0.01 * np.floor(10.0 * own.error),
    )


def exchange(a, b, traits_a, traits_b, shared, channel):
    """Both partners' next states."""
    return Couple(
        a=partner(a, b, traits_a, shared, channel),
        b=partner(b, a, traits_b, shared, channel),
    )


TEMPLATES = State, State, Traits, Traits, Shared, Channel
FIXED = "shared.", "channel."
PROGRAM = trace(exchange, *TEMPLATES)
COUPLES = 50


def draw_inputs(seed=1):
    """Arguments of ``exchange`` for many couples, each number an array over the couples."""
    random = np.random.default_rng(seed)

    def over_couples(template, low, high):
        return template(*(random.uniform(low, high, COUPLES) for _ in template._fields))

    return (
        over_couples(State, 0.0, 1.0)._replace(error=random.normal(size=COUPLES)),
        over_couples(State, -1.0, 1.0)._replace(silence=random.uniform(0.0, 200.0, COUPLES)),
        over_couples(Traits, 0.0, 1.0)._replace(gain=np.full(COUPLES, 8.0)),
        over_couples(Traits, 0.0, 1.0),
        Shared(*(np.full(COUPLES, x) for x in (7.0, 300.0, 1.0))),
        Channel(*(np.full(COUPLES, x) for x in (5.0, 0.7, 1.0))),
    )


def couple_of(arguments, k):
    """The arguments of one couple, as floats."""
    return tuple(type(part)(*(float(column[k]) for column in part)) for part in arguments)


INPUTS = draw_inputs()
ROWS = np.array(list(leaves(INPUTS)))  # inputs x couples
EXPECTED = np.array(list(leaves(exchange(*INPUTS))))  # outputs x couples


def close(values):
    """Assert that outputs x couples agree with NumPy."""
    np.testing.assert_allclose(values, EXPECTED, rtol=1e-12, atol=1e-300)


# --- Every engine gives the numbers of NumPy ------------------------------------------------------


def test_numpy_scalars_agree_with_rows():
    """The text itself runs on scalars and on arrays."""
    rows = [list(leaves(exchange(*couple_of(INPUTS, k)))) for k in range(COUPLES)]
    close(np.array(rows, dtype=float).T)


def test_python_agrees_and_returns_named_tuples():
    """The printed function has the arguments and the result of the traced one."""
    step = python_function(PROGRAM)
    answers = [step(*couple_of(INPUTS, k)) for k in range(COUPLES)]
    assert isinstance(answers[0], Couple) and isinstance(answers[0].b, State)
    close(np.array([list(leaves(answer)) for answer in answers]).T)


def test_the_cases_exercise_both_sides_of_each_choice():
    """A test of np.where says little if the condition never changes."""
    arousal = EXPECTED[list(PROGRAM.outputs).index("a.arousal")]
    assert 0 < np.sum(arousal > 0.3 + 0.45 * INPUTS[2].vagal_tone) < COUPLES


def test_parts_agree_with_the_whole():
    """A prologue for what is fixed, then a body, give the same bits as the program."""
    prologue, body = PROGRAM.split(FIXED)
    whole, first, second = map(python_function, (PROGRAM, prologue, body))
    arguments = couple_of(INPUTS, 3)
    fixed = first(tuple(leaves(arguments[4:])))
    assert second(*arguments, fixed) == whole(*arguments)


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_javascript_agrees():
    """The printed JavaScript, run by node."""
    script = javascript_function(PROGRAM) + (
        f"const rows = {json.dumps(ROWS.T.tolist())};"
        "console.log(JSON.stringify(rows.map(row => { const y = []; step(row, y); return y; })));"
    )
    answer = subprocess.run(["node", "-e", script], capture_output=True, check=True, text=True)
    close(np.array(json.loads(answer.stdout)).T)


@pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc")
def test_c_agrees(tmp_path):
    """The printed C, compiled by gcc."""
    (tmp_path / "step.c").write_text(c_function(PROGRAM))
    flags = ["-std=c99", "-Wall", "-Werror", "-O2", "-ffp-contract=off", "-shared", "-fPIC"]
    command = ["gcc", *flags, "step.c", "-lm", "-o", "step.so"]
    subprocess.run(command, cwd=tmp_path, check=True)
    library = ctypes.CDLL(str(tmp_path / "step.so"))
    results = np.zeros((COUPLES, len(EXPECTED)))
    for row, result in zip(np.ascontiguousarray(ROWS.T), results, strict=True):
        library.step(ctypes.c_void_p(row.ctypes.data), ctypes.c_void_p(result.ctypes.data))
    close(results.T)


def test_numba_agrees_and_lanes_equal_scalars():
    """The scalar step and the loop over lanes, compiled, over several steps."""
    numba = pytest.importorskip("numba")
    carried = {name: name for name in PROGRAM.outputs}
    sources = {
        "step": scalar_source(PROGRAM),
        "run": lanes_source(PROGRAM, "run", fixed=FIXED, carried=carried, lanes=16),
    }
    names = {**pytest.importorskip("sim.randomness.numba_names").NAMES, "exp": math.exp}
    for source in sources.values():
        exec(source, names)
    step, run = (numba.njit(names[name], error_model="numpy") for name in sources)

    inputs, results = np.ascontiguousarray(ROWS.T), np.zeros((COUPLES, len(EXPECTED)))
    for row, result in zip(inputs, results, strict=True):
        step(row, result)
    close(results.T)

    moving = [PROGRAM.inputs.index(name) for name in PROGRAM.outputs]
    fixed = [k for k, name in enumerate(PROGRAM.inputs) if name.startswith(FIXED)]
    couples = np.delete(ROWS, fixed, axis=0)
    run(couples, np.tile(ROWS[fixed, 0], (3, 1)))
    for _ in range(3):
        for row, result in zip(inputs, results, strict=True):
            step(row, result)
        inputs[:, moving] = results
    np.testing.assert_array_equal(couples[: len(moving)].T, results)


def test_python_text_survives_overflow():
    """Where math.exp raises, the result is that of NumPy."""

    def decline(x):
        return logistic(-x)

    step = python_function(trace(decline, float))
    assert step(1000.0) == 0.0
    assert step(-1000.0) == 1.0
    assert step(0.0) == 0.5


def test_tracebacks_show_the_printed_line():
    """An error points into the printed text."""

    def inverse(x):
        return 1.0 / x

    with pytest.raises(ZeroDivisionError) as caught:
        python_function(trace(inverse, float))(0.0)
    assert "return (1.0 / x)" in str(caught.traceback[-1].statement)


# --- What a program holds -------------------------------------------------------------------------


def test_names_are_paths():
    """Inputs and outputs are named by where they stand."""
    assert PROGRAM.inputs[0] == "a.alarm"
    assert "traits_b.vagal_tone" in PROGRAM.inputs
    assert list(PROGRAM.outputs)[-1] == "b.error"
    assert "a.alarm" not in PROGRAM.used_inputs


def test_templates_may_nest_and_may_be_values():
    """Classes with typed fields, instances, plain tuples and numbers all serve as templates."""

    class Pair(NamedTuple):
        left: State
        right: float

    def total(pair, couple, weights, dt, scale=2.0):
        return pair.left.alarm + pair.right + couple.b.mood + weights[1] * dt * scale

    state = State(*range(8))
    program = trace(total, Pair, Couple(state, state), (0.1, 0.2), 5.0)
    assert program.used_inputs == (
        "pair.left.alarm",
        "pair.right",
        "couple.b.mood",
        "weights.1",
        "dt",
    )
    step = python_function(program)
    arguments = Pair(state, 1.0), Couple(state, state), (0.1, 0.2), 5.0
    assert step(*arguments) == total(*arguments)


def test_common_parts_are_computed_once():
    """Equal expressions are one operation, wherever they were written."""

    def twice(x, y):
        return np.exp(x * y) + np.exp(x * y), np.exp(x * y)

    program = trace(twice, float, float)
    assert (program.count(), program.count("exp"), program.count("multiply")) == (3, 1, 1)


def test_dead_parts_are_gone():
    """What no output needs is not in the program."""

    def wasteful(x, y):
        np.exp(y)
        return x + 1.0

    program = trace(wasteful, float, float)
    assert program.count() == 1
    assert program.used_inputs == ("x",)
    assert program.inputs == ("x", "y")


def test_outputs_can_be_chosen():
    """A program of fewer outputs has fewer operations and a plain result."""
    program = PROGRAM.keep(["b.error"])
    assert (program.result, program.count("exp")) == (("b.error",), 1)
    answer = python_function(program)(*couple_of(INPUTS, 0))
    assert answer == (python_function(PROGRAM)(*couple_of(INPUTS, 0)).b.error,)


def test_signed_zeros_stay_apart():
    """0.0 equals -0.0, and still they are two constants."""
    step = python_function(trace(lambda x: (x + 0.0, x * -0.0), float))
    assert [math.copysign(1.0, y) for y in step(-0.0)] == [1.0, 1.0]
    assert math.copysign(1.0, step(1.0)[1]) == -1.0


def test_order_is_kept():
    """Nothing is associated anew."""
    assert "return (((x + y) + z), (x + (y + z)), )" in python_source(
        trace(lambda x, y, z: (x + y + z, x + (y + z)), float, float, float)
    )


def test_hash_names_the_content():
    """The same equations give the same hash; other equations another."""
    assert trace(exchange, *TEMPLATES).hash == PROGRAM.hash
    assert trace(lambda x: x + 1.0, float).hash != trace(lambda x: x + 2.0, float).hash


def test_fixed_operations_leave_the_body():
    """Nothing in the body depends on fixed inputs alone, except conditions."""
    prologue, body = PROGRAM.split(FIXED)
    assert all(name.startswith(FIXED) for name in prologue.inputs)
    assert prologue.count("exp") == 2
    assert body.count("exp") == PROGRAM.count("exp") - 2
    assert prologue.count() + body.count() == PROGRAM.count()


def test_fixed_conditions_are_computed_where_they_are_used():
    """Only numbers cross from the prologue to the body."""

    def chosen(x, dt):
        return np.where(dt * 2.0 > 1.0, x, -x), dt * 3.0

    prologue, body = trace(chosen, float, float).split(("dt",))
    assert (prologue.count("multiply"), prologue.count("greater")) == (2, 0)
    assert (body.count("multiply"), body.count("greater")) == (0, 1)


def test_two_names_for_one_variable_are_refused():
    """``a.b_c`` and ``a_b.c`` would both be ``a_b_c``."""

    class Outer(NamedTuple):
        b_c: float

    class Inner(NamedTuple):
        c: float

    with pytest.raises(ValueError, match="rename a field"):
        python_source(trace(lambda a, a_b: a.b_c + a_b.c, Outer, Inner))


# --- What equations may not do --------------------------------------------------------------------

BRANCHED = "branched on a state"
NUMBER = "asked for the number behind a state"
REFUSED = {
    "if": (lambda x: 1.0 if x > 0.0 else 0.0, BRANCHED),
    "and": (lambda x: np.where(x > 0.0 and x < 1.0, x, 0.0), BRANCHED),
    "max": (lambda x: max(x, 0.0), BRANCHED),
    "math": (lambda x: math.exp(x), NUMBER),
    "float": (lambda x: float(x), NUMBER),
    "round": (lambda x: round(x), NUMBER),
    "iteration": (lambda x: tuple(x), "iterated over a state"),
    "index": (lambda x: x[0], "iterated over a state"),
    "array": (lambda x: np.array([x, x]), "made an array"),
    "clip": (lambda x: np.clip(x, 0.0, 1.0), "np.clip, which is not among"),
    "sin": (lambda x: np.sin(x), "np.sin, which is not among"),
    "mean": (lambda x: np.mean(x), "np.mean, which is not among"),
    "equality": (lambda x: np.where(x == 0.0, 1.0, x), "np.equal, which is not among"),
    "reduction": (lambda x: np.add.reduce(x), "not elementwise"),
    "root as power": (lambda x: x**0.5, "only whole powers"),
    "inverse as power": (lambda x: x**-1, "only whole powers"),
    "exponent": (lambda x: 2.0**x, "use np.exp"),
    "mask as number": (lambda x: x * (x > 0.0), "mixed numbers and truth values"),
    "number as mask": (lambda x: np.where(x, 1.0, 0.0), "mixed numbers and truth values"),
    "mask as output": (lambda x: x > 0.0, "output value is a truth value"),
    "infinity": (lambda x: np.minimum(x, math.inf), "one finite number"),
    "array constant": (lambda x: x + np.ones(3), "one finite number"),
    "text": (lambda x: x + "1", "one finite number"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals_say_the_rule(case):
    """A forbidden equation fails while it is traced, with a sentence."""
    equation, sentence = REFUSED[case]
    with pytest.raises(TypeError, match=sentence):
        trace(equation, float)


# --- Random expressions ---------------------------------------------------------------------------

VARIABLES = ("x", "y", "z")
NUMBERS = st.floats(-1e3, 1e3, allow_nan=False).filter(lambda x: x == 0.0 or abs(x) > 1e-3)
LEAF = st.sampled_from(VARIABLES) | NUMBERS


def grow(part):
    """Larger expressions from smaller ones, as nested tuples."""
    return (
        st.tuples(st.sampled_from(["+", "-", "*", "/", "max", "min"]), part, part)
        | st.tuples(st.sampled_from(["neg", "abs", "root", "floor"]), part)
        | st.tuples(st.just("where"), part, part, part, part)
    )


MEANING = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / (1.0 + abs(y)),
    "max": np.maximum,
    "min": np.minimum,
    "neg": lambda x: -x,
    "abs": np.abs,
    "root": lambda x: np.sqrt(np.abs(x)),
    "floor": np.floor,
    "where": lambda x, y, u, v: np.where(x < y, u, v),
}


def evaluate(tree, values):
    """The value of an expression tree, on numbers or symbols."""
    if isinstance(tree, tuple):
        return MEANING[tree[0]](*(evaluate(part, values) for part in tree[1:]))
    return values.get(tree, tree)


@settings(max_examples=300, deadline=None)
@given(st.recursive(LEAF, grow, max_leaves=30), st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_printed_python_equals_direct_evaluation(tree, numbers):
    """Bit for bit, for every operation that IEEE 754 rounds correctly."""
    program = trace(
        lambda x, y, z: evaluate(tree, dict(zip(VARIABLES, (x, y, z), strict=True))), *numbers
    )
    direct = evaluate(tree, dict(zip(VARIABLES, map(np.float64, numbers), strict=True)))
    assert python_function(program)(*numbers) == direct or math.isnan(direct)


def test_elements_are_numbered():
    """Arrays hold inputs and outputs in the order of the program."""
    assert elements("inputs", ("a.x", "b.x")) == {"a.x": "inputs[0]", "b.x": "inputs[1]"}
