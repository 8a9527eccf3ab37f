"""The report as perfcheck's own JSON, ``perfcheck-report-1``; its schema is ``docs/schemas/report.schema.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from perfcheck import __version__
from perfcheck.finding import Finding, Location
from perfcheck.reporting.report import Report
from perfcheck.reporting.streams import json_pieces
from perfcheck.reporting.words import words

SCHEMA = "perfcheck-report-1"


def json_report(report: Report) -> Iterator[str]:
    """Serialise ``report``; one object, keys in a fixed order."""
    yield from json_pieces(report_content(report, iter))
    yield "\n"


def report_content(report: Report, many: Callable[[Iterable[Any]], Any] = list) -> dict[str, Any]:
    """``report`` as plain values; ``many`` makes what documents and their findings are in, which may be very many."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "pack": report.pack,
        "language": report.language,
        "summary": {"documents": report.documents, **report.counts, "not_checked": len(report.not_checked)},
        "rounds": report.rounds if report.compared else None,
        "documents": many(
            {
                "path": judgement.path,
                "budget_year": judgement.budget_year,
                "layouts": sorted(judgement.layout.ids) if judgement.layout else None,
                "projects": judgement.projects,
                "indicators": judgement.indicators,
                "remarks": [remark.in_language(report.language) for remark in judgement.remarks],
                "findings": many(_findings(judgement.findings, report.language)),
                "accepted": many(_findings(judgement.accepted, report.language)),
                "fixed": [_fixed(fault) for fault in judgement.fixed],
                "not_checked": [{"rule": item.rule_id, "reason": item.reason} for item in judgement.not_checked],
                "unclear": [{"rule": rule_id, "places": count} for rule_id, count in judgement.unclear],
                "not_applicable": [{"rule": item.rule_id, "reason": item.reason} for item in judgement.not_applicable],
            }
            for judgement in report.judgements
        ),
    }


def _findings(findings: Sequence[Finding], language: str) -> Iterator[dict[str, Any]]:
    return (_finding(finding, language) for finding in findings)


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    rule = finding.rule
    return {
        "rule": rule.id,
        "category": rule.category,
        "level": finding.level,
        "confidence": rule.confidence,
        "message": finding.message,
        "remedy": rule.remedy.in_language(language),
        **_location(finding.location, language),
        "related": [
            {**_location(location, language), "path": location.path or finding.path} for location in finding.related
        ],
        "fingerprint": finding.fingerprint,
        "state": finding.state,
        "former": finding.former,
        "waiver": None if finding.waiver is None else finding.waiver._asdict(),
    }


def _fixed(fault: Any) -> dict[str, Any]:
    return {
        "rule": fault.rule,
        "place": fault.place,
        "text": fault.text,
        "fingerprint": fault.fingerprint,
        "count": fault.times,
    }


def _location(location: Location, language: str) -> dict[str, Any]:
    return {
        "place": words(language).place(location.steps),
        "span": location.place.span._asdict(),
        "origin": location.place.origin._asdict() if location.place.origin else None,
        "text": location.text,
    }
