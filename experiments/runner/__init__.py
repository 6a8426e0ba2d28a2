"""Command line, registry, question, running, configuration, output, folder, provenance."""
