"""Benchmarks of ikikec: each measures the program beside something known, in the same run. They are no tests."""
