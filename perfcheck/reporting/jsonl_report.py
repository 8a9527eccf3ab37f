"""One finding a line, flat, for DuckDB and the like; its schema is ``docs/schemas/finding.schema.json``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfcheck.engine import Judgement
from perfcheck.finding import Finding, NotChecked
from perfcheck.reporting.filters import as_path, citation, focus
from perfcheck.reporting.report import Report
from perfcheck.reporting.second_look import reason_of
from perfcheck.reporting.streams import json_lines
from perfcheck.reporting.words import Words, words


def jsonl_report(report: Report, show_accepted: bool = False) -> Iterator[str]:
    """Serialise ``report``: a line for each finding and for each thing that was not checked, all with the same keys.

    What was accepted is left out unless it is asked for: a count over all lines is a count of what counts.
    """
    say = words(report.language)
    return json_lines(
        row
        for judgement in report.judgements
        for row in (
            *(
                _finding(finding, judgement, say, report.language)
                for finding in (*judgement.findings, *(judgement.accepted if show_accepted else ()))
            ),
            *(_not_checked(item, judgement) for item in judgement.not_checked),
        )
    )


def _finding(finding: Finding, judgement: Judgement, say: Words, language: str) -> dict[str, Any]:
    rule, span, step = finding.rule, finding.location.place.span, finding.location.steps[0]
    return {
        **_document(finding.path, judgement),
        "kind": "finding",
        "project": step.text if step.kind == "project" else None,
        "place": say.place(finding.location.steps),
        "where": say.where(finding.location.place),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "rule": rule.id,
        "title": rule.title.in_language(language),
        "category": rule.category,
        "level": finding.level,
        "confidence": rule.confidence,
        "message": finding.message,
        "remedy": rule.remedy.in_language(language),
        "basis": citation(rule, say, judgement.budget_year),
        "text": focus(finding.location),
        "fingerprint": finding.fingerprint,
        "baseline_state": finding.state,
        "waived": reason_of(finding, say) or None,
    }


def _not_checked(item: NotChecked, judgement: Judgement) -> dict[str, Any]:
    return {
        **_document(item.path, judgement),
        "kind": "not_checked",
        **dict.fromkeys(("project", "place", "where", "line", "column", "end_line", "end_column")),
        "rule": item.rule_id,
        **dict.fromkeys(("title", "category", "level", "confidence")),
        "message": item.reason,
        **dict.fromkeys(("remedy", "basis", "text", "fingerprint", "baseline_state", "waived")),
    }


def _document(path: str, judgement: Judgement) -> dict[str, Any]:
    return {"document": as_path(path), "unit": judgement.unit, "budget_year": judgement.budget_year}
