"""The explorable page ``docs/explore.html``: one file, generated, that opens by double click."""
