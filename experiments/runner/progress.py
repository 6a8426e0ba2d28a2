"""One progress bar for several stages of work."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called as ``progress(done, total)`` while something long runs."""


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
