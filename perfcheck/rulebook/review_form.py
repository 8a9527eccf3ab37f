"""The form of a review as packs write it in their word lists: dimensions, points, grades and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfcheck.errors import PackError
from perfcheck.finding import LEVELS
from perfcheck.named_tuples import NamedTuple
from perfcheck.rulebook.rule import Text

LISTS = frozenset(
    f"review-{name}" for name in "dimensions points deductions grades best-grades consequences in-english".split()
)
"""The names of the word lists it is written in."""


class Dimension(NamedTuple):
    """One side a document is reviewed from, with the categories of defects that belong to it."""

    name: Text
    points: int
    categories: tuple[str, ...]


class Grade(NamedTuple):
    """A grade, the lowest score it is given for, and what becomes of the document."""

    name: Text
    least: int
    consequence: Text


class ReviewForm(NamedTuple):
    """By what a review is laid out and its grade proposed."""

    dimensions: tuple[Dimension, ...]
    grades: tuple[Grade, ...]
    """The best first."""
    deductions: Mapping[str, int]
    """Level -> points taken off for each kind of defect."""
    best_grades: Mapping[str, int]
    """Level -> index of the best grade a document with such a finding may be given."""

    def dimension_of(self, category: str) -> Dimension | None:
        """The dimension that names ``category``, or most of its beginning."""
        owners = {name: dimension for dimension in self.dimensions for name in dimension.categories}
        while category:
            if category in owners:
                return owners[category]
            category = category.rpartition(".")[0]
        return None

    def grade_of(self, score: int, levels: Mapping[str, int]) -> Grade:
        """The grade for ``score``, no better than findings of these ``levels`` (level -> number) allow."""
        reached = next((index for index, grade in enumerate(self.grades) if score >= grade.least), len(self.grades) - 1)
        bounds = [index for level, index in self.best_grades.items() if levels.get(level)]
        return self.grades[max([reached, *bounds])]


def build_review_form(lists: Mapping[str, Any]) -> ReviewForm | None:
    """The form written in the word lists ``review-…``, None where there is none; raises :class:`PackError`."""
    if "review-dimensions" not in lists:
        return None
    english = lists.get("review-in-english", {})
    consequences = lists.get("review-consequences", {})

    def both(word: str) -> Text:
        return Text(word, english.get(word, word))

    points, grades = _numbers(lists, "review-points"), _numbers(lists, "review-grades")
    names = list(grades)
    if set(points) != set(lists["review-dimensions"]):
        raise PackError("词表 review-points 应给 review-dimensions 的各维度写分值，例如 review-points: {完整性: '20'}")
    if not grades or list(grades.values()) != sorted(grades.values(), reverse=True):
        raise PackError("词表 review-grades 应从高到低写各等级的最低分，例如 review-grades: {优: '90', 差: '0'}")
    best = lists.get("review-best-grades", {})
    if not set(best) <= set(LEVELS) or not set(best.values()) <= set(names):
        raise PackError("词表 review-best-grades 写级别和等级，例如 review-best-grades: {error: 中}")
    return ReviewForm(
        tuple(
            Dimension(both(name), points[name], tuple(categories))
            for name, categories in lists["review-dimensions"].items()
        ),
        tuple(Grade(both(name), least, both(consequences.get(name, ""))) for name, least in grades.items()),
        _numbers(lists, "review-deductions"),
        {level: names.index(name) for level, name in best.items()},
    )


def _numbers(lists: Mapping[str, Any], name: str) -> dict[str, int]:
    table = lists.get(name)
    if not isinstance(table, dict) or not all(isinstance(value, str) and value.isdecimal() for value in table.values()):
        raise PackError(f"词表 {name} 应是“名字: 整数”的表，例如 {name}: {{…: '20'}}")
    return {key: int(value) for key, value in table.items()}
