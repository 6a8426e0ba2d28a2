"""Models generated from the declarations of ``models/``: one field a parameter, with its range."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from models.parameters import PARAMETERS, PartnerParameters, SharedParameters
from models.state import VARIABLES, Event


class Frozen(BaseModel):
    """Refuses unknown keys, numbers that are none, and change."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, strict=True)


def _field(meaning: str, limits: Any, unit: str) -> tuple[Any, Any]:
    low, high = limits or (None, None)
    text = f"{meaning}, {'dimensionless' if unit == '1' else unit}"
    return Annotated[float | None, Field(ge=low, le=high, description=text)], None


def _partial(name: str, rules: Any, about: str) -> Any:
    """A model in which every declared quantity may be given, within its range."""
    fields: Any = {key: _field(r.meaning, r.range, r.unit) for key, r in rules.items()}
    return create_model(name, __base__=Frozen, __doc__=about, **fields)


Overrides: Any = _partial(
    "Overrides", PARAMETERS[PartnerParameters], "Parameters of one partner that differ."
)
Shared: Any = _partial("Shared", PARAMETERS[SharedParameters], "Shared parameters that differ.")
HappensTo: Any = _partial("HappensTo", VARIABLES[Event], "Fields of an event.")


def given(partial: BaseModel) -> dict[str, float]:
    """The quantities that were given."""
    return partial.model_dump(exclude_none=True)
