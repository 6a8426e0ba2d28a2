"""One file a gate: ``measure(cohort) -> rows``, a number for each row of the gate's bands."""
