"""The program ``pairbond``, also ``python -m experiments``: ask the simulation a question."""

import sys


def program() -> int:
    """Run the command line as a process of its own and return the exit code."""
    try:
        from experiments.runner.signals import listen, quiet_end
        from experiments.runner.streams import printed, steady

        listen()  # a polite kill and a closed terminal then end like Ctrl-C
        steady()
        code = printed(_run)
        quiet_end()
        return code
    except KeyboardInterrupt:  # before any command had begun
        print("Interrupted: nothing was written.", file=sys.stderr)
        return 130


def _run() -> int:
    try:
        from experiments.runner.cli import main
    except ModuleNotFoundError as fault:
        if fault.name and fault.name.split(".")[0] in ("experiments", "sim", "models"):
            raise
        sys.exit(
            f"{fault.name} is missing in this Python ({sys.executable}): activate .venv, "
            "or call python3 go.py run NAME"
        )
    from experiments.runner.lean import hide_dask, rarer_collections

    rarer_collections()
    hide_dask()
    return main()


if __name__ == "__main__":
    raise SystemExit(program())
