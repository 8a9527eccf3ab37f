"""Tests of mending files."""
