"""JUnit XML: a suite for each document, a case for each rule that passed or does not apply and for each finding.

By the schema of Ant's tasks, which is the strictest; Jenkins, GitLab and Azure read what is valid by it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from perfcheck.engine import Judgement
from perfcheck.finding import Finding
from perfcheck.named_tuples import NamedTuple
from perfcheck.reporting.filters import as_path, as_plain, citation
from perfcheck.reporting.report import Report
from perfcheck.reporting.second_look import reason_of, state_word
from perfcheck.reporting.words import Words, words

MOST_CASES = 400_000
"""Cases of a report; GitLab reads 500,000, so that of more the passed and skipped ones are left out."""


class Case(NamedTuple):
    """One case: ``kind`` is passed, failure, error or skipped."""

    name: str
    kind: str
    type: str = ""
    message: str = ""
    text: str = ""


def junit_report(report: Report, most_cases: int = MOST_CASES) -> Iterator[str]:
    """Serialise ``report``, line by line."""
    say = words(report.language)
    briefly = len(report.judgements) * len(report.rules) + len(report.findings) > most_cases
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
    for number, judgement in enumerate(report.judgements):
        cases = [case for case in _cases(report, judgement, say) if not briefly or case.kind in ("failure", "error")]
        yield from (line + "\n" for line in _suite(number, judgement, cases, stamp))
    yield "</testsuites>\n"


def _cases(report: Report, judgement: Judgement, say: Words) -> Iterator[Case]:
    language = report.language
    for item in judgement.not_checked:
        reason = as_plain(item.reason)
        yield Case(item.rule_id or "not-checked", "error", item.rule_id or "not-checked", reason, reason)
    for finding in judgement.findings:
        place = say.place(finding.location.steps)
        where = f"{place} ({say.where(finding.location.place)})"
        yield Case(
            f"{finding.rule.id} {place}",  # no line: a case keeps its name when lines are put in above it
            "failure",
            finding.level,
            as_plain(finding.message),
            "\n".join(_details(finding, judgement, where, say, language)),
        )
    for finding in judgement.accepted:
        why = reason_of(finding, say)
        word = state_word(finding, say) + (f"{say.phrase('colon')}{why}" if why else "")
        yield Case(f"{finding.rule.id} {say.place(finding.location.steps)}", "skipped", message=word)
    skipped = {item.rule_id: item.reason for item in judgement.not_applicable}
    for rule_id, reason in skipped.items():
        yield Case(rule_id, "skipped", message=say.phrase(f"why_{reason}"))
    if not judgement.is_document or any(item.rule_id is None for item in judgement.not_checked):
        return  # the document itself was not checked, so it passed nothing
    told = {finding.rule.id for finding in (*judgement.findings, *judgement.accepted)}
    unable = {item.rule_id for item in judgement.not_checked}
    for rule in report.rules:
        if rule.id not in told and rule.id not in unable and rule.id not in skipped:
            yield Case(rule.id, "passed")


def _details(finding: Finding, judgement: Judgement, where: str, say: Words, language: str) -> Iterator[str]:
    colon, rule = say.phrase("colon"), finding.rule
    yield f"{say.level(finding.level)}{colon}{as_plain(finding.message)} [{rule.id}]"
    yield as_plain(f"{as_path(finding.path)}: {where}")
    yield as_plain(f"{say.phrase('basis')}{colon}{citation(rule, say, judgement.budget_year)}")
    yield as_plain(f"{say.phrase('remedy')}{colon}{rule.remedy.in_language(language)}")


def _suite(number: int, judgement: Judgement, cases: list[Case], stamp: str) -> Iterator[str]:
    count = {kind: sum(case.kind == kind for case in cases) for kind in ("failure", "error", "skipped")}
    path = as_path(judgement.path)
    attributes = {
        "package": "perfcheck", "id": number, "name": path, "timestamp": stamp, "hostname": "localhost",
        "tests": len(cases), "failures": count["failure"], "errors": count["error"], "skipped": count["skipped"],
        "time": 0,
    }  # fmt: skip
    yield f"<testsuite{_attributes(attributes)}>"
    yield f"<properties><property{_attributes({'name': 'unit', 'value': judgement.unit or ''})}/></properties>"
    used: dict[str, int] = {}
    for case in cases:
        name = as_plain(case.name)
        again = used[name] = used.get(name, 0) + 1
        own = {"classname": path, "name": name if again == 1 else f"{name} #{again}", "time": 0}
        inside = ""
        if case.kind != "passed":
            more = {"message": case.message, **({"type": case.type} if case.type else {})}
            inside = f"<{case.kind}{_attributes(more)}>{escape(_legal(case.text))}</{case.kind}>"
        yield f"<testcase{_attributes(own)}>{inside}</testcase>"
    yield "<system-out></system-out><system-err></system-err>"
    yield "</testsuite>"


def _attributes(given: Mapping[str, object]) -> str:
    return "".join(f" {name}={quoteattr(_legal(as_plain(str(value))))}" for name, value in given.items())


def _legal(text: str) -> str:
    """``text`` without what XML cannot hold: halves of surrogate pairs and the two last code points of a plane."""
    return text.encode(errors="replace").decode().translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
