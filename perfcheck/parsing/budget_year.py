"""The budget year of a document, found from what it says, with the evidence kept.

Headings and the lines before them name the year outright; the prose of part one speaks of the year to come and
sometimes of the past one; the codes of projects carry the year they were registered, which for carried-over
projects is an earlier one. Deadlines in values, with the bases of their year, count where several agree and nothing
better than prose is there: one slip in part one must not make all of them wrong. Where part one names a year but once
and all deadlines are later, one and a cited document of its year are enough: that line was left over from an earlier
text. Names of projects are no evidence: they often name other years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from perfcheck.model.document import BudgetYear, DepartmentGoals, Evidence, Project
from perfcheck.model.numerals import NARROW
from perfcheck.parsing.document_builder import DocumentBuilder
from perfcheck.patterns import compiled
from perfcheck.source import Paragraph

_YEAR = compiled(r"(?<![\d\-—–~～至到向])(20[1-4]\d)\s*年(?!远景|[1-3]月|第?一季度)")
"""A year named by itself: not the end of a span (2021—2025年), not one that is aimed at (到2030年), nor one whose first
months are named, when the year before is accounted for (2032年1月底前完成自评)."""
_CODE_YEAR = compiled(r"\d{6}([1-4]\d)[0-9A-Z]{13}")
_NUMBERED = compiled(r"[〔\[【（(](20[1-4]\d)[〕\]】）)]\s*\d")
"""The year in the number of a document: 〔2031〕9号."""
CODE_MAJORITY = 0.6
"""Share of the codes with a year that must agree; regulations.md section 6: a carried-over project keeps its code."""
DEADLINES_ENOUGH = 3
"""Deadlines that must agree before they count as evidence."""
LATER_ENOUGH = 2
"""A deadline and a cited document of one later year outweigh the only line of part one that names a year."""
WEIGHTS = {"heading": 6, "codes": 4, "values": 3, "prose": 2}
OPENING = 1
"""What the year that opens the overall goal weighs more than another the prose names, a slip or a look back."""


def find_budget_year(
    builder: DocumentBuilder, department: DepartmentGoals, projects: Sequence[Project], given: int | None
) -> BudgetYear:
    """Weigh all mentions; ``given`` (from ``--year``) overrides them, a draw leaves the year unknown."""
    evidence = [
        *_mentions("heading", [*builder.preface_lines, *department.headings, *builder.part_two_headings]),
        *_mentions("prose", [line for lines in _prose(builder) for line in lines]),
        *_from_codes(projects),
    ]
    opening = _opening_year(department)
    if all(mention.source == "prose" for mention in evidence):
        said_once = evidence[0].year if len(evidence) == 1 else None
        in_prose = {mention.year for mention in evidence}
        evidence.extend(_from_deadlines(projects, in_prose, said_once, opening))
    if given is not None:
        return BudgetYear(given, (Evidence(given, "given", "", 0), *evidence))
    weights: Counter[int] = Counter()
    for mention in {(item.year, item.source) for item in evidence}:
        weights[mention[0]] += WEIGHTS[mention[1]]
    by_source = {source: {item.year for item in evidence if item.source == source} for source in WEIGHTS}
    if opening is not None and len(by_source["prose"]) > 1:
        weights[opening] += OPENING
    if not by_source["heading"] and len(by_source["prose"]) == 1 and by_source["codes"]:
        (said,), (registered,) = by_source["prose"], by_source["codes"]
        if said > registered:  # a project carried over keeps the code of the year it was registered in
            weights[said] += WEIGHTS["codes"]
    ranked = weights.most_common()[:2]  # with a number it would import heapq
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return BudgetYear(None, tuple(evidence))
    return BudgetYear(ranked[0][0], tuple(evidence))


def _opening_year(department: DepartmentGoals) -> int | None:
    """The year the overall goal begins with, unless a later one follows: 2019年，…… 2020年，…… looks back first."""
    text = (department.overall_goal.text or "").translate(NARROW).lstrip()
    first = _YEAR.match(text)
    years = [int(match.group(1)) for match in _YEAR.finditer(text)]
    return years[0] if first and years[0] == max(years) else None


def _prose(builder: DocumentBuilder) -> list[list[Paragraph]]:
    return [builder.part_one_asides, *(lines for found in builder.sections.values() for lines in found)]


def _mentions(source: str, lines: Sequence[Paragraph]) -> list[Evidence]:
    return [
        Evidence(int(match.group(1)), source, line.text[max(0, match.start() - 8) : match.end() + 12], line.line)
        for line in lines
        for match in _YEAR.finditer(line.text.translate(NARROW))
    ]


def _from_codes(projects: Sequence[Project]) -> list[Evidence]:
    years: Counter[int] = Counter()
    first: dict[int, Project] = {}
    for project in projects:
        match = _CODE_YEAR.fullmatch(project.code) if project.code else None
        if match:
            year = 2000 + int(match.group(1))
            years[year] += 1
            first.setdefault(year, project)
    if not years:
        return []
    year, count = years.most_common()[0]  # with a number it would import heapq
    if count < CODE_MAJORITY * sum(years.values()):
        return []
    anchor = first[year].anchors["code"]
    line = anchor.line if isinstance(anchor, Paragraph) else anchor[0].cell_line(anchor[1])
    return [Evidence(year, "codes", first[year].code or "", line)]


def _from_deadlines(
    projects: Sequence[Project], in_prose: set[int], said_once: int | None, opening: int | None
) -> list[Evidence]:
    """The year most deadlines are in, with the bases of their year: two dates, and many a 2032年管护计划.

    Where the prose names several years, bases count for any of these, so that a wrong date more does not leave all of
    them unjudged; but none before the ``opening`` one, as last year's survey is a basis like any other. Where one line
    alone names a year, ``said_once``, and no deadline is so early, documents cited by their number
    count for the years after it, for nobody cites what is not written yet.
    """
    years: Counter[int] = Counter()
    first: dict[int, Evidence] = {}
    for project in projects:
        for indicator in project.indicators:
            for deadline in indicator.target.deadlines[-1:]:
                if deadline.year is not None:
                    years[deadline.year] += 1
                    line = indicator.row.cell_line(indicator.columns.get("target", 0))
                    first.setdefault(deadline.year, Evidence(deadline.year, "values", indicator.target.text, line))
    if len(years) == 1 or len(in_prose) > 1:
        wanted = {year for year in in_prose if year >= (opening or 0)} if len(in_prose) > 1 else {*years}
        for project in projects:
            for indicator in project.indicators:
                for year in wanted:
                    if f"{year}年" in (indicator.basis or ""):
                        years[year] += 1
                        line = indicator.row.cell_line(indicator.columns.get("basis", 0))
                        first.setdefault(year, Evidence(year, "values", indicator.basis or "", line))
    left_over = False
    if said_once is not None and years and min(years) > said_once:
        bases = (indicator.basis or "" for project in projects for indicator in project.indicators)
        cited = {int(year) for basis in bases for year in _NUMBERED.findall(basis)} & years.keys()
        years.update(cited)
        left_over = bool(cited)
    if not years:
        return []
    year, count = years.most_common()[0]  # with a number it would import heapq
    if count < (LATER_ENOUGH if left_over else DEADLINES_ENOUGH) or count < CODE_MAJORITY * sum(years.values()):
        return []
    return [first[year]]
