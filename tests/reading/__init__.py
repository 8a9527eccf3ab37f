"""Tests of perfcheck/reading."""
