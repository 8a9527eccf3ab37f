"""Texts: patterns, lengths, two texts that should be one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from perfcheck.checks.presence import one_of
from perfcheck.checks.texts import LONGEST_SEARCHED, length, pattern
from tests.conftest import Check, rule_ids
from tests.forms import form, project


def read(field: str) -> Any:
    return lambda node: getattr(node, field)


@pytest.mark.parametrize(
    ("title", "name", "same"),
    [
        ("1.村道养护经费绩效目标表", "村道养护经费", True),
        ("1.村道 养护经费 绩效目标表", "村道养护经费", True),
        ("1.村道养护经费（一期）绩效目标表", "村道养护经费(一期)", True),
        ("1.ＰＰＰ项目补助绩效目标表", "PPP项目补助", True),
        ("1.“平安村”建设绩效目标表", "“平安村”建设", True),
        ("1.村道养护经费绩效目标表（2023年度）", "村道养护经费", True),
        ("1.村道养护项目绩效目标表", "村道养护项目", True),
        ("1.村道养护项目支出绩效目标表", "村道养护", True),
        ("1.2023年村道养护经费绩效目标表", "2023年村道养护经费", True),
        ("1.村道养护经费绩效目标表", "村道养护资金", False),
        ("1.村道养护经费绩效目标表", "乡道养护经费", False),
        ("1.2022年村道养护经费绩效目标表", "2023年村道养护经费", False),
        ("1.村道养护经费（一期）绩效目标表", "村道养护经费（二期）", False),
    ],
)
def test_a_title_is_compared_with_the_name_spelling_aside(check: Check, title: str, name: str, same: bool) -> None:
    found = check(form(project(1, title=title, name=name), project(2)))
    assert ("title-name-mismatch" in rule_ids(found)) is not same


def test_both_texts_are_shown_and_the_name_is_a_related_place(check: Check) -> None:
    (found,) = check(form(project(1, title="1.村道养护经费绩效目标表", name="乡道养护经费")))
    assert "村道养护经费" in found.message and "乡道养护经费" in found.message
    assert [related.text for related in found.related] == ["乡道养护经费"]


def test_a_pattern_must_fit_as_a_whole_or_must_not_occur() -> None:
    whole = pattern(read, field="text", matches=[r"\d+", "[a-z]+"])
    assert [whole(SimpleNamespace(text=text), None) is None for text in ("12", "ab", "", None, "a1", "甲")] == [
        True
    ] * 4 + [False] * 2
    absent = pattern(read, field="text", matches=["等等", "若干"], found=True)
    assert absent(SimpleNamespace(text="修路"), None) is None
    assert absent(SimpleNamespace(text="修路若干"), None).values["match"] == "若干"


def test_a_pattern_is_not_tried_on_more_than_the_beginning_of_a_huge_text() -> None:
    absent = pattern(read, field="text", matches=["坏"], found=True)
    assert absent(SimpleNamespace(text="好" * LONGEST_SEARCHED + "坏"), None) is None


def test_a_length_is_counted_without_white_space() -> None:
    judge = length(read, field="text", at_least=2, at_most=4)
    assert [
        judge(SimpleNamespace(text=text), None) is None for text in ("修", "修 路", "修路清淤", "修路、清淤", "")
    ] == [False, True, True, False, True]


def test_one_of_the_values_is_allowed_and_blank_is_another_check_s_matter() -> None:
    judge = one_of(read, field="text", values=["元", "万元"])
    assert [judge(SimpleNamespace(text=text), None) is None for text in ("元", "万元", "", None, "亿元")] == [
        True
    ] * 4 + [False]
