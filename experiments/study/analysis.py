"""What a design can tell: sensitivity tables of a finished study, with their warnings."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.study.design import MORRIS_LEVELS
from experiments.study.reported import about
from experiments.study.table import Finished
from sim.analysis import sensitivity

FEWEST_FOR_PAWN = 64
MOST_INPUTS_SHOWN = 12


class Analysis(NamedTuple):
    """Sensitivity of each measure: one table (a row an input) by column of the study."""

    method: str
    by: str
    tables: dict[str, pd.DataFrame]
    convergence: dict[str, pd.DataFrame]
    notes: list[str]

    @staticmethod
    def title(column: tuple[str, str]) -> str:
        """The name under which a column of the study stands in ``tables``."""
        return title_of(column)


def title_of(column: tuple[str, str]) -> str:
    """Name of a column for people, such as ``Alarm of A``."""
    name = about(column[0]).title
    return f"{name} of {column[1]}" if column[1] else name


def analyse(finished: Finished) -> Analysis | None:
    """Sensitivity if the design is a sample; None for grids and lists."""
    method = finished.study.file.design.method
    if method not in _METHODS:
        return None
    if finished.complete < len(finished.rows):
        missing = len(finished.rows) - finished.complete
        return Analysis(method, "", {}, {}, [f"{missing} cells are missing: no sensitivity yet."])
    if method in ("sobol", "latin_hypercube") and len(finished.rows) < FEWEST_FOR_PAWN:
        return Analysis(method, "", {}, {}, [f"Fewer than {FEWEST_FOR_PAWN} cells: no PAWN."])
    problem = problem_of(finished)
    points = np.array(finished.rows, float)
    by, tables, convergence, notes = _METHODS[method], {}, {}, []
    for place, column in enumerate(finished.columns):
        output, name = finished.means[:, place], title_of(column)
        bad = int((~np.isfinite(output)).sum())
        if bad or not np.ptp(output):
            notes += (
                [f"{name}: undefined in {bad} cells, not analysed."]
                if bad
                else [f"{name}: the same in all cells."]
            )
            continue
        tables[name] = _table(method, problem, points, output, finished.study.plan.seed)
        if method == "saltelli":
            convergence[name] = sensitivity.sobol_convergence(
                problem, output, finished.study.plan.seed, points
            )
        notes.append(_note(name, tables[name], finished.errors[:, place], output))
    return Analysis(method, by, tables, convergence, notes)


def problem_of(finished: Finished) -> dict[str, Any]:
    """Inputs and their ranges."""
    factors = finished.study.factors
    low, high = [f.low for f in factors], [f.high for f in factors]
    return sensitivity.problem(finished.names, low, high)


def _table(
    method: str, problem: dict[str, Any], points: np.ndarray, output: np.ndarray, seed: int
) -> pd.DataFrame:
    if method == "saltelli":
        return sensitivity.sobol_indices(problem, output, seed, points=points)
    if method == "morris":
        return sensitivity.morris_indices(problem, points, output, seed, MORRIS_LEVELS)
    return sensitivity.pawn_indices(problem, points, output, seed)


_METHODS = {"saltelli": "ST", "morris": "mu_star", "sobol": "pawn", "latin_hypercube": "pawn"}


def _note(name: str, table: pd.DataFrame, errors: np.ndarray, output: np.ndarray) -> str:
    share = sensitivity.noise_share(errors, output)
    text = f"{name}: {100 * share:.0f} % of the variance over cells is Monte-Carlo error"
    if "ST" in table:
        widest = float((table.ST_high - table.ST_low).max())
        done = "converged" if sensitivity.converged(table) else "not converged: more samples"
        text += f"; widest 95 % interval of a total index: {widest:.2f} from end to end ({done})"
    return text + "."


def strongest(table: pd.DataFrame, index: str) -> pd.DataFrame:
    """The inputs that matter most, the first on top."""
    return table.sort_values(index, ascending=False, kind="stable").head(MOST_INPUTS_SHOWN)
