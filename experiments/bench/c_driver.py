"""The same kernel in C, generated when it is needed: the limit that the bench prints beside ours.

Equations come from the traced exchange, constants from ``sim.randomness``. With
contraction off the result is the bits of the compiled engine, which the bench checks.
"""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from sim.codegen.printers.c_source import C99, c_body
from sim.codegen.printers.common import identifiers, indent
from sim.engines.traced import common_names, parts
from sim.randomness import constants, noise

FLAGS = tuple(
    """
    -O3 -march=native -ffp-contract=off -fno-math-errno -fno-trapping-math -fopenmp-simd -std=gnu11
    -shared -fPIC
    """.split()
)
HEAD = """\
#include <math.h>
#include <stdint.h>
#include <string.h>
typedef uint64_t word;
static inline double real(word n) {{ double x; memcpy(&x, &n, 8); return x; }}
static inline word bits(double x) {{ word n; memcpy(&n, &x, 8); return n; }}
static inline double own_exp(double x)
{{
    x = x < {low} ? {low} : x;
    x = x > {high} ? {high} : x;
    const double shifted = x * {per_ln2} + {shifter}, k = shifted - {shifter};
    const double r = (x - k * {ln2_high}) - k * {ln2_low}, z = r * r;
    const double q = {even} + r * {odd};
    return ((r + z * q) + 1.0) * real(bits(shifted) << 52);
}}
static inline double own_log(double x)
{{
    const word raised = bits(x) + ({one_bits}ull - {root}ull);
    const double k = real((raised >> 52) | {zero}ull) - {offset};
    const double f = real((raised & {mask}ull) + {root}ull) - 1.0;
    const double s = f / (2.0 + f), z = s * s, half_square = 0.5 * f * f;
    const double tail = s * (half_square + z * {log}) + k * {ln2_low};
    return k * {ln2_high} + (f - (half_square - tail));
}}
static inline double sine_of_turns(double r) {{ const double z = r * r; return r * {sine}; }}
static inline void pair(word a, word b, double *x, double *y)
{{
    const double u = (a + 0.5) * 0x1p-32, v = (b + 0.5) * 0x1p-32;
    const double radius = sqrt(-2.0 * own_log(u));
    const double h = floor(v + v + 0.5), r = v - 0.5 * h, sign = h == 1.0 ? -1.0 : 1.0;
    *y = radius * (sign * sine_of_turns(r));
    *x = radius * (sign * sine_of_turns(0.25 - fabs(r)));
}}
static inline void draw(word low, word high, word dyad, word role, word step, double *out)
{{
    word a = step, b = dyad & 0xFFFFFFFFull, c = role, d = dyad >> 32;
    for (int i = 0; i < 10; i++) {{
        const word p = {m0}ull * a, q = {m1}ull * c;
        a = (q >> 32) ^ (b ^ low); b = q & 0xFFFFFFFFull;
        c = (p >> 32) ^ (d ^ high); d = p & 0xFFFFFFFFull;
        low = (low + {w0}ull) & 0xFFFFFFFFull; high = (high + {w1}ull) & 0xFFFFFFFFull;
    }}
    pair(a, b, out, out + 1);
    pair(c, d, out + 2, out + 3);
}}
"""
ARRAYS = ("state", "people", "table", "dyads", "address", "rows", "weights", "sums")
"""What the kernel works on, laid out as in ``sim.engines.compiled``."""
KERNEL = """\
void advance(double *state, const double *people, const double *table, const word *dyads,
             const word *address, const int64_t *rows, long count, const double *weights,
             double *sums, long blocks, long steps)
{{
    static _Thread_local double block[{height}][{lanes}] __attribute__((aligned(64)));
    for (long part = 0; part < blocks; part++) {{
        memcpy(block, state + part * {states} * {lanes}, sizeof(double) * {states} * {lanes});
        memcpy(block[{shown}], people + part * {persons} * {lanes},
               sizeof(double) * {persons} * {lanes});
        for (long step = 0; step < steps; step++) {{
            const double *now = table + step * {table};
            #pragma omp simd
            for (int lane = 0; lane < {lanes}; lane++) {{
                double random_numbers[8];
                const word dyad = dyads[part * {lanes} + lane];
                draw(address[0], address[1], dyad, address[2], step, random_numbers);
                draw(address[0], address[1], dyad, address[3], step, random_numbers + 4);
                for (int i = 0; i < 8; i++) block[{random_numbers} + i][lane] = random_numbers[i];
            }}
{loads}
            #pragma omp simd
            for (int lane = 0; lane < {lanes}; lane++) {{
{main}
            }}
            for (long number = 0; number < count; number++) {{
                double *into = sums + (part * count + number) * {lanes};
                const double *from = block[rows[number]];
                for (int lane = 0; lane < {lanes}; lane++) into[lane] += weights[step] * from[lane];
            }}
        }}
        memcpy(state + part * {states} * {lanes}, block, sizeof(double) * {states} * {lanes});
    }}
}}
"""


def compiler() -> str | None:
    """A C compiler, clang before others; None where there is none."""
    return next(filter(None, map(shutil.which, ("clang", "gcc", "cc"))), None)


def kernel(lanes: int) -> Callable[..., None]:
    """Compile the kernel; it takes ``ARRAYS`` in this order, for one bin."""
    command = compiler()
    assert command is not None
    with tempfile.TemporaryDirectory() as folder:
        text, library = Path(folder) / "kernel.c", Path(folder) / "kernel.so"
        text.write_text(source(lanes), encoding="utf-8")
        subprocess.run([command, *FLAGS, str(text), "-o", str(library), "-lm"], check=True)
        function = ctypes.CDLL(str(library)).advance

    def pointer(array: np.ndarray) -> ctypes.c_void_p:
        assert array.flags.c_contiguous
        return ctypes.c_void_p(array.ctypes.data)

    def advance(*arrays: np.ndarray) -> None:
        at = {name: pointer(array) for name, array in zip(ARRAYS, arrays, strict=True)}
        blocks, _, steps, *_, rows, _, _ = map(len, arrays)
        before = (at[name] for name in ARRAYS[: ARRAYS.index("rows") + 1])
        sizes = ctypes.c_long(blocks), ctypes.c_long(steps)
        function(*before, ctypes.c_long(rows), at["weights"], at["sums"], *sizes)

    return advance


def source(lanes: int) -> str:
    """The text of the kernel."""
    _, rest, layout = parts()
    names = identifiers((*rest.inputs, *common_names()))
    shown = len(layout.states) + len(layout.signals)
    out = {name: f"block[{k}][lane]" for k, name in enumerate((*layout.states, *layout.signals))}
    given = {name: out[name] for name in layout.states}
    inward = (*layout.people, *layout.random_numbers)
    given |= {name: f"block[{shown + k}][lane]" for k, name in enumerate(inward)}
    main = c_body(
        rest,
        lambda name: given.get(name, names[name]),
        lambda name: out[name],
        C99.spelling(exp="own_exp({0})", log="own_log({0})"),
    )
    loads = [f"const double {names[name]} = now[{k}];" for k, name in enumerate(common_names())]
    return head() + KERNEL.format(
        height=shown + len(inward),
        lanes=lanes,
        states=len(layout.states),
        shown=shown,
        persons=len(layout.people),
        random_numbers=shown + len(layout.people),
        table=len(common_names()),
        loads="\n".join(indent(loads, 3)),
        main="\n".join(indent(main, 4)),
    )


def head() -> str:
    """The elementary functions and the noise, from the same constants as everywhere."""
    e = constants
    return HEAD.format(
        low=e.EXP_LOWEST,
        high=e.EXP_HIGHEST,
        per_ln2=repr(e.PER_LN2),
        shifter=repr(e.SHIFTER),
        ln2_high=repr(e.LN2_HIGH),
        ln2_low=repr(e.LN2_LOW),
        even=horner(e.EXP_EVEN),
        odd=horner(e.EXP_ODD),
        log=horner(e.LOG),
        sine=horner(e.SINE),
        one_bits=e.ONE_BITS,
        root=e.ROOT_HALF_BITS,
        zero=e.EXPONENT_ZERO,
        offset=repr(e.EXPONENT_OFFSET),
        mask=e.FRACTION_MASK,
        m0=noise.MULTIPLIER_0,
        m1=noise.MULTIPLIER_1,
        w0=noise.WEYL_0,
        w1=noise.WEYL_1,
    )


def horner(coefficients: tuple[float, ...]) -> str:
    """A polynomial in ``z`` by Horner's rule."""
    text = repr(coefficients[0])
    for coefficient in coefficients[1:]:
        text = f"({text} * z + {coefficient!r})"
    return text
