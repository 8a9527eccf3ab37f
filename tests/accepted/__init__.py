"""Baselines, waivers and markers."""
