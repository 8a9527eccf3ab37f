"""Tests of perfcheck; the folders mirror the package."""
