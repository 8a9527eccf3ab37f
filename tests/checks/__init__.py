"""Tests of perfcheck/checks."""
