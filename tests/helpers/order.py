"""In which order files of slow tests are run: dear ones first, so that no core idles at the end."""

SECONDS = {
    "experiments/runner/test_kill_and_resume.py": 260,
    "experiments/study/test_processes.py": 210,
    "sim/series/test_coverage.py": 200,
    "house/test_one_row_one_line.py": 190,
    "sim/engines/test_compiled_guest.py": 140,
    "experiments/runner/test_contract.py": 130,
    "docs/test_docs_site.py": 110,
    "notebooks/test_notebooks.py": 110,
    "experiments/pages/explore/test_browser_controls.py": 75,
    "models/behaviour/test_anybody.py": 70,
    "experiments/study/test_stale.py": 60,
    "experiments/pages/live/test_live_browser.py": 60,
    "experiments/pages/explore/test_browser_access.py": 55,
    "experiments/runner/test_signals.py": 48,
    "experiments/pages/explore/test_browser_any_address.py": 46,
    "sim/analysis/test_designs.py": 45,
    "sim/landscape/test_lyapunov.py": 44,
    "experiments/study/test_report.py": 44,
    "experiments/pages/test_gallery.py": 37,
    "sim/engines/test_request_decides.py": 35,
    "experiments/claims/test_claims.py": 33,
    "experiments/questions/test_classics_experiments.py": 32,
    "experiments/pages/explore/test_browser_stories.py": 32,
    "models/behaviour/test_safety_memory.py": 26,
    "experiments/runner/test_full_disk.py": 24,
    "experiments/pages/explore/test_stories.py": 24,
}
"""Rough costs of files on two cores; what is not here is cheaper. Wrong ones cost time only."""


def dear_first(nodeid: str) -> int:
    """A key that sorts tests by the falling cost of their file and leaves all others in place."""
    return -SECONDS.get(nodeid.partition("::")[0].removeprefix("tests/"), 0)
