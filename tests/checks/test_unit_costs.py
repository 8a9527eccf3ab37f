"""Unit price times count."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Check
from tests.forms import INDICATORS, form, project

Row = tuple[str, ...]


def count(name: str, value: str, description: str = "") -> Row:
    return ("", "数量指标", name, description or name, value, "计划")


def price(name: str, value: str, description: str = "") -> Row:
    return ("", "成本指标", name, description or name, value, "合同")


def found(check: Check, total: str, name: str, rows: list[Row], **options: Any) -> list[str]:
    table = [*rows, *(row for row in INDICATORS if row[1] not in ("数量指标", "成本指标"))]
    table[0] = ("产出指标", *table[0][1:])
    funding = ("预算规模及资金用途", "预算数", total, "其中：财政资金", total, "其他资金", "")
    text = form(project(1, name=name, funding=funding, table=table, **options), project(2))
    return [item.message for item in check(text) if item.rule.id == "unit-cost-off-budget"]


STAFF = count("网格员人数", "30人")


@pytest.mark.parametrize(
    ("total", "rows", "product"),
    [
        ("10.80", [STAFF, price("网格员补贴标准", "300元/人·月")], None),
        ("9.00", [STAFF, price("网格员补贴标准", "300元/人·月")], "10.8"),
        ("9.00", [STAFF, price("网格员补贴标准", "300元/人/月")], "10.8"),
        ("9.00", [STAFF, price("网格员补贴标准", "300元/人", "每人每月补贴")], "10.8"),
        ("12.00", [STAFF, price("网格员补贴标准", "300元/人·月")], "10.8"),
        ("12.00", [STAFF, price("网格员补贴标准", "≤300元/人·月")], "10.8"),
        ("12.00", [STAFF, price("网格员补贴标准", "≥300元/人·月")], None),
        ("12.00", [count("网格员人数", "≥30人"), price("网格员补贴标准", "≤300元/人·月")], None),
        ("9.00", [count("网格员人数", "≥30人"), price("网格员补贴标准", "≤300元/人·月")], "10.8"),
        ("9.00", [count("网格员人数", "≤30人"), price("网格员补贴标准", "≤300元/人·月")], None),
        ("9.00", [STAFF, price("网格员补贴标准", "3600元/人·年")], "10.8"),
        ("9.00", [STAFF, price("网格员补贴标准", "300元/人·天")], None),
        ("9.00", [STAFF, price("网格员培训餐费", "每餐300元/人")], None),
        ("9.00", [STAFF, count("网格员培训人数", "20人"), price("网格员补贴标准", "300元/人·月")], None),
        ("0.50", [count("路灯数量", "40盏"), price("公示栏制作费用", "≤300元/盏")], None),
        ("5.00", [count("走访村数", "≥10个"), price("每村走访经费", "≤1万元")], "10"),
        ("5.00", [count("村公示栏块数", "≥10块"), price("每村走访经费", "≤1万元")], None),
        ("5.00", [count("培训场次", "≥4场"), price("物业费用", "≤1万元/月")], "12"),
        ("15.00", [count("培训场次", "≥4场"), price("物业费用", "≤1万元/月")], None),
    ],
)
def test_price_times_count(check: Check, total: str, rows: list[Row], product: str | None) -> None:
    messages = found(check, total, "网格员补贴", rows)
    assert len(messages) == (product is not None)
    assert product is None or f"计算是 {product} 万元" in messages[0]


def test_a_year_of_eight_months_is_not_multiplied_by_twelve(check: Check) -> None:
    rows = [STAFF, price("网格员补贴标准", "300元/人·月")]
    assert found(check, "7.20", "网格员补贴", rows, usage=("", "发放8个月的网格员补贴。")) == []


def test_the_message_shows_the_reckoning(check: Check) -> None:
    (message,) = found(check, "9.00", "网格员补贴", [STAFF, price("网格员补贴标准", "300元/人·月")])
    assert "“300元/人·月” × 30人 × 12 计算是 10.8 万元" in message


def test_a_number_of_thousands_of_digits_in_the_usage_is_no_part_of_a_count(check: Check) -> None:
    rows = [STAFF, price("网格员补贴标准", "300元/人·月")]
    for usage in (f"用于{'9' * 5000}名网格员的补贴。", f"用于网格员补贴，{'1' * 3900}名、30名。"):
        assert len(found(check, "9.00", "网格员补贴", rows, usage=("", usage))) == 1
