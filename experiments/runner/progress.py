"""A progress bar, and one for several stages of work."""

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

Progress = Callable[[int, int], None]
"""Called as ``progress(done, total)`` while something long runs."""


class Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, name: str) -> None:
        self.bar: Any = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            form = "{desc} {percentage:3.0f}% |{bar}| {elapsed} (left: {remaining})"
            self.bar = tqdm(total=0, desc=name, leave=False, bar_format=form)

    def __enter__(self) -> Progress:
        return self.move

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            with suppress(OSError):  # the terminal may be gone
                self.bar.close()

    def move(self, done: int, total: int) -> None:
        """Show how far the work has come."""
        if self.bar is not None:
            self.bar.total = total
            self.bar.update(done - self.bar.n)


def stages(progress: Progress, **sizes: float) -> Callable[[str], Progress]:
    """A progress callback for each named stage, together one bar of 1,000.

    ``sizes`` are the stages' relative lengths, in the order in which they run.
    """
    total = sum(sizes.values())
    starts, passed = {}, 0.0
    for name, size in sizes.items():
        starts[name] = passed
        passed += size

    def of(name: str) -> Progress:
        def report(done: int, all_of_it: int) -> None:
            share = (starts[name] + sizes[name] * done / max(all_of_it, 1)) / total
            progress(round(1000 * share), 1000)

        return report

    return of
