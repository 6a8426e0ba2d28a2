"""One file a claim, or a few that one run measures."""
