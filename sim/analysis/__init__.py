"""What is computed from runs: measures, cohorts, ruptures, sensitivity, exports, orbits."""
