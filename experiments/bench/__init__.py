"""Benchmarks: how fast the engines and studies are."""
