"""The drivers: Mesa agents, arrays, compiled loops, and what they record."""
