"""perfcheck checks Chinese budget performance-goal documents (部门预算绩效目标文本)."""

__version__ = "0.1.0"
