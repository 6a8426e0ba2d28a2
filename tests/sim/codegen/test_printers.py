"""Whatever language a program is printed in, it gives the numbers of NumPy."""

import ctypes
import json
import math
import shutil
import subprocess

import numpy as np
import pytest

from models.forms import logistic
from sim.codegen.printers.c_source import c_body
from sim.codegen.printers.common import body, elements, indent
from sim.codegen.printers.javascript import javascript_function
from sim.codegen.printers.numba_source import NUMBA
from sim.codegen.printers.python import python_function
from sim.codegen.tracing import leaves, trace
from tests.helpers.toy_couple import (
    COUPLES,
    FIXED,
    INPUTS,
    PROGRAM,
    Couple,
    State,
    couple_of,
    exchange,
)

ROWS = np.array(list(leaves(INPUTS)))  # inputs x couples
EXPECTED = np.array(list(leaves(exchange(*INPUTS))))  # outputs x couples


def close(values):
    """Assert that outputs x couples agree with NumPy."""
    np.testing.assert_allclose(values, EXPECTED, rtol=1e-12, atol=1e-300)


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


def in_arrays():
    """Where printed statements find inputs and put outputs: in the order of the program."""
    inputs, outputs = elements("inputs", PROGRAM.inputs), elements("outputs", PROGRAM.outputs)
    return inputs.__getitem__, outputs.__getitem__


@pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc")
def test_c_agrees(tmp_path):
    """The printed C, compiled by gcc."""
    lines = ["#include <math.h>", "void step(const double *inputs, double *outputs) {"]
    lines += [*indent(c_body(PROGRAM, *in_arrays())), "}", ""]
    (tmp_path / "step.c").write_text("\n".join(lines))
    flags = ["-std=c99", "-Wall", "-Werror", "-O2", "-ffp-contract=off", "-shared", "-fPIC"]
    command = ["gcc", *flags, "step.c", "-lm", "-o", "step.so"]
    subprocess.run(command, cwd=tmp_path, check=True)
    library = ctypes.CDLL(str(tmp_path / "step.so"))
    results = np.zeros((COUPLES, len(EXPECTED)))
    for row, result in zip(np.ascontiguousarray(ROWS.T), results, strict=True):
        library.step(ctypes.c_void_p(row.ctypes.data), ctypes.c_void_p(result.ctypes.data))
    close(results.T)


def test_numba_agrees():
    """The printed statements, compiled by Numba."""
    numba = pytest.importorskip("numba")
    from sim.randomness import numba_names

    lines = ["def step(inputs, outputs):", *indent(body(PROGRAM, NUMBA, *in_arrays()))]
    names = vars(numba_names) | {"exp": math.exp, "sqrt": np.sqrt, "floor": np.floor}
    exec("\n".join(lines), names)
    step = numba.njit(names["step"], error_model="numpy")
    results = np.zeros((COUPLES, len(EXPECTED)))
    for row, result in zip(np.ascontiguousarray(ROWS.T), results, strict=True):
        step(row, result)
    close(results.T)


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


def test_elements_are_numbered():
    """Arrays hold inputs and outputs in the order of the program."""
    assert elements("inputs", ("a.x", "b.x")) == {"a.x": "inputs[0]", "b.x": "inputs[1]"}
