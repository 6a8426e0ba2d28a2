"""``python -m experiments page``: check what is installed, find a port, let Solara serve."""

import os
import signal
import socket
import threading
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

from sim.provenance import ROOT

APP = "experiments.pages.live_page"
HOST = "localhost"
INSTALL = 'python -m pip install -c constraints.txt -e ".[page]"'
NEEDED = ("solara", "solara-assets", "ipyvuetify", "ipyvue", "altair")
BELOW_3 = ("ipyvuetify", "ipyvue")
STOPPED = 130
LOOK = 0.2  # s


def serve(port: int | None, browser: bool) -> None:
    """Serve the live page until Ctrl-C; ``port`` None lets the system choose a free one."""
    check_installed()
    chosen = free_port(port)
    # Mesa's and Solara's notes on their own insides would hide the address.
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    os.environ["MPLBACKEND"] = "Agg"
    # Solara looks for the page from the path and not from this checkout.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    print(
        f"Live page: http://{HOST}:{chosen}  (ready in a few seconds; Ctrl-C stops it)", flush=True
    )
    run_solara(chosen, browser)


def run_solara(port: int, browser: bool) -> None:
    """Solara in a thread of this very process, so that nothing outlives it, until Ctrl-C."""
    import warnings

    warnings.simplefilter("ignore")
    # A shell that starts us in the background lets us ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        server = threading.Thread(target=solara, args=(port, browser), daemon=True)
        server.start()
        while server.is_alive():
            server.join(LOOK)  # a wait without end hears no Ctrl-C on Windows
    except KeyboardInterrupt:
        leave()
    raise ValueError("the live page ended by itself; what Solara said of it stands above")


def solara(port: int, browser: bool) -> None:
    """What ``solara run`` does; outside the main thread it leaves Ctrl-C to us."""
    from solara.__main__ import cli

    words = ["run", APP, "--host", HOST, "--port", str(port), "--production", "--no-check-version"]
    words.append("--open" if browser else "--no-open")
    cli(words, standalone_mode=False)


def leave() -> NoReturn:
    """End at once: an orderly end would wait for every browser to close its connection."""
    print("Stopped.", flush=True)
    os._exit(STOPPED)


def check_installed() -> None:
    """One line if a package of the extra is missing, or is one that leaves the page blank."""
    for name in NEEDED:
        try:
            found = version(name)
        except PackageNotFoundError:
            raise ValueError(f"the live page needs {name}: {INSTALL}") from None
        if name in BELOW_3 and int(found.split(".")[0]) >= 3:
            raise ValueError(
                f"{name} = {found}: must be below 3, or the page stays blank: {INSTALL}"
            )


def free_port(port: int | None) -> int:
    """``port`` if nothing listens there, or any free one for None."""
    with socket.socket() as trial:
        try:
            trial.bind((HOST, port or 0))
        except OSError as fault:
            raise ValueError(
                f"--port = {port}: must be a free port ({fault.strerror}); without it one is found"
            ) from None
        return int(trial.getsockname()[1])
