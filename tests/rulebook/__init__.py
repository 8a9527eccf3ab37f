"""Tests of perfcheck/rulebook."""
