"""Printers that turn a traced program into the text of a language."""
