"""``python -m experiments``: list the experiments and run them."""

import signal

from experiments.cli import main

if __name__ == "__main__":
    # A polite kill then ends like Ctrl-C: with nothing half-written left.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    raise SystemExit(main())
