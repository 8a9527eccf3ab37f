"""The runs of a SARIF report: one for all rules or one for each category, each within what GitHub accepts.

GitHub keeps one analysis for each tool and category, and a new one closes the alerts of the one before. So what is a
category must not depend on how much was found: a report is split because it was asked for, and then a category
without findings has its run, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from perfcheck.finding import CONFIDENCES, LEVELS, Finding, Level, Location
from perfcheck.named_tuples import NamedTuple
from perfcheck.reporting.ranking import GRAVITIES, gravity, gravity_of, ranked
from perfcheck.reporting.report import AllFindings, Report, count_levels, others
from perfcheck.reporting.words import Words
from perfcheck.rulebook.rule import Rule

MOST_RESULTS = 25_000
"""Results of one run GitHub accepts; with more the whole file is refused."""
MOST_SHOWN = 5_000
"""Results of one run GitHub shows."""
MOST_RUNS = 20
"""Runs of one file GitHub accepts."""
MOST_RELATED = 10
"""Related locations of a result; GitHub advises no more."""
SENTENCE_ENDS = ("。", "！", "？", ".", "!", "?")
Fixed = tuple[str, Any, Rule]
OTHER = "other"
"""The category of those for which no run is left."""


class Run(NamedTuple):
    """One run: the rules it has, what they found, and what had to be left out."""

    category: str
    rules: tuple[Rule, ...]
    findings: Sequence[Finding]
    left_out: dict[str, int]
    fixed: tuple[Fixed, ...] = ()
    """File, fault of the baseline and rule of what is there no more."""
    language: str = "zh"
    quota: tuple[int, ...] | None = None
    """How many of each gravity are kept of ``findings`` that are neither ranked nor cut yet."""

    @property
    def kept(self) -> int:
        """How many findings the run has."""
        return len(self.findings) if self.quota is None else sum(self.quota)

    @property
    def rule_index(self) -> dict[str, int]:
        """Rule id -> its place among the rules of the run."""
        return {rule.id: index for index, rule in enumerate(self.rules)}

    def limits(self, say: Words) -> list[str]:
        """What GitHub will not show of this run, in sentences."""
        if any(self.left_out.values()):
            total = self.kept + sum(self.left_out.values())
            return [say.phrase("sarif_cut", kept=self.kept, total=total, **self.left_out)]
        if self.kept > MOST_SHOWN:
            return [say.phrase("sarif_shown", total=self.kept, shown=MOST_SHOWN)]
        return []


def runs(report: Report, split: bool, with_fixed: bool = False) -> list[Run]:
    """The runs of ``report``: one, or with ``split`` one for each family of categories, such as ``plan``.

    What was accepted stands behind what counts.
    """
    base = f"perfcheck/{report.pack}/{report.language}/"
    findings, accepted = report.findings, report.accepted
    fixed = _fixed(report) if with_fixed else []
    if not split and not accepted and isinstance(findings, AllFindings) and len(findings) > MOST_SHOWN:
        return [_unranked(base, report, findings, fixed)]
    if accepted or split:
        findings = [*findings, *accepted]
    if not split:
        return [_run(base, report.rules, findings, fixed, report.language)]
    families = sorted({_family(rule) for rule in report.rules})
    own = set(families if len(families) <= MOST_RUNS else families[: MOST_RUNS - 1])
    rules: dict[str, list[Rule]] = {}
    for rule in report.rules:
        family = _family(rule)
        rules.setdefault(family if family in own else OTHER, []).append(rule)
    run_of = {rule.id: name for name, members in rules.items() for rule in members}
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(run_of[finding.rule.id], []).append(finding)
    return [
        _run(
            f"{base}{name}/",
            tuple(rules[name]),
            found.get(name, []),
            [item for item in fixed if run_of[item[2].id] == name],
            report.language,
        )
        for name in sorted(rules)
    ]


def _unranked(category: str, report: Report, findings: AllFindings, fixed: list[Fixed]) -> Run:
    """A run of so many findings that they are ranked while they are written."""
    confidence = {rule.id: rule.confidence for rule in report.rules}
    quota, left_out = [0] * GRAVITIES, count_levels(())
    for (rule_id, level), count in findings.tally.items():
        quota[gravity_of(cast("Level", level), confidence[rule_id])] += count
    room = MOST_RESULTS
    for gravity_, count in enumerate(quota):
        quota[gravity_] = min(count, room)
        left_out[LEVELS[gravity_ // len(CONFIDENCES)]] += count - quota[gravity_]
        room -= quota[gravity_]
    return Run(category, report.rules, findings, left_out, tuple(fixed[:room]), report.language, tuple(quota))


def _run(category: str, rules: tuple[Rule, ...], findings: Sequence[Finding], fixed: list[Fixed], language: str) -> Run:
    if len(findings) > MOST_SHOWN:
        findings = sorted(ranked(findings), key=_is_accepted)
    left_out, room = count_levels(()), MOST_RESULTS - len(findings)
    if room < 0:  # else they are not cut, for that would bring all of them back at once
        left_out, room = count_levels(findings[MOST_RESULTS:]), 0
        findings = findings[:MOST_RESULTS]
    return Run(category, rules, findings, left_out, tuple(fixed[:room]), language)


def _is_accepted(finding: Finding) -> bool:
    return finding.waiver is not None or finding.state == "unchanged"


def _fixed(report: Report) -> list[Fixed]:
    rules = {rule.id: rule for rule in report.rules}
    return [(judgement.path, fault, rules[fault.rule]) for judgement in report.judgements for fault in judgement.fixed]


def _family(rule: Rule) -> str:
    return str(rule.category.partition(".")[0])


def priority(finding: Finding) -> int:
    """SARIF's ``rank``: 100 for the gravest and surest."""
    return 100 - 100 // GRAVITIES * gravity(finding)


def artifacts(report: Report) -> dict[str, int]:
    """File -> its place in the list of files of a run; all runs have all of them."""
    paths = [judgement.path for judgement in report.judgements]
    paths += [item.path for item in report.not_checked]
    for findings in (report.findings, report.accepted):
        paths += others(findings)
    return {path: index for index, path in enumerate(dict.fromkeys(paths))}


def links(finding: Finding, say: Words) -> str:
    """What follows a message: its related places, as SARIF links them (2.1.0, 3.11.6)."""
    if not finding.related:
        return ""
    named = [
        f"[{_escaped(related_place(related, say))}]({number})"
        for number, related in enumerate(finding.related[:MOST_RELATED], 1)
    ]
    stop = "" if finding.message.endswith(SENTENCE_ENDS) else say.phrase("full_stop")
    return stop + say.phrase("see_related", places=say.phrase("in_between").join(named))


def related_place(related: Location, say: Words) -> str:
    """A related place in words, its file in front where that is another one."""
    place = say.place(related.steps)
    return place if related.path is None else f"{related.path}{say.phrase('in_between')}{place}"


def _escaped(text: str) -> str:
    for sign in "\\[]":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())
