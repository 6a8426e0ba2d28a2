"""Whether points and outputs are what a sensitivity method needs: its own design, row for row.

A count that fits proves nothing: indices computed from another design are numbers without meaning.
"""

from typing import Any

import numpy as np

from sim.checks import listed, numbers, shown, whole

MOST_LEVELS = 1000
SAME = 1e-9
"""Two points are one if they differ by less than this share of an input's range."""


def checked(problem: Any) -> dict[str, Any]:
    """``problem`` if it is one: names that differ, as many ranges, low below high."""
    if not isinstance(problem, dict) or not {"num_vars", "names", "bounds"} <= set(problem):
        raise ValueError(f"problem = {shown(problem)}: must be made by problem(names, low, high)")
    names, bounds = listed("problem: names", problem["names"], "inputs"), problem["bounds"]
    ends = numbers("problem: bounds", bounds)
    if ends.shape != (len(names), 2) or problem["num_vars"] != len(names):
        raise ValueError(f"problem: num_vars and bounds must be those of its {len(names)} names")
    if not (names and len(set(map(str, names))) == len(names) and np.isfinite(ends).all()):
        raise ValueError("problem: must have at least one name, each once, and finite bounds")
    if not (ends[:, 0] < ends[:, 1]).all():
        raise ValueError("problem: bounds must each be low below high")
    return problem


def outputs(output: Any) -> np.ndarray:
    """One number for each point, all finite; else ``ValueError`` in one line."""
    if np.ma.is_masked(output):
        raise ValueError("output: has masked values; every point needs its output")
    try:
        values = numbers("output", output)
    except ValueError:
        raise ValueError("output: must be numbers, one for each point") from None
    if values.ndim != 1:
        raise ValueError(
            f"output of shape {values.shape}: must be (points,), one number for each point"
            + ("; take one column" if values.ndim == 2 else "")
        )
    if bad := int((~np.isfinite(values)).sum()):
        raise ValueError(f"output: {bad} of {len(values)} values are not finite")
    return values


def points_of(problem: dict[str, Any], points: Any, count: int) -> np.ndarray:
    """The points as (points, inputs), as many as outputs, within the ranges of the problem."""
    inputs = len(problem["names"])
    try:
        rows = numbers("points", points)
    except ValueError:
        raise ValueError("points: must be numbers, (points, inputs), none masked") from None
    if rows.ndim != 2 or rows.shape[1] != inputs:
        raise ValueError(f"points of shape {rows.shape}: must be (points, {inputs} inputs)")
    if len(rows) != count:
        raise ValueError(f"{count} outputs of {len(rows)} points: must be as many")
    low, high = np.array(problem["bounds"], float).T
    slack = SAME * (high - low)
    outside = ~((rows >= low - slack) & (rows <= high + slack))
    if outside.any():
        row, place = (int(x) for x in np.argwhere(outside)[0])
        raise ValueError(
            f"points, row {row}: {problem['names'][place]} = {rows[row, place]:g} must be in "
            f"[{low[place]:g}, {high[place]:g}], the range of the problem"
        )
    return rows


def check_count(count: int, each: int, why: str) -> None:
    """Refuse a number of outputs that is no whole number of blocks."""
    if count == 0 or count % each:
        raise ValueError(
            f"{count} outputs: must be a multiple of {why} = {each}; which rows are missing cannot "
            "be told, so give an output for every point of the design"
        )


def check_saltelli(problem: dict[str, Any], output: np.ndarray, points: Any) -> None:
    """Refuse points that are not Saltelli's blocks: A, A with one column of B in turn, B."""
    inputs = len(problem["names"])
    check_count(len(output), inputs + 2, "(inputs + 2)")
    if points is None:
        raise ValueError(
            "sobol_indices: needs the points too, sobol_indices(problem, output, points=points); "
            "from another design than sobol_design's the indices mean nothing"
        )
    blocks = _units(problem, points, len(output)).reshape(-1, inputs + 2, inputs)
    first, last, mixed = blocks[:, :1], blocks[:, -1:], blocks[:, 1:-1]
    swapped = np.eye(inputs, dtype=bool)
    wrong = np.abs(mixed - np.where(swapped, last, first)) > SAME
    if wrong.any():
        block, row, place = (int(x) for x in np.argwhere(wrong)[0])
        raise ValueError(
            f"points, row {block * (inputs + 2) + row + 1}: {problem['names'][place]} is not as in "
            "Saltelli's blocks (A, A with one column of B, B); take sobol_design in its own order, "
            "without second order, or pawn_indices, which takes any sample"
        )
    still = np.abs(first - last).max(axis=(0, 1)) <= SAME
    if still.any():
        name = problem["names"][int(np.argmax(still))]
        raise ValueError(f"points: '{name}' does not vary")


def check_morris(problem: dict[str, Any], output: np.ndarray, points: Any, levels: int) -> None:
    """Refuse points that are not trajectories: from row to row one input moves, each once."""
    if whole("levels", levels, "levels of the design", 2, MOST_LEVELS) % 2:
        raise ValueError(f"levels = {levels}: must be an even whole number of at least 2")
    inputs = len(problem["names"])
    check_count(len(output), inputs + 1, "(inputs + 1)")
    paths = _units(problem, points, len(output)).reshape(-1, inputs + 1, inputs)
    moves = np.diff(paths, axis=1)
    moved = np.abs(moves) > SAME
    delta = levels / (2.0 * (levels - 1.0))
    one = (moved.sum(axis=2) == 1).all(axis=1) & (moved.sum(axis=1) == 1).all(axis=1)
    size = (np.abs(np.abs(moves) - delta * moved) <= 1e-6).all(axis=(1, 2))
    if not (one & size).all():
        path = int(np.argmin(one & size))
        what = (
            f"moves by other than {delta:.3g} of the range; other levels than {levels}?"
            if one[path]
            else "must move one input from row to row, each once"
        )
        raise ValueError(
            f"points, rows {path * (inputs + 1)} to {(path + 1) * (inputs + 1) - 1}: {what}; take "
            "morris_design in its own order, or pawn_indices, which takes any sample"
        )


def _units(problem: dict[str, Any], points: Any, count: int) -> np.ndarray:
    low, high = np.array(problem["bounds"], float).T
    unit: np.ndarray = (points_of(problem, points, count) - low) / (high - low)
    return unit
