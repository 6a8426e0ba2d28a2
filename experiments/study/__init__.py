"""Studies: many conditions from one file, run in parallel, interrupted, resumed, reported."""
