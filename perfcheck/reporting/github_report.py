"""Annotations of GitHub Actions (workflow commands), the gravest first, and the summary of the job.

A step shows ten annotations of each level and drops the rest without a word, so the rest is counted in the summary.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfcheck.finding import LEVELS, Finding, NotChecked
from perfcheck.reporting.filters import as_path, as_plain
from perfcheck.reporting.grouping import grouped
from perfcheck.reporting.ranking import ranked
from perfcheck.reporting.report import Report, count_levels
from perfcheck.reporting.second_look import summary
from perfcheck.reporting.words import Words, words

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
MOST = 10
"""Annotations of one level a step shows."""
LARGEST_SUMMARY = 1024 * 1024
"""Bytes of a step's summary; of a larger one GitHub shows nothing."""
ROOM = 1000
"""Bytes kept for saying what was left out."""
LONGEST_TITLE = 255


def github_report(report: Report, quiet: bool = False) -> str:
    """The commands, and below them for whoever reads the log what was found in all."""
    say = words(report.language)
    shown, hidden = _chosen(report)
    lines = [_failure(item, say) for item in report.not_checked[:MOST]]
    lines += [_annotation(finding, say, report.language) for finding in shown]
    if not quiet:
        lines.append(_scope(report, say))
        lines += summary(report, say)
        lines += _undecided(report, say)
        if any(hidden.values()):
            lines.append(say.phrase("github_hidden", **hidden))
    return "".join(line + "\n" for line in lines)


def step_summary(report: Report, markdown: str, room: int = LARGEST_SUMMARY) -> str:
    """The summary of the job: what the annotations hide, and as much of the report in ``markdown`` as there is room."""
    say = words(report.language)
    _, hidden = _chosen(report)
    head = f"> {say.phrase('summary_hidden', **hidden)}\n\n" if any(hidden.values()) else ""
    size = len(head.encode())
    kept: list[str] = []
    lines = markdown.splitlines(keepends=True)
    for index, line in enumerate(lines):
        size += len(line.encode(errors="replace"))
        if size > room - ROOM:
            kept.append(f"\n{say.phrase('summary_cut', count=len(lines) - index)}\n")
            break
        kept.append(line)
    return head + "".join(kept)


def _chosen(report: Report) -> tuple[list[Finding], dict[str, int]]:
    """The findings that get an annotation, and how many of each level get none; no fault twice before all have one."""
    free = dict.fromkeys(LEVELS, MOST)
    free["error"] -= min(len(report.not_checked), MOST)
    shown: list[Finding] = []
    hidden: list[Finding] = []
    groups = [group for judgement in report.judgements for group in grouped(judgement.findings)]
    first, again = [group.finding for group in groups], [other for group in groups for other in group.others]
    for finding in (*ranked(first), *ranked(again)):
        (shown if free[finding.level] else hidden).append(finding)
        free[finding.level] -= bool(free[finding.level])
    return ranked(shown), count_levels(hidden)


def _scope(report: Report, say: Words) -> str:
    scope = say.phrase("unit_count", count=report.documents, projects=report.projects, indicators=report.indicators)
    return say.phrase("github_scope", scope=scope, not_checked=len(report.not_checked), **report.counts)


def _undecided(report: Report, say: Words) -> Iterator[str]:
    """What could not be decided in documents, the first ones; all of it is in the summary of the job."""
    documents = [judgement for judgement in report.judgements if judgement.undecided]
    for judgement in documents[:MOST]:
        for reason, rules in judgement.undecided.items():
            titles = say.phrase("list_mark").join(report.titles(rules, report.language))
            yield as_plain(f"{judgement.path}{say.phrase('colon')}{say.phrase(reason, rules=titles)}")
    if len(documents) > MOST:
        yield say.phrase("github_undecided", count=len(documents) - MOST)


def _annotation(finding: Finding, say: Words, language: str) -> str:
    colon, rule = say.phrase("colon"), finding.rule
    text = f"{say.place(finding.location.steps)}{colon}{finding.message}\n"
    text += f"{say.phrase('remedy')}{colon}{rule.remedy.in_language(language)}"
    title = f"{rule.title.in_language(language)} [{rule.id}]"
    return _command(COMMANDS[finding.level], text, title, _properties(finding))


def _properties(finding: Finding) -> Iterator[tuple[str, object]]:
    yield "file", as_path(finding.path)
    span, origin = finding.location.place
    if origin is not None:  # lines of an office file are those of its text, not its own
        return
    yield "line", span.line
    yield "endLine", span.end_line
    if span.line == span.end_line:  # columns are for one line only
        yield "col", span.column
        yield "endColumn", span.end_column


def _failure(item: NotChecked, say: Words) -> str:
    title = say.phrase("not_checked_rule", rule=item.rule_id) if item.rule_id else say.phrase("not_checked")
    return _command("error", item.reason, title, [("file", as_path(item.path))])


def _command(name: str, text: str, title: str, properties: Iterator[tuple[str, object]] | list[tuple[str, str]]) -> str:
    given = [*properties, ("title", as_plain(title)[:LONGEST_TITLE])]
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in given)
    return f"::{name} {listed}::{_escaped(chr(10).join(map(as_plain, text.splitlines())))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
