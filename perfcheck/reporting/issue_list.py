"""The list of problems (问题清单) that reviewers hand over: one line for each place, with columns left to fill in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfcheck.finding import LEVELS, Finding
from perfcheck.reporting.filters import as_plain, citation, focus
from perfcheck.reporting.report import Report
from perfcheck.reporting.words import words

COLUMNS = (
    "unit", "document", "project", "place", "where", "text", "level", "confidence", "problem", "basis", "remedy",
    "rule", "status", "person",
)  # fmt: skip
"""The columns; the last two are blank, for the reviewer."""


def header(language: str) -> list[str]:
    """The names of the columns."""
    say = words(language)
    return [say.phrase(f"column_{name}") for name in COLUMNS]


def lines(report: Report) -> Iterator[list[str]]:
    """A line for each finding, and one for each thing that could not be checked."""
    say = words(report.language)
    for judgement in report.judgements:
        unit = judgement.unit or ""
        for finding in judgement.findings:
            rule = finding.rule
            yield [
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
        for item in judgement.not_checked:
            cells = [""] * len(COLUMNS)
            cells[0], cells[1], cells[6], cells[8] = (
                unit,
                judgement.path,
                say.phrase("not_checked"),
                as_plain(item.reason),
            )
            cells[11] = item.rule_id or ""
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
