"""Where a program prints: closed, full, of few letters, or read by nobody any more.

What cannot be printed is no fault of what was asked: it has exit codes of its own, never that of
bad input.
"""

import codecs
import os
import sys
from collections.abc import Callable

UNPRINTED, UNREAD = 74, 141
"""Nothing takes what is printed; who read it has gone (as a shell counts a broken pipe)."""
NOWHERE = "What was found cannot be printed ({why}); what was written is in its folder."
ELSEWHERE = "A file cannot be written ({why})."
PLAIN = {"–": "-", "—": "-", "±": "+-", "×": "x", "…": "...", "→": "->", "≥": ">=", "≤": "<="}
HANDLER = "pairbond.plain"


def steady() -> None:
    """Let every stream take every letter; closed ones lead nowhere.

    A closed number would be given to the next file that is opened, and then be printed into.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    codecs.register_error(HANDLER, _plain)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=HANDLER)


def _plain(fault: UnicodeError) -> tuple[str, int]:
    """What a terminal of few letters shows in place of one that it does not have."""
    assert isinstance(fault, UnicodeEncodeError)
    letters = fault.object[fault.start : fault.end]
    return "".join(PLAIN.get(letter, "?") for letter in letters), fault.end


def printed(run: Callable[[], int]) -> int:
    """The exit code of ``run``, or why what it printed went nowhere."""
    try:
        code = run()
        sys.stdout.flush()
        return code
    except OSError as fault:
        if os.environ.get("PAIRBOND_TRACEBACK"):
            raise
        why = fault.strerror or str(fault)
        line = (NOWHERE if _stuck() else ELSEWHERE).format(why=why)
        _lead_nowhere(sys.stdout)
        if isinstance(fault, BrokenPipeError):
            return UNREAD
        say(line)
        return UNPRINTED


def say(line: str) -> None:
    """A line on stderr; if that is broken as well, there is nobody to tell."""
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        _lead_nowhere(sys.stderr)


def _stuck() -> bool:
    """Whether stdout takes nothing, not even the end of a line."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except OSError:
        return True
    return False


def _lead_nowhere(stream: object) -> None:
    """Let what is still to come out of a broken stream vanish without a word."""
    number: int = stream.fileno()  # type: ignore[attr-defined]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
