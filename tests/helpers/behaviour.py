"""What tests of behaviour share."""

import pytest

from models import ARCHITECTURES
from tests.helpers.seeds import SEEDS

NAMES = tuple(ARCHITECTURES)
each_seed = pytest.mark.parametrize("seed", SEEDS)


def in_contact(data):
    """The part of a trajectory in which the partners were in contact."""
    return data.isel(time=data["kind"].values == "exchange")
