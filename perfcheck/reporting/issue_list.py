"""The list of problems (问题清单) that reviewers hand over: one line for each place, with columns left to fill in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perfcheck.finding import LEVELS, Finding
from perfcheck.reporting.filters import as_plain, citation, focus
from perfcheck.reporting.report import Report
from perfcheck.reporting.second_look import accepted_lines, reason_of, state_word
from perfcheck.reporting.words import words

COLUMNS = (
    "unit", "document", "project", "place", "where", "text", "level", "confidence", "problem", "basis", "remedy",
    "rule", "status", "person",
)  # fmt: skip
"""The columns that are always there; the last two are blank, for the reviewer."""


def header(language: str, more: Sequence[str] = ()) -> list[str]:
    """The names of the columns, and of those there are ``more``."""
    say = words(language)
    return [say.phrase(f"column_{name}") for name in (*COLUMNS, *more)]


def more_columns(report: Report) -> tuple[str, ...]:
    """What is told beside a baseline, or where something was waived: the state and the reason."""
    return ("round", "reason") if report.compared or report.accepted else ()


def lines(report: Report, show_accepted: bool = False) -> Iterator[list[str]]:
    """A line for each finding, for each thing that could not be checked and, if asked for, for what does not count."""
    say = words(report.language)
    more = len(more_columns(report))
    width = len(COLUMNS) + more
    for judgement in report.judgements:
        unit = judgement.unit or ""
        for finding in (*judgement.findings, *(judgement.accepted if show_accepted else ())):
            rule = finding.rule
            cells = [
                unit,
                judgement.path,
                _project(finding),
                say.place(finding.location.steps),
                say.where(finding.location.place),
                as_plain(focus(finding.location)),
                say.level(finding.level),
                say.phrase(f"confidence_word_{rule.confidence}"),
                as_plain(finding.message),
                citation(rule, say, judgement.budget_year),
                rule.remedy.in_language(report.language),
                rule.id,
                "",
                "",
            ]
            yield [*cells, state_word(finding, say), reason_of(finding, say)] if more else cells
        for item in judgement.not_checked:
            cells = [""] * width
            cells[0], cells[1], cells[6], cells[8] = (
                unit,
                judgement.path,
                say.phrase("not_checked"),
                as_plain(item.reason),
            )
            cells[11] = item.rule_id or ""
            yield cells
        for line in accepted_lines(judgement._replace(accepted=()), report, say) if show_accepted else ():
            cells = [""] * width
            cells[0], cells[1], cells[3], cells[5], cells[6] = unit, judgement.path, line.place, line.text, line.level
            cells[8], cells[11], cells[len(COLUMNS)] = line.problem, line.rule, line.state
            yield cells


def counts(report: Report) -> list[tuple[str, str, str, int]]:
    """Unit, title of the rule, level and number of places, the gravest and most frequent first."""
    found: Counter[tuple[str, str]] = Counter()
    rules = {rule.id: rule for rule in report.rules}
    for judgement in report.judgements:
        for finding in judgement.findings:
            found[(judgement.unit or judgement.path, finding.rule.id)] += 1
    ordered = sorted(
        found.items(), key=lambda item: (item[0][0], LEVELS.index(rules[item[0][1]].level), -item[1], item[0][1])
    )
    say = words(report.language)
    return [
        (unit, f"{rules[rule].title.in_language(report.language)} ({rule})", say.level(rules[rule].level), count)
        for (unit, rule), count in ordered
    ]


def _project(finding: Finding) -> str:
    step = finding.location.steps[0]
    return (step.text or "") if step.kind == "project" else ""
