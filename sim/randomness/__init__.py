"""Random numbers: a counter-based generator, addressed streams, elementary functions."""
