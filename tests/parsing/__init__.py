"""Tests of perfcheck/parsing."""
