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
    assert found.rule.id == "cells-shifted"
    assert "错了一格" in found.message


def test_cells_one_to_the_left_are_one_finding(check: Check) -> None:
    row = INDICATORS[0]
    (found,) = check(with_row(*row[:3], row[4], row[5], ""))
    assert found.rule.id == "cells-shifted"


def test_cells_one_to_the_right_are_one_finding(check: Check) -> None:
    row = INDICATORS[0]
    (found,) = check(with_row(*row[:2], "", *row[2:5]))
    assert found.rule.id == "cells-shifted"


def test_another_row_keeps_its_own_findings(check: Check) -> None:
    one, other = INDICATORS[0], INDICATORS[1]
    table = [(*one[:3], one[4], one[5], ""), (*other[:5], ""), *INDICATORS[2:]]
    found = [each.rule.id for each in check(form(project(1, table=table), project(2)))]
    assert found == ["cells-shifted", "basis-blank"]


def test_a_mere_number_beside_a_value_is_not_called_shifted(check: Check) -> None:
    row = INDICATORS[0]
    (found,) = check(with_row(*row[:5], "12次"))
    assert found.rule.id == "basis-is-value"


def test_a_mere_number_beside_a_value_hides_no_blank(check: Check) -> None:
    row = INDICATORS[0]
    found = [each.rule.id for each in check(with_row(*row[:3], "12公里", row[4], ""))]
    assert found == ["description-is-value", "basis-blank"]


def test_a_number_typed_twice_is_one_finding(check: Check) -> None:
    row = INDICATORS[0]
    text = form(
        project(
            1,
            usage=("", "用于养护村道12公里。"),
            goals="1.全年养护村道12公里。",
            table=[(*row[:4], "≥1212公里", row[5]), *INDICATORS[1:]],
        ),
        project(2),
    )
    assert [found.rule.id for found in check(text)] == ["value-malformed"]


def test_nothing_for_a_goal_is_one_finding(check: Check) -> None:
    assert [found.rule.id for found in check(form(project(1, goals="无"), project(2)))] == ["goals-blank"]


def test_amounts_are_not_held_against_a_budget_in_a_disputed_unit(check: Check) -> None:
    told = ("", "本项目预算8万元，用于全镇范围内的日常维护。")
    odd = project(3, unit=("600001某县某镇人民政府", "单位：元"), usage=told)
    found = check(form(project(1, usage=told), project(2), odd))
    assert [each.rule.id for each in found] == ["money-unit-inconsistent"]


def test_the_sign_of_a_value_in_a_wrong_unit_is_not_turned(check: Check) -> None:
    row = ("效益指标", "社会效益指标", "安全责任事故数", "全年发生的责任事故", "≥95%", "统计年报")
    found = check(form(project(1, table=[*INDICATORS[:4], row, INDICATORS[5]]), project(2)))
    assert [(each.rule.id, each.repair) for each in found] == [("value-unit-mismatch", None)]


@pytest.mark.parametrize(("value", "rule"), [("6月30前", "date-day-cut"), ("6/30前", "date-with-slashes")])
def test_a_date_without_its_year_is_read_as_a_date(check: Check, value: str, rule: str) -> None:
    row = INDICATORS[2]
    found = check(form(project(1, table=[*INDICATORS[:2], (*row[:4], value, row[5]), *INDICATORS[3:]]), project(2)))
    assert [each.rule.id for each in found] == [rule]
