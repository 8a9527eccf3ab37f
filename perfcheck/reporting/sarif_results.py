"""The results of a SARIF report, a line of JSON for each finding: a template would take three times as long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from tempfile import SpooledTemporaryFile

from perfcheck.finding import Finding
from perfcheck.reporting.filters import as_json, as_message, as_uri, focus
from perfcheck.reporting.ranking import gravity
from perfcheck.reporting.sarif_runs import MOST_RELATED, Run, links, priority
from perfcheck.reporting.second_look import reason_of
from perfcheck.reporting.words import Words

BATCH = 10
BETWEEN_RESULTS = ",\n        "
"""The comma and the indentation that the template has, too."""
IN_MEMORY = 1 << 13
"""Bytes of lines of one gravity kept before they go into a file."""
_REGION = '"region": {"startLine": %d, "startColumn": %d, "endLine": %d, "endColumn": %d, "snippet": {"text": %s}}'
_FILE = '"artifactLocation": {"uri": %s, "index": %d}'
_RESULT = (
    '{%s, "message": {"text": %s}, "locations": [{"physicalLocation": {%s, '
    f"{_REGION}}}, "
    '"logicalLocations": [{"fullyQualifiedName": %s}]}], %s%s"partialFingerprints": {"primaryLocationLineHash": %s}%s}'
)
_ABSENT = (
    '{"ruleId": %s, "ruleIndex": %d, "level": %s, "baselineState": "absent", "message": {"text": %s}, '
    '"locations": [{"physicalLocation": {%s, "region": {"startLine": 1}}, '
    '"logicalLocations": [{"fullyQualifiedName": %s}]}], '
    '"partialFingerprints": {"primaryLocationLineHash": %s}}'
)
_REPLACEMENT = (
    '{"deletedRegion": {"startLine": %d, "startColumn": %d, "endLine": %d, "endColumn": %d}, '
    '"insertedContent": {"text": %s}}'
)
_FIXES = '"fixes": [{"description": {"text": %s}, "artifactChanges": [{%s, "replacements": [%s]}]}], '
_RELATED = '{"id": %d, "message": {"text": %s}, "physicalLocation": {%s, ' + _REGION + "}}"


def sarif_results(run: Run, artifacts: Mapping[str, int], say: Words) -> Iterator[str]:
    """The findings of ``run`` as SARIF's result objects, in order; ``artifacts`` are the places of its files.

    Faults of a baseline that are fixed come last, where they were asked for: whoever does not look at
    ``baselineState`` would take them for findings.
    """
    index = run.rule_index
    files = {path: _FILE % (as_json(as_uri(path)), number) for path, number in artifacts.items()}
    if run.quota is None:
        line = _line_writer(index, files, say)
        yield from map(line, run.findings)
    else:
        yield from _ranked_lines(run.findings, run.quota, _line_writer(index, files, say))
    for path, fault, rule in run.fixed:
        title = rule.title.in_language(run.language)
        names = as_json(rule.id), index[rule.id], as_json(rule.level), as_json(as_message(title))
        for number in range(1, fault.times + 1):
            yield _ABSENT % (*names, files[path], as_json(fault.place), as_json(f"{fault.fingerprint}:{number}"))


def in_batches(results: Iterable[str]) -> Iterator[str]:
    """``results`` some at a time, with commas between: what a template does for each of a million takes long."""
    rest = iter(results)
    while batch := list(islice(rest, BATCH)):
        yield BETWEEN_RESULTS.join(batch)


def _ranked_lines(findings: Iterable[Finding], quota: Sequence[int], line: Callable[[Finding], str]) -> Iterator[str]:
    """The lines of ``findings``, the gravest first, ``quota`` of each gravity: looked at once, sorted in files."""
    with ExitStack() as files:
        of_gravity = [
            files.enter_context(
                SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline="\n")
            )
            for _ in quota
        ]
        left = list(quota)
        for finding in findings:
            at = gravity(finding)
            if left[at]:
                left[at] -= 1
                of_gravity[at].write(line(finding) + "\n")
        for file in of_gravity:
            file.seek(0)
            for written in file:
                yield written[:-1]


def _line_writer(index: Mapping[str, int], files: Mapping[str, str], say: Words) -> Callable[[Finding], str]:
    """What makes the result object of a finding."""
    heads: dict[tuple[str, str], str] = {}

    def line(finding: Finding) -> str:
        rule, location = finding.rule, finding.location
        head = heads.get((rule.id, finding.level))
        if head is None:
            head = heads[rule.id, finding.level] = (
                f'"ruleId": {as_json(rule.id)}, "ruleIndex": {index[rule.id]}, '
                f'"level": {as_json(finding.level)}, "rank": {priority(finding)}'
            )
        message = as_message(finding.message)
        return _RESULT % (
            head,
            as_json(message + links(finding, say) if finding.related else message),
            files[finding.path],
            *location.place.span,
            as_json(focus(location)),
            as_json(say.place(location.steps)),
            _related(finding, files, say) if finding.related else "",
            _fixes(finding, files[finding.path], say) if finding.repair is not None else "",
            as_json(finding.fingerprint),
            _standing(finding, say) if finding.state or finding.waiver else "",
        )

    return line


def _standing(finding: Finding, say: Words) -> str:
    """Whether a finding is new or waived, with a comma in front."""
    told = f', "baselineState": {as_json(finding.state)}' if finding.state else ""
    if finding.waiver is not None:
        why = as_json(as_message(reason_of(finding, say)))
        kind = as_json(finding.waiver.kind)
        told += f', "suppressions": [{{"kind": {kind}, "status": "accepted", "justification": {why}}}]'
    return told


def _fixes(finding: Finding, file: str, say: Words) -> str:
    """How to mend a finding in a plain text, with a comma behind; regions of other files are none of their own."""
    repair = finding.repair
    if repair is None or not repair.safe or finding.location.place.origin is not None:
        return ""
    replacements = ", ".join(_REPLACEMENT % (*edit.span, as_json(edit.new)) for edit in repair.edits)
    return _FIXES % (as_json(say.phrase("fix_description")), file, replacements)


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
