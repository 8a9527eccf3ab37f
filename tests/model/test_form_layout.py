"""Layouts of the form: told by year and marks, several where they cannot be told apart, none where nothing tells."""

from __future__ import annotations

import pytest

from perfcheck.model.form_layout import FormLayout, Mark, recognise
from perfcheck.rulebook import Pack
from tests.conftest import Read
from tests.forms import INDICATORS, PART_ONE, form, project

NO_YEAR = PART_ONE.replace("2023年", "")


def mark(points: int, **ways: object) -> Mark:
    given = {"matches": None, "any_of": frozenset(), "none_of": frozenset(), **ways}
    return Mark("标志", "mark", given.pop("field", "category"), **given, points=points)  # type: ignore[arg-type]


def layout(id: str, *marks: Mark, first: int | None = None, last: int | None = None) -> FormLayout:
    return FormLayout(id, id, id, first, last, marks)


def test_the_year_alone_tells_a_layout(read: Read) -> None:
    document = read(form())
    found = recognise(document, [layout("old", last=2020), layout("new", first=2021)])
    assert found.ids == {"new"} and found.by_year and found.evidence == ()


def test_marks_tell_a_layout_where_the_year_is_unknown(read: Read) -> None:
    document = read(form(project(1, project_code="甲-1"), part_one=NO_YEAR))
    benefit, effect = mark(3, any_of=frozenset(["效益指标"])), mark(3, any_of=frozenset(["效果指标"]))
    found = recognise(document, [layout("effect", effect), layout("benefit", benefit)])
    assert found.ids == {"benefit"} and found.evidence == (benefit,) and not found.by_year


def test_layouts_with_the_same_points_stay_side_by_side(read: Read) -> None:
    document = read(form(project(1, project_code="甲-1"), part_one=NO_YEAR))
    benefit = mark(3, any_of=frozenset(["效益指标"]))
    assert recognise(document, [layout("a", benefit), layout("b", benefit)]).ids == {"a", "b"}


def test_too_few_points_tell_nothing(read: Read) -> None:
    document = read(form(project(1, project_code="甲-1"), part_one=NO_YEAR))
    assert recognise(document, [layout("a", mark(2, any_of=frozenset(["效益指标"])))]).ids == frozenset()


def test_names_that_must_not_occur_and_codes_that_match(read: Read) -> None:
    document = read(form(project(1, project_code="777-0101-JBN-AB12"), part_one=NO_YEAR))
    costs = mark(3, field="subcategory", none_of=frozenset(["成本指标"]))
    codes = mark(3, field="code", matches=r"\d{3}-\d{4}-[A-Z]{3}-[0-9A-Z]{4}")
    assert recognise(document, [layout("without costs", costs), layout("old code", codes)]).ids == {"old code"}


@pytest.mark.parametrize(
    ("code", "year", "table", "expected"),
    [
        ("436-4.05-JXN-4QXO", None, INDICATORS, "hebei-2019"),
        ("436-0801-JBN-VVCP", None, INDICATORS, "hebei-2020"),
        ("甲-1", 2021, INDICATORS, "hebei-2021"),
        ("甲-1", 2026, INDICATORS, "hebei-2023"),
        (
            "甲-1",
            2024,
            [*INDICATORS[:3], ("成本指标", "经济成本指标", *INDICATORS[3][2:]), *INDICATORS[4:]],
            "national-101",
        ),
    ],
)
def test_the_layouts_that_come_with_perfcheck(
    read: Read, hebei: Pack, code: str, year: int | None, table: list[tuple[str, ...]], expected: str
) -> None:
    document = read(form(project(1, project_code=code, table=table), part_one=NO_YEAR), year)
    assert recognise(document, hebei.layouts).ids == {expected}
