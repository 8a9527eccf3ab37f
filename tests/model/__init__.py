"""Tests of perfcheck/model."""
