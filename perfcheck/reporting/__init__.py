"""Reporting: one report value, rendered by one of the formats."""

from perfcheck.reporting.formats import FORMATS, render
from perfcheck.reporting.report import Report

__all__ = ["FORMATS", "Report", "render"]
