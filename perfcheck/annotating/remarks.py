"""What a remark in the margin says: level, message, basis and remedy of one finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perfcheck.engine import Judgement
from perfcheck.finding import Finding
from perfcheck.reporting.filters import as_plain, citation
from perfcheck.reporting.words import words

AUTHOR = "perfcheck"
"""Whose remarks ours are; by this name a later run knows them again."""


class RemarkText(NamedTuple):
    """A finding and the lines of its remark."""

    finding: Finding
    lines: tuple[str, ...]


def remark_texts(judgement: Judgement, language: str) -> list[RemarkText]:
    """The remarks of one document, in its order."""
    say = words(language)
    colon = "：" if language == "zh" else ": "
    made = []
    for finding in judgement.findings:
        rule = finding.rule
        head = f"{say.level(finding.level)}{say.phrase('confidence_' + rule.confidence)}{colon}"
        lines = (
            f"{head}{as_plain(finding.message)} [{rule.id}]",
            f"{say.phrase('basis')}{colon}{citation(rule, say, judgement.budget_year)}",
            f"{say.phrase('remedy')}{colon}{as_plain(rule.remedy.in_language(language))}",
        )
        made.append(RemarkText(finding, lines))
    return made


def nearest(findings_line: int, lines: Sequence[int]) -> int:
    """The index of the last of ``lines``, which rise, that is not behind ``findings_line``; 0 where all are."""
    from bisect import bisect_right

    return max(bisect_right(lines, findings_line) - 1, 0)
