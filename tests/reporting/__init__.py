"""Tests of perfcheck/reporting."""
