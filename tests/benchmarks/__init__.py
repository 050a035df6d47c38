"""Measures the numbers of the design, each beside a floor found in the same run: `python -m tests.benchmarks`.

Not tests: nothing here passes or fails by the clock, and pytest collects nothing here.
Stores are filled with invented people (`people`), which the zstd dictionary was not trained with.
"""
