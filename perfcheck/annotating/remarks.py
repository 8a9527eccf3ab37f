"""What a remark in the margin says: level, message, basis and remedy of one finding."""

from __future__ import annotations

import datetime
import os
from bisect import bisect_right
from collections.abc import Sequence

from perfcheck.engine import Judgement
from perfcheck.finding import Finding, Location
from perfcheck.named_tuples import NamedTuple
from perfcheck.reading.invisible import INVISIBLE
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
    return max(bisect_right(lines, findings_line) - 1, 0)


def stretch_of(text: str, location: Location) -> tuple[int, int] | None:
    """Where in ``text``, as it stands in the file, a place begins and ends; None for all of it.

    What was read has the same characters but for white space, tabs and blank lines at its ends, and what has no width.
    """
    solid = [at for at, character in enumerate(text) if not character.isspace() and character not in INVISIBLE]
    begin, finish = location.focus or (0, len(location.text))
    words = "".join(location.text.split())
    start = "".join([text[at] for at in solid]).find(words)
    first = start + len("".join(location.text[:begin].split()))
    count = len("".join(location.text[begin:finish].split()))
    if start < 0 or count == len(solid):
        return None
    if not count:  # the place is white space, or nothing
        return (solid[first - 1] + 1, solid[first]) if begin < finish and 0 < first < len(solid) else None
    return solid[first], solid[first + count - 1] + 1


def now() -> datetime.datetime:
    """The time remarks are dated with: that of the run, or the one the environment sets for files to be the same."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdecimal():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
