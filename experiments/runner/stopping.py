"""What ends a command before its end: a few true lines for the user, and the exit code."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

REFUSED, INTERRUPTED = 2, 130


class Stopped(Exception):
    """A command that ended early: what is said of it, and the exit code."""

    def __init__(self, lines: str, code: int) -> None:
        super().__init__(lines)
        self.code = code


@contextmanager
def telling(what: Callable[[], str]) -> Iterator[None]:
    """Turn Ctrl-C into a line that says what was kept: ``what``, asked when it comes."""
    try:
        yield
    except KeyboardInterrupt as end:
        raise Stopped(f"Interrupted: {what()}", INTERRUPTED) from end


def documenting(out: object) -> AbstractContextManager[None]:
    """``telling`` while what is in ``out`` already is put into the documentation."""
    return telling(lambda: f"{out} is whole; the documentation may be partly old.")
