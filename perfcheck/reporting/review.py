"""One document seen the way reviewers see it: findings by dimension, and a grade that is only proposed."""

from __future__ import annotations

from perfcheck.engine import Judgement
from perfcheck.finding import LEVELS, Finding
from perfcheck.named_tuples import NamedTuple
from perfcheck.reporting.grouping import Group, grouped
from perfcheck.reporting.report import Report, count_levels
from perfcheck.rulebook.review_form import Dimension, Grade, ReviewForm


class Part(NamedTuple):
    """The findings of one dimension; without one those that belong to none."""

    dimension: Dimension | None
    groups: tuple[Group, ...]
    """The gravest level first, in the order of the document."""
    kinds: int
    """Number of rules that found something."""
    score: int | None
    """What is left of the points of the dimension."""

    @property
    def places(self) -> int:
        """Number of findings."""
        return sum(group.size for group in self.groups)


class Review(NamedTuple):
    """The parts of a review and what is proposed."""

    parts: tuple[Part, ...]
    score: int | None
    grade: Grade | None
    """None where the pack has no grades, or something was not checked: what nobody looked at gets no grade."""


def review_of(judgement: Judgement, report: Report, together: bool = True) -> Review:
    """The review of one document, mass defects put together unless ``together`` is false."""
    form = report.review_form
    if form is None:
        return Review((_part(None, list(judgement.findings), None, together),), None, None)
    by_dimension: dict[Dimension | None, list[Finding]] = {dimension: [] for dimension in form.dimensions}
    for finding in judgement.findings:
        by_dimension.setdefault(form.dimension_of(finding.rule.category), []).append(finding)
    parts = tuple(_part(dimension, found, form, together) for dimension, found in by_dimension.items())
    score = sum(part.score for part in parts if part.score is not None)
    if judgement.not_checked:
        return Review(parts, None, None)
    return Review(parts, score, form.grade_of(score, count_levels(judgement.findings)))


def _part(dimension: Dimension | None, findings: list[Finding], form: ReviewForm | None, together: bool) -> Part:
    rules = {finding.rule.id: finding.rule for finding in findings}
    score = None
    if dimension is not None and form is not None:
        lost = sum(form.deductions.get(rule.level, 0) for rule in rules.values())
        score = max(dimension.points - lost, 0)
    groups = sorted(grouped(findings, together), key=lambda group: LEVELS.index(group.finding.level))
    return Part(dimension, tuple(groups), len(rules), score)
