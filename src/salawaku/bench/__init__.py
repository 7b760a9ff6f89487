"""Benchmarks: ratios against a limit measured in the same run, never bare times."""
