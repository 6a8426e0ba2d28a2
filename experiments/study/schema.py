"""The JSON schema of study files, for editors and for messages that know the nearest key."""

import json
from functools import cache
from typing import Any

from pydantic import BaseModel

from experiments.study.file import StudyFile


@cache
def schema_of(kind: type[BaseModel]) -> dict[str, Any]:
    """JSON schema of a model."""
    return kind.model_json_schema()


def text() -> str:
    """The schema of study files as it is shipped."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema_of(StudyFile)
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def keys_at(kind: type[BaseModel], path: str) -> list[str]:
    """Keys that a table at ``path`` may hold."""
    found: list[str] = []
    for node in _nodes(kind, path):
        found += list(node.get("properties", {}))
    return list(dict.fromkeys(found)) or ["nothing"]


def field_at(kind: type[BaseModel], path: str) -> dict[str, Any]:
    """What the schema says of the value at ``path``: minimum, maximum, description."""
    about: dict[str, Any] = {}
    for node in _nodes(kind, path):
        about |= {k: node[k] for k in ("minimum", "maximum", "type") if k in node}
        if "description" in node and "properties" not in node:
            about.setdefault("description", node["description"])
    return about


def choices_at(kind: type[BaseModel], path: str) -> tuple[Any, ...]:
    """Every value that may stand at ``path``, if the schema lists them."""
    return tuple(value for node in _nodes(kind, path) for value in node.get("enum", ()))


def _nodes(kind: type[BaseModel], path: str) -> list[dict[str, Any]]:
    """Every schema that the value at ``path`` may be described by."""
    schema = schema_of(kind)
    nodes = _branches(schema, schema)
    for part in filter(None, path.split(".")):
        below: list[dict[str, Any]] = []
        for node in nodes:
            for step in _below(node, part):
                below += _branches(schema, step)
        nodes = below
    return nodes


def _below(node: dict[str, Any], part: str) -> list[dict[str, Any]]:
    if part in node.get("properties", {}):
        return [node["properties"][part]]
    return [node[k] for k in ("additionalProperties", "items") if isinstance(node.get(k), dict)]


def _branches(schema: dict[str, Any], node: dict[str, Any]) -> list[dict[str, Any]]:
    """A node itself, with references and alternatives followed."""
    found = [node]
    if "$ref" in node:
        found += _branches(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    for choice in node.get("anyOf", []) + node.get("oneOf", []) + node.get("allOf", []):
        found += _branches(schema, choice)
    return found
