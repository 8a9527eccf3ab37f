"""The gravest first: for receivers that take, or show, only so many findings."""

from __future__ import annotations

from collections.abc import Iterable

from perfcheck.finding import CONFIDENCES, LEVELS, Finding

STEP = 100 // (len(LEVELS) * len(CONFIDENCES))
"""What one step of level or confidence takes off a finding's priority."""


def gravity(finding: Finding) -> int:
    """0 for the gravest and surest of findings; a level weighs more than any confidence."""
    return LEVELS.index(finding.level) * len(CONFIDENCES) + CONFIDENCES.index(finding.rule.confidence)


def priority(finding: Finding) -> int:
    """SARIF's ``rank``: 100 for the gravest and surest."""
    return 100 - STEP * gravity(finding)


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """``findings``, the gravest and surest first, otherwise in their order."""
    return sorted(findings, key=gravity)
