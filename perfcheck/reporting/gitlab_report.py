"""GitLab's Code Quality report: one array of findings, the gravest first.

GitLab keeps findings by fingerprint over all jobs of a pipeline, so ours are made from our name, unit and year of the
document, and the finding's own fingerprint: they stay when a file gets another name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from perfcheck.finding import Finding
from perfcheck.reporting.filters import as_path, as_plain
from perfcheck.reporting.ranking import ranked
from perfcheck.reporting.report import Report, count_levels
from perfcheck.reporting.words import Words, words

SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
NOT_CHECKED, CUT = "blocker", "info"
LARGEST = 10_000_000
"""Bytes of a report; administrators of GitLab bound the size of artifacts."""
ROOM = 2_000
"""Bytes kept for saying what was left out."""


def gitlab_report(report: Report, largest: int = LARGEST) -> str:
    """Serialise ``report``; of findings that would make it too large, the lightest are left out and counted."""
    say = words(report.language)
    # several years of one unit may be checked in jobs of their own
    units = {
        judgement.path: f"{judgement.unit} {judgement.budget_year}" if judgement.unit else as_path(judgement.path)
        for judgement in report.judgements
    }
    seen: set[str] = set()
    lines = [_line(item, seen) for item in _not_checked(report, say)]
    size = sum(map(_bytes, lines))
    findings = ranked(report.findings)
    for index, finding in enumerate(findings):
        line = _line(_finding(finding, units[finding.path], say), seen)
        size += _bytes(line)
        if size > largest - ROOM:
            left = count_levels(findings[index:])
            lines.append(_line(_cut(findings[0].path, say.phrase("gitlab_cut", kept=index, **left)), seen))
            break
        lines.append(line)
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _bytes(line: str) -> int:
    return len(line.encode(errors="replace")) + 2


def _line(item: dict[str, Any], seen: set[str]) -> str:
    """``item`` as JSON, what it is known by turned into a fingerprint no other item has."""
    from hashlib import sha256

    known_by, digest = f"perfcheck\0{item['fingerprint']}", ""
    while not digest or digest in seen:  # two files of one unit may say the same
        digest = sha256(known_by.encode(errors="surrogatepass")).hexdigest()
        known_by += f"\0{item['location']['path']}"
    seen.add(digest)
    return json.dumps({**item, "fingerprint": digest}, ensure_ascii=False)


def _finding(finding: Finding, unit: str, say: Words) -> dict[str, Any]:
    return {
        "description": as_plain(f"{say.place(finding.location.steps)}{say.phrase('colon')}{finding.message}"),
        "check_name": finding.rule.id,
        "fingerprint": f"{unit}\0{finding.fingerprint}",
        "severity": SEVERITIES[finding.level],
        "location": {"path": as_path(finding.path), "lines": {"begin": finding.location.place.span.line}},
    }


def _not_checked(report: Report, say: Words) -> Iterator[dict[str, Any]]:
    for item in report.not_checked:
        yield {
            "description": as_plain(f"{say.phrase('not_checked')}{say.phrase('colon')}{item.reason}"),
            "check_name": item.rule_id or "not-checked",
            "fingerprint": f"not checked\0{item.path}\0{item.rule_id}",
            "severity": NOT_CHECKED,
            "location": {"path": as_path(item.path), "lines": {"begin": 1}},
        }


def _cut(path: str, sentence: str) -> dict[str, Any]:
    return {
        "description": sentence,
        "check_name": "report-cut",
        "fingerprint": f"cut\0{path}",
        "severity": CUT,
        "location": {"path": as_path(path), "lines": {"begin": 1}},
    }
