"""Fixtures that any test may ask for, and settings of all tests."""

import pytest
from hypothesis import settings

from tests.helpers.order import dear_first
from tests.helpers.rule import rule_of
from tests.helpers.seeds import SEEDS

settings.register_profile("house", max_examples=100, deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed{seed}")
def seed(request) -> int:
    """A seed; whatever takes it must hold for each."""
    return request.param


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed{seed}")
def module_seed(request) -> int:
    """A seed for runs that several tests of a file share."""
    return request.param


def pytest_collection_modifyitems(items):
    """Files of dear tests come first; within a file the order stays."""
    items.sort(key=lambda item: dear_first(item.nodeid))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failing test names its rule and the part of the project that it looks at."""
    report = yield
    if report.failed:
        rule = rule_of(item.path, item.module.__doc__, item.function.__doc__)
        report.sections.append(("The rule", rule))
    return report
