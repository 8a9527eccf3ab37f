"""The form of a review: dimensions, points and grades come from the packs."""

from __future__ import annotations

from typing import Any

import pytest

from perfcheck.errors import PackError
from perfcheck.finding import LEVELS
from perfcheck.rulebook import Pack
from perfcheck.rulebook.review_form import build_review_form

LISTS: dict[str, Any] = {
    "review-dimensions": {"甲面": ["basis", "value.blank"], "乙面": ["value"]},
    "review-points": {"甲面": "60", "乙面": "40"},
    "review-deductions": {"error": "5", "warning": "2", "note": "0"},
    "review-grades": {"好": "90", "行": "60", "不行": "0"},
    "review-best-grades": {"error": "行"},
    "review-consequences": {"好": "通过"},
    "review-in-english": {"甲面": "Side A", "好": "Good"},
}


def test_every_category_of_the_built_in_rules_belongs_to_a_dimension(hebei: Pack) -> None:
    form = hebei.review_form
    assert form is not None
    assert [rule.category for rule in hebei.rules if form.dimension_of(rule.category) is None] == []


def test_what_a_dimension_names_begins_like_a_category_of_the_rules(hebei: Pack) -> None:
    form = hebei.review_form
    assert form is not None
    known = {rule.category.partition(".")[0] for rule in hebei.rules}
    named = [name for dimension in form.dimensions for name in dimension.categories]
    assert [name for name in named if name.partition(".")[0] not in known] == []
    assert len(named) == len(set(named))


def test_the_built_in_dimensions_have_a_hundred_points_and_english_names(hebei: Pack) -> None:
    form = hebei.review_form
    assert form is not None
    assert sum(dimension.points for dimension in form.dimensions) == 100
    assert set(form.deductions) == set(LEVELS)
    assert [grade.least for grade in form.grades] == [90, 80, 60, 0]
    texts = [part for grade in form.grades for part in (grade.name, grade.consequence)]
    texts += [dimension.name for dimension in form.dimensions]
    assert all(text.en.isascii() and text.en for text in texts)


def test_the_longest_beginning_of_a_category_decides() -> None:
    form = build_review_form(LISTS)
    assert form is not None
    names = {
        category: (found := form.dimension_of(category)) and found.name.zh
        for category in ("basis", "basis.vague", "value.blank", "value.other", "values.x", "plan.flat", "")
    }
    assert names == {
        "basis": "甲面", "basis.vague": "甲面", "value.blank": "甲面", "value.other": "乙面",
        "values.x": None, "plan.flat": None, "": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("score", "levels", "grade"),
    [
        (100, {}, "好"), (90, {"warning": 3}, "好"), (89, {}, "行"), (60, {}, "行"), (59, {}, "不行"), (0, {}, "不行"),
        (95, {"error": 1}, "行"), (95, {"error": 0}, "好"), (10, {"error": 1}, "不行"),
    ],
)  # fmt: skip
def test_a_grade_goes_by_the_score_and_no_higher_than_the_gravest_finding_allows(
    score: int, levels: dict[str, int], grade: str
) -> None:
    form = build_review_form(LISTS)
    assert form is not None
    assert form.grade_of(score, levels).name.zh == grade


def test_a_pack_without_dimensions_has_no_form() -> None:
    assert build_review_form({"units": ["个"]}) is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("review-points", {"甲面": "60"}, "review-points"),
        ("review-points", {"甲面": "六十", "乙面": "40"}, "整数"),
        ("review-points", ["60"], "整数"),
        ("review-deductions", {"error": "-5"}, "review-deductions"),
        ("review-grades", {"差": "0", "好": "90"}, "从高到低"),
        ("review-grades", {}, "从高到低"),
        ("review-best-grades", {"error": "没有这一等"}, "review-best-grades"),
        ("review-best-grades", {"fatal": "行"}, "review-best-grades"),
    ],
)
def test_a_broken_form_is_named(name: str, value: Any, said: str) -> None:
    with pytest.raises(PackError, match=said):
        build_review_form({**LISTS, name: value})
