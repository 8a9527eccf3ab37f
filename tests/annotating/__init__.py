"""Tests of remarks in the margin."""
