"""How the program is called: what the user typed, for usage lines and hints; what a record holds.

Records keep ``python -m experiments``, which works in every checkout, installed or not.
"""

import os
import sys
from pathlib import Path

INSTALLED, MODULE = "pairbond", "python -m experiments"
STARTER = "PAIRBOND_PROGRAM"
"""In the environment: the name under which another program, such as ``go.py``, starts this one."""


def typed() -> str:
    """The program as the user typed it."""
    given = os.environ.get(STARTER)
    if given:
        return given
    as_module = Path(sys.argv[0]).parts[-2:] == ("experiments", "__main__.py")
    return MODULE if as_module else INSTALLED
