"""What tests of the explorable page share."""

import shutil

import pytest

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="needs node")
