"""Tests with the real programs around perfcheck: pip, make, pre-commit, the SARIF validator, the CI file schemas."""
