"""What a second round of review shows: new, unchanged, fixed and waived, each as a line for people."""

from __future__ import annotations

from collections.abc import Iterator

from perfcheck.engine import Judgement
from perfcheck.finding import Finding
from perfcheck.named_tuples import NamedTuple
from perfcheck.reporting.filters import as_plain, focus
from perfcheck.reporting.report import Report
from perfcheck.reporting.words import Words

MOST_NAMED = 5
"""Files that are named; of more only their number is told."""


class Line(NamedTuple):
    """Something that does not count, in words."""

    state: str
    level: str
    place: str
    where: str
    text: str
    problem: str
    rule: str
    reason: str
    """Why it was waived, with approver and expiry; else empty."""


def state_word(finding: Finding, say: Words) -> str:
    """新增, 未改 or 已豁免; empty for a finding that was not compared."""
    if finding.waiver is not None:
        return say.phrase("state_waived")
    return say.phrase(f"state_{finding.state}") if finding.state else ""


def state_mark(finding: Finding, say: Words) -> str:
    """The same behind a level, in brackets, with what stood there before."""
    word = state_word(finding, say)
    if finding.former is not None:
        word = say.phrase("state_edited", text=as_plain(finding.former) or say.phrase("blank"))
    return say.phrase("in_brackets", text=word) if word else ""


def reason_of(finding: Finding, say: Words) -> str:
    """Why a finding was waived, by whom and until when; empty for one that was not."""
    waiver = finding.waiver
    if waiver is None:
        return ""
    parts = [as_plain(waiver.reason)]
    if waiver.approver:
        parts.append(say.phrase("waiver_approver", approver=as_plain(waiver.approver)))
    if waiver.expiry:
        parts.append(say.phrase("waiver_expiry", day=waiver.expiry))
    return say.phrase("in_between").join(parts)


def accepted_lines(judgement: Judgement, report: Report, say: Words) -> Iterator[Line]:
    """What does not count of one document: accepted findings, then fixed faults."""
    for finding in judgement.accepted:
        yield Line(
            state_word(finding, say),
            say.level(finding.level),
            say.place(finding.location.steps),
            say.where(finding.location.place),
            as_plain(focus(finding.location)),
            as_plain(finding.message),
            finding.rule.id,
            reason_of(finding, say),
        )
    rules = {rule.id: rule for rule in report.rules}
    for fault in judgement.fixed:
        rule = rules[fault.rule]
        times = say.phrase("times", count=fault.times) if fault.times > 1 else ""
        yield Line(
            say.phrase("state_fixed"),
            say.level(rule.level),
            as_plain(fault.place),
            "",
            as_plain(fault.text),
            rule.title.in_language(report.language) + times,
            fault.rule,
            "",
        )


def summary(report: Report, say: Words) -> list[str]:
    """What was set aside, in a sentence or two; empty where nothing was."""
    counts = report.rounds
    told = []
    if report.compared:
        told.append(say.phrase("round_counts", **counts))
    if report.gone:
        more = say.phrase("and_more") if len(report.gone) > MOST_NAMED else ""
        names = say.phrase("between_names").join(map(as_plain, report.gone[:MOST_NAMED]))
        told.append(say.phrase("round_gone", count=len(report.gone), names=names + more))
    if counts["waived"]:
        told.append(say.phrase("waived_count", count=counts["waived"]))
    return told
