"""The results of a SARIF report, a line of JSON for each finding: a template would take three times as long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfcheck.finding import Finding
from perfcheck.reporting.filters import as_json, as_message, as_uri, focus
from perfcheck.reporting.sarif_runs import MOST_RELATED, Run, links, priority
from perfcheck.reporting.words import Words

_REGION = '"region": {"startLine": %d, "startColumn": %d, "endLine": %d, "endColumn": %d, "snippet": {"text": %s}}'
_FILE = '"artifactLocation": {"uri": %s, "index": %d}'
_RESULT = (
    '{%s, "message": {"text": %s}, "locations": [{"physicalLocation": {%s, '
    f"{_REGION}}}, "
    '"logicalLocations": [{"fullyQualifiedName": %s}]}], %s"partialFingerprints": {"primaryLocationLineHash": %s}}'
)
_RELATED = '{"id": %d, "message": {"text": %s}, "physicalLocation": {%s, ' + _REGION + "}}"


def sarif_results(run: Run, artifacts: Mapping[str, int], say: Words) -> Iterator[str]:
    """The findings of ``run`` as SARIF's result objects, in order; ``artifacts`` are the places of its files."""
    index = run.rule_index
    files = {path: _FILE % (as_json(as_uri(path)), number) for path, number in artifacts.items()}
    heads: dict[tuple[str, str], str] = {}
    for finding in run.findings:
        rule, location = finding.rule, finding.location
        head = heads.get((rule.id, finding.level))
        if head is None:
            head = heads[rule.id, finding.level] = (
                f'"ruleId": {as_json(rule.id)}, "ruleIndex": {index[rule.id]}, '
                f'"level": {as_json(finding.level)}, "rank": {priority(finding)}'
            )
        message = as_message(finding.message)
        yield _RESULT % (
            head,
            as_json(message + links(finding, say) if finding.related else message),
            files[finding.path],
            *location.place.span,
            as_json(focus(location)),
            as_json(say.place(location.steps)),
            _related(finding, files, say) if finding.related else "",
            as_json(finding.fingerprint),
        )


def _related(finding: Finding, files: Mapping[str, str], say: Words) -> str:
    """The other places that belong to a finding, with a comma behind."""
    places = [
        _RELATED
        % (
            number,
            as_json(as_message(say.place(related.steps))),
            files[related.path or finding.path],
            *related.place.span,
            as_json(focus(related)),
        )
        for number, related in enumerate(finding.related[:MOST_RELATED], 1)
    ]
    return f'"relatedLocations": [{", ".join(places)}], '
