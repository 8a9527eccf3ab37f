"""The results of a SARIF report, a line of JSON for each finding: a template would take three times as long."""

from __future__ import annotations

from collections.abc import Iterator

from perfcheck.finding import Finding, Location
from perfcheck.reporting.filters import as_json, as_message, as_uri, focus
from perfcheck.reporting.report import Report
from perfcheck.reporting.words import Words

MOST_RELATED = 10
_REGION = '"region": {"startLine": %d, "startColumn": %d, "endLine": %d, "endColumn": %d, "snippet": {"text": %s}}'
_RESULT = (
    '{%s, "message": {"text": %s}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": %s}, '
    f"{_REGION}}}, "
    '"logicalLocations": [{"fullyQualifiedName": %s}]}], %s"partialFingerprints": {"primaryLocationLineHash": %s}}'
)
_RELATED = '{"id": %d, "message": {"text": %s}, "physicalLocation": {"artifactLocation": {"uri": %s}, ' + _REGION + "}}"


def sarif_results(report: Report, words: Words) -> Iterator[str]:
    """The findings of ``report`` as SARIF's result objects, in order."""
    index = report.rule_index
    rules = {
        rule.id: f'"ruleId": {as_json(rule.id)}, "ruleIndex": {index[rule.id]}, "level": {as_json(rule.level)}'
        for rule in report.rules
    }
    for judgement in report.judgements:
        for finding in judgement.findings:
            location = finding.location
            yield _RESULT % (
                rules[finding.rule.id],
                as_json(as_message(finding.message)),
                as_json(as_uri(finding.path)),
                *location.place.span,
                as_json(focus(location)),
                as_json(words.place(location.steps)),
                _related(finding, words) if finding.related else "",
                as_json(finding.fingerprint),
            )


def _related(finding: Finding, words: Words) -> str:
    """The other places that belong to a finding, with a comma behind."""
    places = enumerate(finding.related[:MOST_RELATED], 1)
    return f'"relatedLocations": [{", ".join(_place(number, each, finding.path, words) for number, each in places)}], '


def _place(number: int, location: Location, path: str, words: Words) -> str:
    message = as_json(as_message(words.place(location.steps)))
    uri = as_json(as_uri(location.path or path))
    return _RELATED % (number, message, uri, *location.place.span, as_json(focus(location)))
