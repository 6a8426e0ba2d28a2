"""``python -m experiments``: list the experiments and run them."""

import signal
import sys

try:
    from experiments.runner.cli import main
except ModuleNotFoundError as fault:
    if fault.name and fault.name.split(".")[0] in ("experiments", "sim", "models"):
        raise
    sys.exit(
        f"{fault.name} is missing in this Python ({sys.executable}): activate .venv, "
        "or call python3 go.py run NAME"
    )

if __name__ == "__main__":
    # A polite kill then ends like Ctrl-C: with nothing half-written left.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    raise SystemExit(main())
