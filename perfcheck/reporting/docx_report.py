"""The review form (审核意见表) of each document as a Word file (extra ``docx``): to be read, filled in and signed.

Findings stand by the four dimensions reviewers use. Grade and score are proposals and say so. Only what python-docx
writes: no macro, no field but the page number.
"""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from perfcheck import __version__
from perfcheck.engine import Judgement
from perfcheck.errors import MissingExtraError
from perfcheck.finding import Finding, cut_to
from perfcheck.reporting.filters import as_plain, as_xml, citation, focus
from perfcheck.reporting.grouping import Group
from perfcheck.reporting.report import Report, count_levels
from perfcheck.reporting.review import Part, Review, review_of
from perfcheck.reporting.second_look import accepted_lines, state_mark, summary
from perfcheck.reporting.words import Words, words

if TYPE_CHECKING:
    from perfcheck.reporting.docx_page import Page

MOST_PLACES = 20
"""Places of one mass defect that are named; all of them stand in the list of problems."""
ABOUT = (2.6, 5.9, 2.6, 5.9)
SCORES = (5.0, 3.0, 3.0, 3.0, 3.0)
FINDINGS = (0.9, 1.2, 4.0, 4.3, 3.1, 3.5)
SET_ASIDE = (1.5, 1.3, 5.0, 5.7, 3.5)
SIGNATURE = (8.5, 8.5)
"""Widths of columns in centimetres; those of a table are 17 together."""


def docx_report(report: Report, together: bool = True, show_accepted: bool = False) -> bytes:
    """Serialise ``report``; raises :class:`MissingExtraError` without python-docx."""
    try:
        from perfcheck.reporting.docx_page import Page
    except ImportError:
        raise MissingExtraError("docx", "输出 Word 审核意见表", "writing the review form as a Word file") from None
    say = words(report.language)
    page = Page(say.phrase("review_title"), say.phrase("review_page"))
    for number, judgement in enumerate(one for one in report.judgements if one.is_document):
        if number:
            page.next_form()
        _Form(page, report, judgement, say).write(review_of(judgement, report, together), show_accepted)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


class _Form:
    """Writes the form of one document."""

    def __init__(self, page: Page, report: Report, judgement: Judgement, say: Words) -> None:
        self.page, self.report, self.judgement, self.say = page, report, judgement, say
        self.phrase = say.phrase
        self.colon = say.phrase("colon")

    def write(self, review: Review, show_accepted: bool) -> None:
        """Write all of it."""
        self.page.title(self.phrase("review_title"))
        self._about()
        for item in self.judgement.not_checked:
            rule = self.phrase("not_checked_rule", rule=item.rule_id) if item.rule_id else self.phrase("not_checked")
            self.page.line(_clean(f"{rule}{self.colon}{item.reason}"), bold=True)
        for remark in self.judgement.remarks:
            self.page.line(_clean(remark.in_language(self.report.language)))
        for reason, rules in self.judgement.undecided.items():
            titles = self.phrase("list_mark").join(self.report.titles(rules, self.report.language))
            self.page.line(_clean(self.phrase(reason, rules=titles)))
        if any(part.dimension for part in review.parts):
            self._scores(review)
        if self.report.review_form is not None:
            self._proposal(review)
        for number, part in enumerate(review.parts, 1):
            self._part(number, part)
        self._set_aside(show_accepted)
        self._signatures()

    def _about(self) -> None:
        judgement, phrase = self.judgement, self.phrase
        year = str(judgement.budget_year) if judgement.budget_year else phrase("unknown")
        counts = phrase("list_mark").join(
            f"{self.say.level(level)} {count}" for level, count in count_levels(judgement.findings).items()
        )
        read = phrase("review_read_count", projects=judgement.projects, indicators=judgement.indicators)
        cells = [
            (phrase("column_unit"), judgement.unit or phrase("unknown"), phrase("review_year"), year),
            (phrase("document"), os.path.basename(judgement.path), phrase("review_read"), read),
            (phrase("problems"), counts, phrase("review_rules"), f"{self.report.pack}, perfcheck {__version__}"),
        ]
        table = self.page.table(ABOUT)
        for row in cells:
            table.row(list(map(_clean, row)), labels=(0, 2))

    def _scores(self, review: Review) -> None:
        names = ("dimension", "kinds", "places", "points", "score")
        self.page.line("", small=True)  # Word joins tables that touch
        table = self.page.table(SCORES, [self.phrase(f"review_{name}") for name in names])
        kinds = places = points = 0
        for part in review.parts:
            own = part.dimension.points if part.dimension else 0
            kinds, places, points = kinds + part.kinds, places + part.places, points + own
            if part.dimension or part.groups:
                score = "—" if part.score is None or review.score is None else str(part.score)
                shown = str(own) if part.dimension else "—"
                table.row([self._name(part), str(part.kinds), str(part.places), shown, score], labels=(0,))
        total = "—" if review.score is None else str(review.score)
        table.row([self.phrase("total"), str(kinds), str(places), str(points), total], labels=(0,))

    def _proposal(self, review: Review) -> None:
        language = self.report.language
        if review.grade is None:
            self.page.line(self.phrase("review_no_grade"), bold=True)
        else:
            grade, consequence = (text.in_language(language) for text in (review.grade.name, review.grade.consequence))
            self.page.line(
                _clean(
                    self.phrase("review_grade", grade=grade, score=review.score)
                    + (self.phrase("review_consequence", consequence=consequence) if consequence else "")
                ),
                bold=True,
            )
        self.page.line(self.phrase("review_only_proposed"), small=True)

    def _part(self, number: int, part: Part) -> None:
        if part.dimension is None and not part.groups:
            return
        numeral = self.phrase("review_numerals").split("|")[number - 1] if number <= 5 else str(number)
        self.page.heading(_clean(f"{numeral}{self._name(part)}"))
        if not part.groups:
            self.page.line(self.phrase("no_findings"))
            return
        names = ("number", "level", "place", "problem", "basis", "remedy")
        head = [self.phrase(f"column_{name}" if name != "number" else "review_number") for name in names]
        table = self.page.table(FINDINGS, head)
        for index, group in enumerate(part.groups, 1):
            finding = group.finding
            rule = finding.rule
            level = self.say.level(finding.level) + self.phrase("confidence_" + rule.confidence)
            level += state_mark(finding, self.say)
            table.row(
                [
                    str(index),
                    level,
                    _clean(self._places(group)),
                    _clean(f"{as_plain(finding.message)} [{rule.id}]"),
                    _clean(citation(rule, self.say, self.judgement.budget_year)),
                    _clean(rule.remedy.in_language(self.report.language)),
                ]
            )

    def _set_aside(self, show_accepted: bool) -> None:
        """How this round compares with the one before, and what does not count."""
        judgement, say = self.judgement, self.say
        for sentence in summary(self.report._replace(judgements=(judgement,)), say):
            self.page.line(_clean(sentence), bold=True)
        found = list(accepted_lines(judgement, self.report, say)) if show_accepted else []
        if not found:
            return
        self.page.heading(_clean(self.phrase("accepted_heading")))
        head = [self.phrase(f"column_{name}") for name in ("round", "level", "place", "problem", "reason")]
        table = self.page.table(SET_ASIDE, head)
        for line in found:
            where = self.phrase("in_brackets", text=line.where) if line.where else ""
            row = (line.state, line.level, f"{line.place}{where}", f"{line.problem} [{line.rule}]", line.reason)
            table.row(list(map(_clean, row)))

    def _places(self, group: Group) -> str:
        """Where a defect stands: the place of the first, then the others by table."""
        first = group.finding.location
        lines = [f"{self.say.place(first.steps)}{self.phrase('in_brackets', text=self.say.where(first.place))}"]
        text = as_plain(focus(first))
        if text:
            lines.append(self.phrase("quote", text=cut_to(40, text)))
        if not group.others:
            return "\n".join(lines)
        lines.append(self.phrase("elsewhere", count=group.size))
        left = MOST_PLACES
        for table, findings in group.elsewhere:
            if left <= 0:
                break
            named = self.phrase("list_mark").join(self._further(group, other) for other in findings[:left])
            lines.append(f"{self.say.place((table,))}{self.colon}{named}")
            left -= len(findings)
        if len(group.others) > MOST_PLACES:
            lines.append(self.phrase("review_more_places"))
        return "\n".join(lines)

    def _further(self, group: Group, other: Finding) -> str:
        """Where a further place is, with what is right there where that differs."""
        where = self.say.where(other.location.place)
        anew = group.anew(other)
        return f"{where} {as_plain(anew)}" if anew else where

    def _signatures(self) -> None:
        phrase = self.phrase
        self.page.heading(phrase("review_opinion"))
        form = self.report.review_form
        grades = [grade.name.in_language(self.report.language) for grade in form.grades] if form else []
        table = self.page.table(SIGNATURE)
        table.wide(phrase("review_remarks") + self.colon, lines=4)
        if grades:
            table.wide(phrase("review_decision") + self.colon + "　".join(f"□ {grade}" for grade in grades))
        table.row([phrase("review_reviewer"), phrase("review_date")], lines=2)
        table.row([phrase("review_second"), phrase("review_date")], lines=2)
        self.page.line("", small=True)  # a body that ends with a table loses it in some programs

    def _name(self, part: Part) -> str:
        if part.dimension is not None:
            return part.dimension.name.in_language(self.report.language)
        return self.phrase("review_no_dimension" if self.report.review_form else "problems")


def _clean(text: str) -> str:
    """``text``, line by line, as XML can hold it."""
    return "\n".join(as_xml(as_plain(line)) for line in text.split("\n"))
