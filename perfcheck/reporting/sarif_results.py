"""The results of a SARIF report, a line of JSON for each finding: a template would take three times as long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfcheck.finding import Finding, Location
from perfcheck.reporting.filters import as_json, as_message, as_uri, focus
from perfcheck.reporting.sarif_runs import MOST_RELATED, Run, links, priority
from perfcheck.reporting.words import Words

_REGION = '"region": {"startLine": %d, "startColumn": %d, "endLine": %d, "endColumn": %d, "snippet": {"text": %s}}'
_RESULT = (
    '{%s, "message": {"text": %s}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": %s, "index": %d}, '
    f"{_REGION}}}, "
    '"logicalLocations": [{"fullyQualifiedName": %s}]}], %s"partialFingerprints": {"primaryLocationLineHash": %s}}'
)
_RELATED = (
    '{"id": %d, "message": {"text": %s}, "physicalLocation": {"artifactLocation": {"uri": %s, "index": %d}, '
    + _REGION
    + "}}"
)


def sarif_results(run: Run, artifacts: Mapping[str, int], words: Words) -> Iterator[str]:
    """The findings of ``run`` as SARIF's result objects, in order; ``artifacts`` numbers the files."""
    index = run.rule_index
    rules = {
        rule.id: f'"ruleId": {as_json(rule.id)}, "ruleIndex": {index[rule.id]}, "level": {as_json(rule.level)}'
        for rule in run.rules
    }
    for finding in run.findings:
        location = finding.location
        message = as_message(finding.message)
        if finding.related:
            message += links(finding, words)
        yield _RESULT % (
            f'{rules[finding.rule.id]}, "rank": {priority(finding)}',
            as_json(message),
            as_json(as_uri(finding.path)),
            artifacts[finding.path],
            *location.place.span,
            as_json(focus(location)),
            as_json(words.place(location.steps)),
            _related(finding, artifacts, words) if finding.related else "",
            as_json(finding.fingerprint),
        )


def _related(finding: Finding, artifacts: Mapping[str, int], words: Words) -> str:
    """The other places that belong to a finding, with a comma behind."""
    places = (
        _place(number, each, each.path or finding.path, artifacts, words)
        for number, each in enumerate(finding.related[:MOST_RELATED], 1)
    )
    return f'"relatedLocations": [{", ".join(places)}], '


def _place(number: int, location: Location, path: str, artifacts: Mapping[str, int], words: Words) -> str:
    message = as_json(as_message(words.place(location.steps)))
    return _RELATED % (
        number, message, as_json(as_uri(path)), artifacts[path], *location.place.span, as_json(focus(location))
    )  # fmt: skip
