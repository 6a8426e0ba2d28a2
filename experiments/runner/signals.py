"""Signals to a program of ours: Ctrl-C, a polite kill and a closed terminal all end it in order.

For the program only, not for Python that calls ``main``: handlers belong to the whole process.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from experiments.runner.stopping import INTERRUPTED

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
GRACE = 3.0
"""Seconds after the first signal in which a further one is not heard: a key pressed twice must not
cut short what tidies up. A later one ends the process at once."""
_first: list[float] = []


def listen() -> None:
    """Let every such signal raise ``KeyboardInterrupt``, once; one that is ignored stays so.

    ``nohup`` and shells that start a job in the background have it ignored, and mean it.
    """
    for name in STOPPING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _heard)


def _heard(number: int, frame: FrameType | None) -> None:
    now = time.monotonic()
    if not _first:
        _first.append(now)
        raise KeyboardInterrupt
    if now - _first[0] > GRACE:
        os._exit(INTERRUPTED)  # what is half-made is found and cleared by the next run


def quiet_end() -> None:
    """Hear no more signals: all is said, and what is left is Python's own tidying up."""
    if _first:
        for name in STOPPING:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)


@contextmanager
def deaf() -> Iterator[None]:
    """Hold stopping signals back; processes that are started in here never hear Ctrl-C at all.

    A worker that hears it while it still imports would print where it stood.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
