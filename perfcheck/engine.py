"""Runs rules over documents: what is found, what could not be judged, in one stable order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from perfcheck.finding import Fact, Finding, Location, NotApplicable, NotChecked, Step, Unclear
from perfcheck.fingerprints import fingerprint_of
from perfcheck.model.document import Document
from perfcheck.model.form_layout import FormLayout, LayoutFound, recognise
from perfcheck.model.places import locate, narrowed
from perfcheck.model.selections import Nodes
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import NEARBY, Rule, YearRange
from perfcheck.source import Remark, SourceText

_made: Any = tuple.__new__
"""Makes a named tuple of its values, without the detour through its own constructor."""
Render = Callable[[Rule, Any], str]
"""Fills a rule's message with the values of a fact."""
SCOPES = tuple(zip(NEARBY, ("project", "indicator"), (1, 2)))
"""What a rule calls a table or row, the kind of step that leads to it, and how many steps lead there."""


class Judgement(NamedTuple):
    """All that was said of one document."""

    path: str
    findings: Sequence[Finding]
    not_checked: tuple[NotChecked, ...]
    not_applicable: tuple[NotApplicable, ...]
    projects: int
    indicators: int
    budget_year: int | None
    layout: LayoutFound | None = None
    """The layout of the form, looked for when a rule asks for it."""
    unclear: tuple[tuple[str, int], ...] = ()
    """Rule id and number of places it could not judge, for want of a unit or a plain meaning."""
    remarks: tuple[Remark, ...] = ()
    """What the reader has to say of the file."""
    unit: str | None = None
    """The name of the unit whose document it is."""
    source: SourceText | None = None
    """The document as it was read, for formats that show it; others must not hold hundreds of documents."""
    unit_code: str | None = None
    project_names: tuple[tuple[str | None, str | None], ...] = ()
    """Code and name of each project, in the order of the tables."""
    markers: tuple[Any, ...] = ()
    """What was found beside a fault to waive it, each a :class:`~perfcheck.accepted.waived.Marker`."""
    accepted: tuple[Finding, ...] = ()
    """Findings that count no more: waived, or known to the baseline."""
    fixed: tuple[Any, ...] = ()
    """Faults of the baseline that are there no more, each a :class:`~perfcheck.accepted.known_faults.KnownFault`."""
    is_document: bool = True
    """False for what is said of another file of the run, such as the file of waivers."""
    is_own_report: bool = False
    """Whether the file is a report perfcheck wrote, which is left out where nobody named it."""
    none_decided: bool = False
    """Whether no rule at all could be applied, because the document does not tell its budget year or its layout."""

    @property
    def undecided(self) -> dict[str, list[str]]:
        """Reason -> rules not applied because the document does not tell its budget year or its layout."""
        found: dict[str, list[str]] = {}
        for item in self.not_applicable:
            if item.reason.endswith("-unknown"):
                found.setdefault(item.reason, []).append(item.rule_id)
        return found


def judge(document: Document, rules: Sequence[Rule], render: Render, layouts: Sequence[FormLayout] = ()) -> Judgement:
    """Apply ``rules`` to ``document``. A rule that raises is reported as not checked and the others go on.

    ``layouts`` are the forms there are; which one the document follows decides on rules that are for some of them.
    """
    nodes = Nodes(document)
    year = document.budget_year.year
    layout = recognise(document, layouts) if any(rule.layouts for rule in rules) else None
    found: list[tuple[Rule, Any, Fact]] = []
    failed: list[NotChecked] = []
    skipped: list[NotApplicable] = []
    unclear: dict[str, int] = {}
    for rule in rules:
        if rule.years is not None:
            reason = _not_for(rule.years, year)
            if reason:
                skipped.append(NotApplicable(rule.id, reason))
                continue
        if layout is not None and rule.layouts:
            reason = _not_for_layout(rule.layouts, layout)
            if reason:
                skipped.append(NotApplicable(rule.id, reason))
                continue
        check = rule.judge
        try:
            chosen = nodes.of(rule.select, rule.targets)
            if rule.screen is not None:
                chosen = rule.screen(chosen)
            if not chosen:
                continue
            # nearly all nodes of nearly all documents are sound: ask all of them before looking for who answered
            answers = list(map(check, chosen, repeat(document)))
            if any(answers):
                for node, facts in zip(chosen, answers):
                    if facts.__class__ is Fact:
                        found.append((rule, node, facts))
                    elif facts.__class__ is Unclear:
                        unclear[rule.id] = unclear.get(rule.id, 0) + 1
                    elif facts:
                        for fact in facts:
                            if fact.__class__ is Unclear:
                                unclear[rule.id] = unclear.get(rule.id, 0) + 1
                            else:
                                found.append((rule, node, fact))
        except Exception as error:  # a rule of somebody's own pack may fail in any way; it must not end as a pass
            failed.append(NotChecked(document.source.path, f"{type(error).__name__}: {error}", rule.id))
    findings: list[Finding] = []
    if found:
        findings = _findings(document, found, render, failed)
    return Judgement(
        document.source.path,
        tuple(findings),
        tuple(failed),
        tuple(skipped),
        len(document.projects),
        sum(len(project.indicators) for project in document.projects),
        year,
        layout,
        tuple(unclear.items()),
        document.source.remarks,
        document.unit.name,
        None,
        document.unit.code,
        tuple([(project.code, project.name) for project in document.projects]),
        none_decided=len(skipped) == len(rules) and any(item.reason.endswith("-unknown") for item in skipped),
    )


def applicability(
    document: Document, rules: Sequence[Rule], layouts: Sequence[FormLayout]
) -> tuple[LayoutFound, list[NotApplicable]]:
    """Which layout ``document`` follows, and the rules that are not for it."""
    layout = recognise(document, layouts)
    year = document.budget_year.year
    off = []
    for rule in rules:
        reason = (rule.years and _not_for(rule.years, year)) or (rule.layouts and _not_for_layout(rule.layouts, layout))
        if reason:
            off.append(NotApplicable(rule.id, reason))
    return layout, off


def _not_for_layout(layouts: Sequence[str], found: LayoutFound) -> str | None:
    """Why a rule for ``layouts`` is not for a document; layouts that cannot be told apart must agree on it."""
    if found.layouts and found.ids.issubset(layouts):
        return None
    return "other-layout" if found.layouts and found.ids.isdisjoint(layouts) else "layout-unknown"


def _not_for(years: YearRange, year: int | None) -> str | None:
    """Why a rule is not for a document of ``year``; None when it is."""
    if year is None:
        return "year-unknown"
    if (years.first is not None and year < years.first) or (years.last is not None and year > years.last):
        return "other-year"
    return None


def _findings(
    document: Document, found: Iterable[tuple[Rule, Any, Fact]], render: Render, failed: list[NotChecked]
) -> list[Finding]:
    findings = []
    cells = []
    path = document.source.path
    seen: dict[str, int] = {}
    for rule, node, fact in found:
        node = node if fact.node is None else fact.node
        try:
            location = locate(document, node, fact.field)
            related: tuple[Location, ...] = ()
            if fact.related:
                related = tuple(locate(document, *place) for place, _ in fact.related)
            message = render(rule, fact.values)
        except Exception as error:  # same as above: a message template may ask for what the check did not give
            failed.append(NotChecked(path, f"{type(error).__name__}: {error}", rule.id))
            continue
        cells.append(location.place.span[:2])
        if fact.span is not None:
            location = narrowed(location, *fact.span)
        fingerprint = fingerprint_of(rule.id, location, seen)
        repair = None
        if rule.fix is not None:
            from perfcheck.mending import repair_of

            try:
                repair = repair_of(document, rule.fix, node, fact)
            except Exception as error:  # likewise: the finding stands, whether or not it can be mended
                failed.append(NotChecked(path, f"{type(error).__name__}: {error}", rule.id))
        values = (rule, rule.level, message, path, location, related, fingerprint, None, None, None, repair)
        findings.append(_made(Finding, values))
    findings = _one_each(findings, cells)
    findings.sort(key=_order)
    return findings


def _one_each(findings: list[Finding], cells: list[tuple[int, int]]) -> list[Finding]:
    """One finding for one defect: where a special rule speaks of a cell, the general ones give way to it.

    So they do where it speaks of another cell of their row or table, if they say so (``row/…``, ``table/…``).
    ``cells`` are the beginnings of the cells, or lines, the findings stand in.
    """
    ways = [finding.rule.gives_way_to for finding in findings]
    if not any(ways):
        return findings
    spoken: dict[Any, set[str]] = {}
    places = [(("", cell), *_around(finding.location.steps)) for finding, cell in zip(findings, cells)]
    for finding, around in zip(findings, places):
        for scope, place in around:
            said = spoken.setdefault(place, set())
            said.add(scope + finding.rule.id)
            said.add(scope + finding.rule.category)
    return [
        finding
        for finding, around, way in zip(findings, places, ways)
        if not way or all(spoken[place].isdisjoint(way) for _, place in around)
    ]


def _around(steps: tuple[Step, ...]) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """The table and the row of indicators that ``steps`` lead through, each with what a rule calls it."""
    for scope, kind, end in SCOPES:
        if len(steps) >= end and steps[end - 1].kind == kind:
            yield scope, steps[:end]


def with_findings(judgement: Judgement, more: Sequence[Finding], failed: Sequence[NotChecked]) -> Judgement:
    """``judgement`` with findings and failures added that were made elsewhere."""
    findings = sorted((*judgement.findings, *more), key=_order)
    return judgement._replace(findings=tuple(findings), not_checked=(*judgement.not_checked, *failed))


def _order(finding: Finding) -> tuple[int, int, str]:
    span = finding.location.place.span
    return (span.line, span.column, finding.rule.id)
