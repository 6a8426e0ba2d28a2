"""Command line, registry, configuration, output, folder, provenance, progress."""
