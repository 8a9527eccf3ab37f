"""perfcheck checks Chinese budget performance-goal documents (部门预算绩效目标文本)."""

__version__ = "0.1.0"
NAME = "perfcheck"
"""What we sign files with."""
REPORT_STATUS = "perfcheck report"
"""The status among the properties of our reports in office files: readers know by it that they are no documents."""
