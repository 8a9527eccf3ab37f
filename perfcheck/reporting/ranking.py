"""The gravest first: for receivers that take, or show, only so many findings."""

from __future__ import annotations

from collections.abc import Iterable

from perfcheck.finding import CONFIDENCES, LEVELS, Confidence, Finding, Level

GRAVITIES = len(LEVELS) * len(CONFIDENCES)
"""How many steps of gravity there are."""


def gravity(finding: Finding) -> int:
    """0 for the gravest and surest of findings; a level weighs more than any confidence."""
    return gravity_of(finding.level, finding.rule.confidence)


def gravity_of(level: Level, confidence: Confidence) -> int:
    """The same of findings with this level and confidence."""
    return LEVELS.index(level) * len(CONFIDENCES) + CONFIDENCES.index(confidence)


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """``findings``, the gravest and surest first, otherwise in their order."""
    return sorted(findings, key=gravity)
