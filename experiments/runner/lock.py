"""One run at a time in a folder: a lock that dies with its process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """Another process is at work there."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of an existing ``folder``; ``Busy`` if another process has it."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Busy from fault
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(handle)
