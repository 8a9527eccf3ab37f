"""Cells that hold what is none of theirs: placeholders, and rows whose cells are shifted."""

from __future__ import annotations

import pytest

from tests.conftest import Check
from tests.forms import INDICATORS, form, project


def with_row(*row: str) -> str:
    return form(project(1, table=[row, *INDICATORS[1:]]), project(2))


def with_value(value: str) -> str:
    row = INDICATORS[0]
    return with_row(*row[:4], value, row[5])


@pytest.mark.parametrize("value", ["××", "xx%", "**", "≥XX个", "20XX年XX月", "见附件", "待确定", "按规定执行", "略"])
def test_a_placeholder_is_one_finding(check: Check, value: str) -> None:
    (found,) = check(with_value(value))
    assert (found.rule.id, found.level) == ("value-placeholder", "warning")
    assert value in found.message


@pytest.mark.parametrize("value", ["全部", "已完成", "合格"])
def test_a_number_in_words_is_one_finding(check: Check, value: str) -> None:
    assert [found.rule.id for found in check(with_value(value))] == ["quantity-not-counted"]


def test_cells_in_each_others_place_are_one_finding(check: Check) -> None:
    row = INDICATORS[0]
    (found,) = check(with_row(*row[:4], row[5], row[4]))
    assert found.rule.id == "basis-is-value"
    assert "错了一格" in found.message


def test_cells_one_to_the_left_are_one_finding(check: Check) -> None:
    row = INDICATORS[0]
    (found,) = check(with_row(*row[:3], row[4], row[5], ""))
    assert found.rule.id == "description-is-value"


def test_cells_one_to_the_right_are_one_finding(check: Check) -> None:
    row = INDICATORS[0]
    (found,) = check(with_row(*row[:2], "", *row[2:5]))
    assert found.rule.id == "basis-is-value"


def test_another_row_keeps_its_own_findings(check: Check) -> None:
    one, other = INDICATORS[0], INDICATORS[1]
    table = [(*one[:3], one[4], one[5], ""), (*other[:5], ""), *INDICATORS[2:]]
    found = [each.rule.id for each in check(form(project(1, table=table), project(2)))]
    assert found == ["description-is-value", "basis-blank"]


def test_a_mere_number_beside_a_value_is_not_called_shifted(check: Check) -> None:
    row = INDICATORS[0]
    (found,) = check(with_row(*row[:5], "12次"))
    assert "只是一个数" in found.message
