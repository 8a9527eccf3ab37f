"""Amounts of money."""

from __future__ import annotations

import pytest

from tests.conftest import Check, rule_ids
from tests.forms import form, project


def with_money(total: str, fiscal: str, other: str) -> str:
    funding = ("预算规模及资金用途", "预算数", total, "其中：财政资金", fiscal, "其他资金", other)
    return form(project(1, funding=funding), project(2))


@pytest.mark.parametrize(
    ("total", "fiscal", "other", "rules"),
    [
        ("8.00", "8.00", "", []),
        ("8", "8", "0", []),
        ("8.00", "5.00", "3.00", []),
        ("8.00", "5.005", "3.00", ["budget-format"]),
        ("8.00", "7.996", "", ["budget-format"]),
        ("1,208.00", "1,208.00", "", []),
        ("8.00万元", "8.00", "", ["budget-format"]),
        ("8.00", "0", "8.00", []),
        ("8.00", "8.00", "无", []),
        ("9.00", "8.00", "", ["budget-sum-mismatch"]),
        ("8.00", "8.00", "1.00", ["budget-sum-mismatch"]),
        ("8.01", "8.00", "", ["budget-sum-mismatch"]),
        ("八万", "8.00", "", ["budget-format"]),
        ("0.00", "0.00", "", ["budget-format"]),
        ("-8.00", "-8.00", "", ["budget-format"]),
        ("8.123", "8.123", "", ["budget-format"]),
        ("8.100", "8.10", "", []),
        ("", "8.00", "", ["table-field-blank"]),
        ("8.00", "", "", ["table-field-blank"]),
        ("", "", "", ["table-field-blank"]),
    ],
)
def test_money_is_judged(check: Check, total: str, fiscal: str, other: str, rules: list[str]) -> None:
    assert rule_ids(check(with_money(total, fiscal, other))) == rules


def test_a_sum_and_its_parts_are_one_finding(check: Check) -> None:
    (found,) = check(with_money("9.00", "5.00", "3.00"))
    assert found.location.text == "9.00"
    assert [related.text for related in found.related] == ["5.00", "3.00"]
    assert "8.00" in found.message and "1.00" in found.message


def test_a_label_that_is_missing_is_not_taken_for_nought(check: Check) -> None:
    text = form(project(1, funding=("预算规模及资金用途", "预算数", "9.00", "其中：财政资金", "8.00")))
    assert rule_ids(check(text)) == ["table-field-missing"]
