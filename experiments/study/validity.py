"""Whether a part of a study file is what it should be, and if not, why, in the user's words."""

from typing import Any

from pydantic import BaseModel, ValidationError

from experiments.study.messages import lines
from experiments.study.schema import field_at, keys_at
from models.parameters import unknown


def alone(kind: Any, raw: Any) -> Any:
    """The model of one part, or None; its faults were told with the whole file's."""
    return valid(kind, raw, [])


def valid(kind: type[BaseModel], raw: Any, found: list[tuple[str, str]]) -> BaseModel | None:
    """The model, or None with its faults appended."""
    try:
        return kind.model_validate(raw)
    except ValidationError as wrong:
        found += [(path, hinted(kind, path, message)) for path, message in lines(wrong)]
    except (OverflowError, RecursionError):
        found.append(("", "holds a number too large or tables too deep"))
    return None


def hinted(kind: type[BaseModel], path: str, message: str) -> str:
    """A message with what the schema knows: the nearest key, the range, the meaning."""
    above, _, last = path.rpartition(".")
    if message == "no such key":
        return unknown(last[:60], keys_at(kind, above), "key")
    about = field_at(kind, path)
    limits = [about.get("minimum"), about.get("maximum")]
    if message.startswith(("must be at least", "must be at most")) and None not in limits:
        message = f"must be in [{limits[0]:g}, {limits[1]:g}]" + message[message.index(", got") :]
    meaning = about.get("description", "")
    return f"{message} ({meaning})" if meaning else message
