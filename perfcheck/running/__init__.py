"""Runs over many files: one after another or in several processes, or remembered from the run before."""
