"""What stops a study: a file that is refused, or a run that ends early, each in a few lines."""

from experiments.runner.stopping import Stopped

MOST_COUNTED, UNWRITABLE, REFUSED, INTERRUPTED = 60, 74, 2, 130


class StudyRefused(ValueError):
    """A study that can't be run, one line a fault; nothing was written."""


class StudyStopped(Stopped):
    """A run that ended before its end, with the exit code; what was finished is kept."""


class StoreUnwritable(StudyStopped):
    """The disk is full, read-only or gone: no fault of any cell."""

    def __init__(self, lines: str) -> None:
        super().__init__(lines, UNWRITABLE)

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return type(self), (str(self),)
