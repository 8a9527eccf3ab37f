"""Reviewdog's diagnostics, one a line (``-f=rdjsonl``); it posts them as comments on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfcheck.finding import Finding, Location
from perfcheck.reporting.filters import as_path, as_plain
from perfcheck.reporting.report import Report
from perfcheck.reporting.streams import json_lines
from perfcheck.reporting.words import Words, words

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}
SOURCE = {"name": "perfcheck"}


def rdjsonl_report(report: Report) -> Iterator[str]:
    """Serialise ``report``, what was not checked as an error of its file."""
    say = words(report.language)
    return json_lines(
        item
        for judgement in report.judgements
        for item in (
            *(_failure(item.path, item.reason, item.rule_id, say) for item in judgement.not_checked),
            *(_finding(finding, say, report.language) for finding in judgement.findings),
        )
    )


def _finding(finding: Finding, say: Words, language: str) -> dict[str, Any]:
    place = say.place(finding.location.steps)
    remedy = finding.rule.remedy.in_language(language)
    message = f"{place}{say.phrase('colon')}{finding.message}\n{say.phrase('remedy')}{say.phrase('colon')}{remedy}"
    location: dict[str, Any] = {"path": as_path(finding.path)}
    if finding.location.place.origin is None:  # lines of an office file are those of its text, not its own
        location["range"] = _range(finding.location)
    item = {
        "message": "\n".join(map(as_plain, message.split("\n"))),
        "location": location,
        "severity": SEVERITIES[finding.level],
        "source": SOURCE,
        "code": {"value": finding.rule.id},
    }
    suggestions = _suggestions(finding)
    return {**item, "suggestions": suggestions} if suggestions else item


def _suggestions(finding: Finding) -> list[dict[str, Any]]:
    """How to mend a finding in a plain text, as far as it is all in the line the finding stands in."""
    location, repair = finding.location, finding.repair
    span = location.place.span
    if repair is None or not repair.safe or location.place.origin is not None:
        return []
    at = (location.focus or (0, 0))[0]
    begin = location.text.rfind("\n", 0, at) + 1
    line = location.text[begin:].partition("\n")[0]
    lead = span.column - 1 - (at - begin)
    found = []
    for edit in repair.edits:
        if edit.span.line != span.line or edit.span.end_line != span.line or lead not in (0, 1):
            return []
        first, last = (
            {"line": span.line, "column": lead + _size(line[: column - 1 - lead]) + 1}
            for column in (edit.span.column, edit.span.end_column)
        )
        found.append({"range": {"start": first, "end": last}, "text": edit.new})
    return found


def _failure(path: str, reason: str, rule_id: str | None, say: Words) -> dict[str, Any]:
    return {
        "message": as_plain(f"{say.phrase('not_checked')}{say.phrase('colon')}{reason}"),
        "location": {"path": as_path(path)},
        "severity": "ERROR",
        "source": SOURCE,
        "code": {"value": rule_id or "not-checked"},
    }


def _range(location: Location) -> dict[str, dict[str, int]]:
    """The range with columns in bytes of UTF-8, as reviewdog counts; whole lines where they cannot be told."""
    span = location.place.span
    start, end = location.focus or (0, len(location.text))
    before = location.text[location.text.rfind("\n", 0, start) + 1 : start]
    inside = location.text[start:end]
    lead = span.column - 1 - len(before)
    # what stands left of a cell's text is its tab; anything wider may be of characters we do not see here
    if not inside or lead not in (0, 1):
        return {"start": {"line": span.line}, "end": {"line": span.end_line}}
    first = lead + _size(before) + 1
    last = _size(inside.rpartition("\n")[2]) + (1 if "\n" in inside else first)
    return {"start": {"line": span.line, "column": first}, "end": {"line": span.end_line, "column": last}}


def _size(text: str) -> int:
    return len(text.encode(errors="replace"))
