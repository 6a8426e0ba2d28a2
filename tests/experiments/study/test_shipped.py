"""Shipped studies are valid, ask something, and fit the schema for editors."""

import pytest

from experiments.study import design, schema
from experiments.study.study import load
from tests.helpers.study_files import SHIPPED


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_studies_are_valid_and_ask_something(path):
    study = load(path)
    assert study.file.question.endswith("?") and study.file.expects
    assert 1 < design.count(study) <= 100_000


def test_at_least_six_studies_are_shipped():
    assert len(SHIPPED) >= 6


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_schema_accepts_what_is_shipped(path):
    import json
    import tomllib

    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(tomllib.loads(path.read_text(encoding="utf-8")), json.loads(schema.text()))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"titel": "x"}, json.loads(schema.text()))
