"""The cells of a study by name, in the order of its design."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.study.file import Study


def keys(study: "Study", science: str | None = None) -> Any:
    """(key, row) of each cell, in order."""
    from experiments.study import design
    from experiments.study.cell import Cell, content, key_of, science_hash

    science = science or science_hash()
    paths = [factor.path for factor in study.factors]
    for row in design.rows(study):
        try:
            scenario = design.build(study.base, dict(zip(paths, row, strict=True)))
        except ValueError:
            yield key_of({"settings": dict(zip(paths, row, strict=True))}), row
            continue
        yield key_of(content(Cell(scenario, study.plan), science)), row
