"""Former paths of the modules of ``experiments``, served by ``sim.former_names``."""

from sim.former_names import FORMER

QUESTIONS = (
    "architecture_matrix",
    "assessment",
    "childhood",
    "classics",
    "couple",
    "earned_security",
    "intervention_matrix",
    "landscape",
    "love_story",
    "scanner_withdrawer",
)
RUNNER = (
    "cli",
    "configuration",
    "folder",
    "output",
    "progress",
    "provenance",
    "registry",
    "terminal",
)
CLAIMS = (
    "c01_c02_care",
    "c03_atmosphere",
    "c04_c26_detection",
    "c05_c06_c29_reassurance",
    "c07_c30_withdrawal",
    "c08_merger",
    "c09_merger_withdrawer",
    "c10_pursue_withdraw",
    "c11_c12_words_and_experience",
    "c13_overwhelm",
    "c14_mixed_signals",
    "c15_presence",
    "c16_cost",
    "c17_fright",
    "c18_avoidance",
    "c19_knowing",
    "c20_past",
    "c21_earned_security",
    "c22_consistency",
    "c23_nothing_is_erased",
    "c24_narrative",
    "c25_entry_points",
    "c27_attunement",
    "c28_secure_partner_heals",
)
MODULES = {
    **{f"experiments.{name}": f"experiments.questions.{name}" for name in QUESTIONS},
    **{f"experiments.{name}": f"experiments.runner.{name}" for name in RUNNER},
    **{f"experiments.claims.{name}": f"experiments.claims.measured.{name}" for name in CLAIMS},
    "experiments.bench_c": "experiments.bench.c_driver",
    "experiments.bench_page": "experiments.bench.page",
    "experiments.claims.blind": "sim.analysis.discriminant",
    "experiments.claims.laboratory": "sim.analysis.cohorts",
    "experiments.claims.rupture": "sim.analysis.ruptures",
    "experiments.claims.tools": "sim.analysis.probes",
    "experiments.claims_command": "experiments.claims.command",
    "experiments.classics_checks": "sim.analysis.published_figures",
    "experiments.classics_gallery": "sim.plots.classics",
    "experiments.earned_security_figures": "sim.plots.earned_security",
    "experiments.explore": "experiments.pages.explore",
    "experiments.gallery": "experiments.pages.gallery",
    "experiments.page_command": "experiments.pages.live_command",
    "experiments.studying": "experiments.study",
    "experiments.studying.bench": "experiments.bench.study_overhead",
}


def install() -> None:
    """Add them to what ``sim`` serves."""
    FORMER.update(MODULES)
