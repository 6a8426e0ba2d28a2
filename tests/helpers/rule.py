"""What a failing test says beside its assertion: the rule that it keeps, and where to look."""

from pathlib import Path

from tests.helpers.paths import ROOT


def place_of(path: Path) -> str:
    """The module that a test file mirrors, or the nearest folder; '' for the whole project."""
    *folders, name = path.relative_to(ROOT / "tests").parts
    module = Path(*folders, name.removeprefix("test_"))
    places = [module, *module.parents[:-1]]
    return next((place.as_posix() for place in places if (ROOT / place).exists()), "")


def rule_of(path: Path, *docs: str | None) -> str:
    """First lines of what a test's file and the test say, and the place to look into."""
    lines = [doc.strip().splitlines()[0] for doc in docs if doc]
    place = place_of(path)
    return "\n".join([*lines, *([f"Look into: {place}"] if place else [])])
