"""What a run costs a user, before and after: ``python -m experiments.bench.paired OLD_TREE``.

Each question runs in an older checkout and in this one by turns, every time as a program of its
own and at its default size. Compared is processor time, user and system, so that other users of
the machine count little. One round beforehand warms the caches and compares what was computed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from sim.provenance import ROOT

QUESTIONS = ("couple", "scanner_withdrawer")
TABLES = ("table.csv", "individual.csv", "dyad.csv")


class Comparison(NamedTuple):
    """Medians [processor seconds] of both trees, and new over old: median and range of rounds."""

    old: float
    new: float
    ratio: float
    low: float
    high: float


def compare(rounds: Sequence[tuple[float, float]]) -> Comparison:
    """Of (old, new) seconds, one pair a round."""
    old, new = zip(*rounds, strict=True)
    ratios = [b / a for a, b in rounds]
    return Comparison(median(old), median(new), median(ratios), min(ratios), max(ratios))


def measure(old: Path, question: str, rounds: int, folder: Path) -> tuple[Comparison, list[str]]:
    """Costs of a question in both trees, and the names of results that differ between them."""
    outs = {old: folder / "old", ROOT: folder / "new"}
    for tree, out in outs.items():
        seconds(tree, question, out)
    found = []
    for number in range(rounds):
        # Who goes first changes: a machine that slows down would favour the first.
        order = (old, ROOT) if number % 2 == 0 else (ROOT, old)
        cost = {tree: seconds(tree, question, outs[tree]) for tree in order}
        found.append((cost[old], cost[ROOT]))
    return compare(found), differing(*outs.values())


def seconds(tree: Path, question: str, out: Path) -> float:
    """Processor seconds of one run in ``tree``, as a program of its own."""
    import resource  # not on Windows

    shutil.rmtree(out, ignore_errors=True)  # what is there already would not be computed again
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "experiments", "run", question, "--out", str(out)]
    around = os.environ | {"PYTHONPATH": str(tree)}
    subprocess.run(words, cwd=tree, env=around, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def differing(one: Path, other: Path) -> list[str]:
    """Tables that are not the same bytes, and variables that are not the same values."""
    import xarray as xr

    there = [n for n in TABLES if (one / n).exists() or (other / n).exists()]
    found = [n for n in there if not _same(one / n, other / n)]
    with xr.open_dataset(one / "results.nc") as a, xr.open_dataset(other / "results.nc") as b:
        names = sorted({str(name) for name in (*a.variables, *b.variables)})
        found += [n for n in names if n not in a or n not in b or not a[n].equals(b[n])]
    return found


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


def line(question: str, found: Comparison, rounds: int, differ: list[str]) -> str:
    """What was found, in words."""
    same = f"DIFFERENT RESULTS: {', '.join(differ)}" if differ else "same results"
    return (
        f"{question}: {found.old:.2f} s before, {found.new:.2f} s now, ratio {found.ratio:.2f} "
        f"({found.low:.2f} to {found.high:.2f} in {rounds} rounds); {same}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and say; 1 if the two trees computed different numbers."""
    parser = argparse.ArgumentParser(prog="python -m experiments.bench.paired")
    parser.add_argument("old", type=Path, metavar="OLD_TREE", help="another checkout")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of runs (5)")
    parser.add_argument("--questions", nargs="+", default=QUESTIONS, metavar="NAME")
    asked = parser.parse_args(arguments)
    if asked.rounds < 1:
        parser.error(f"--rounds = {asked.rounds}: must be at least 1")
    if not (asked.old / "experiments" / "__main__.py").is_file():
        parser.error(f"OLD_TREE = {asked.old}: must be a checkout with experiments/__main__.py")
    differ = False
    for question in asked.questions:
        with tempfile.TemporaryDirectory() as folder:
            found, names = measure(asked.old.resolve(), question, asked.rounds, Path(folder))
        print(line(question, found, asked.rounds, names), flush=True)
        differ |= bool(names)
    return int(differ)


if __name__ == "__main__":
    sys.exit(main())
