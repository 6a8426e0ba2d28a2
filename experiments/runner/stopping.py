"""What ends a command before its end: a few true lines for the user, and the exit code."""

REFUSED, INTERRUPTED = 2, 130


class Stopped(Exception):
    """A command that ended early: what is said of it, and the exit code."""

    def __init__(self, lines: str, code: int) -> None:
        super().__init__(lines)
        self.code = code
