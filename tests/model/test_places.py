"""Where the parts of a document stand, in lines and columns and in words."""

from __future__ import annotations

from typing import Any

import pytest

from perfcheck.finding import Location
from perfcheck.model.document import Document
from perfcheck.model.places import PlanCell, locate
from perfcheck.reporting.words import words
from perfcheck.source import Span
from tests.conftest import Check, Read
from tests.forms import INDICATORS, PART_ONE, PART_TWO, form, line_of, project


def span_of(location: Location) -> tuple[int, int, int, int]:
    return tuple(location.place.span)  # type: ignore[return-value]


@pytest.fixture
def text() -> str:
    return form(project(1), project(2))


@pytest.fixture
def document(read: Read, text: str) -> Document:
    return read(text)


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("title", "2.乡道养护经费绩效目标表"), ("unit", "600001某县某镇人民政府"), ("money_unit", "单位：万元"), ("name", "乡道养护经费"),
        ("usage", "用于全镇范围内的日常维护。"), ("goals", "1.全年维护12处，方便群众。"),
    ],
)  # fmt: skip
def test_a_field_stands_where_its_text_does(document: Document, text: str, field: str, content: str) -> None:
    location = locate(document, document.projects[1], field)
    number = [line.strip() for line in text.split("\n")].index(content, line_of(text, "2.乡道") - 1) + 1
    column = text.split("\n")[number - 1].index(content) + 1
    assert span_of(location) == (number, column, number, column + len(content))
    assert location.text == content


def test_a_blank_cell_is_marked_at_its_tab(document: Document, text: str) -> None:
    location = locate(document, document.projects[0], "other")
    number = line_of(text, "其他资金") + 1
    assert span_of(location) == (number, 1, number, 2)
    assert location.text == ""
    assert location.place.origin is None


def test_a_cell_over_several_lines_spans_them(read: Read) -> None:
    text = form(project(1, goals="1.第一条，\n  接着写。\n\n2.第二条。 "))
    location = locate(read(text), read(text).projects[0], "goals")
    first = line_of(text, "1.第一条，")
    assert span_of(location) == (first, 2, first + 3, len("2.第二条。") + 1)


def test_a_cell_that_begins_with_a_blank_line_is_marked_at_its_text(read: Read) -> None:
    text = form(project(1, goals="\n 1.第一条。"))
    location = locate(read(text), read(text).projects[0], "goals")
    assert span_of(location)[:2] == (line_of(text, "1.第一条。"), 2)


@pytest.mark.parametrize(
    ("leave_out", "field", "stands_at"),
    [
        ("identity", "code", "绩效目标表"), ("identity", "name", "绩效目标表"), ("usage", "usage", "预算规模及资金用途"), ("plan", "plan_values", "资金支出计划"),
        ("goals", "goals", None), ("unit", "unit", "绩效目标表"),
    ],
)  # fmt: skip
def test_a_missing_field_is_marked_at_its_neighbour_or_the_title(
    read: Read, leave_out: str, field: str, stands_at: str | None
) -> None:
    text = form(project(1, leave_out=[leave_out]))
    location = locate(read(text), read(text).projects[0], field)
    assert location.place.span.line == (line_of(text, stands_at) if stands_at else line_of(text, "25%") - 1)


def test_a_period_of_the_plan_is_marked_at_its_value(document: Document, text: str) -> None:
    table = document.projects[0]
    assert table.spending_plan is not None
    location = locate(document, PlanCell(table, table.spending_plan.installments[2]), "plan_values")
    number = line_of(text, "\t75%")
    assert span_of(location) == (number, 2, number, 5)
    assert words("zh").place(location.steps) == "项目 1“村道养护经费” · 资金支出计划 · 10月底"
    assert words("en").place(location.steps) == "project 1 “村道养护经费” · spending plan · 10月底"


def test_every_field_of_an_indicator_is_marked_at_its_cell(document: Document, text: str) -> None:
    row = document.projects[1].indicators[3]
    for field, content in zip(("subcategory", "name", "description", "target", "basis"), INDICATORS[3][1:]):
        location = locate(document, row, field)
        assert span_of(location)[0] == line_of(text, "\t" + content, 2)
        assert location.text == content
    assert (
        words("zh").place(locate(document, row, "target").steps)
        == "项目 2“乡道养护经费” · 第 4 行指标“每公里养护成本” · 指标值"
    )


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        (PART_ONE + "\n" + PART_TWO, "projects-missing", len(PART_ONE.split("\n")) + 1),
        (PART_ONE.replace("三、工作保障措施\n", "") + "\n" + PART_TWO + project(1), "section-missing", 1),
        (
            PART_ONE.partition("（一）道路")[0] + "三、工作保障措施\n有措施。\n" + PART_TWO + project(1),
            "section-empty",
            5,
        ),
    ],
)
def test_a_missing_part_of_the_document_is_marked_where_it_belongs(
    check: Check, text: str, rule: str, line: int
) -> None:
    (found,) = [finding for finding in check(text) if finding.rule.id == rule]
    assert found.location.place.span.line == line


def test_spans_lie_inside_the_file_for_every_finding_of_a_very_faulty_document(judged: Any) -> None:
    text = "甲\n" + form(
        project(1, goals="", usage=("", ""), plan=("", "", "", ""), table=[("", "", "", "", "", "")]),
        project(2, leave_out=["unit", "identity", "goals"], table=[]),
        part_one="",
    )
    lines = text.split("\n")
    findings = judged(text).findings
    assert len(findings) > 5
    for finding in findings:
        for location in (finding.location, *finding.related):
            span: Span = location.place.span
            assert 1 <= span.line <= span.end_line <= len(lines)
            assert span.column >= 1 and span.end_column > (span.column if span.line == span.end_line else 0)
            assert span.column <= len(lines[span.line - 1]) + 1
            assert span.end_column <= len(lines[span.end_line - 1]) + 2
