"""The project's total as indicators and prose state it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.conftest import Check
from tests.forms import INDICATORS, form, project

OWN = ("value-off-budget", "value-repeats-budget", "prose-off-budget")


def funding(total: str) -> Sequence[str]:
    return ("预算规模及资金用途", "预算数", total, "其中：财政资金", total, "其他资金", "")


def with_cost(name: str, value: str, description: str = "", subcategory: str = "成本指标", total: str = "8.00") -> str:
    row = ("", subcategory, name, description or name, value, "合同")
    return form(
        project(1, funding=funding(total), table=[row if item[1] == "成本指标" else item for item in INDICATORS]),
        project(2),
    )


def own(check: Check, text: str) -> list[str]:
    return [finding.rule.id for finding in check(text) if finding.rule.id in OWN]


@pytest.mark.parametrize(
    ("name", "value", "rules"),
    [
        ("补助发放金额", "8万元", ["value-repeats-budget"]),
        ("补助发放金额", "80000元", ["value-repeats-budget"]),
        ("补助发放金额", "80,000元", ["value-repeats-budget"]),
        ("补助发放金额", "0.08百万元", []),
        ("补助发放金额", "83800元", ["value-off-budget"]),
        ("补助发放金额", "7万元", ["value-off-budget"]),
        ("补助发放金额", "≤7万元", []),
        ("补助发放金额", "≥7万元", []),
        ("项目总成本", "≤9万元", ["value-off-budget"]),
        ("项目总成本", "8.2元", ["value-off-budget"]),
        ("办公用品采购支出", "5万元", []),
        ("办公用品采购支出", "12万元", ["value-off-budget"]),
        ("每村补助金额", "2万元", []),
        ("补贴标准", "30000元", []),
        ("三年累计支出金额", "24万元", []),
        ("工程总投资", "100万元", []),
        ("首期支付金额", "3万元", []),
        ("项目总成本", "7～9万元", []),
    ],
)
def test_a_cost_is_held_against_the_budget(check: Check, name: str, value: str, rules: list[str]) -> None:
    assert own(check, with_cost(name, value)) == rules


@pytest.mark.parametrize("subcategory", ["社会成本指标", "生态环境成本指标"])
def test_costs_to_society_are_not_the_money_of_the_project(check: Check, subcategory: str) -> None:
    assert own(check, with_cost("群众误工损失", "12万元", subcategory=subcategory)) == []


def test_a_table_in_yuan_is_compared_in_yuan(check: Check) -> None:
    row = ("", "成本指标", "补助发放金额", "全年发放的补助", "8.1万元", "合同")
    table = [row if item[1] == "成本指标" else item for item in INDICATORS]
    text = form(project(1, unit=("600001某县某镇人民政府", "单位：元"), funding=funding("80000.00"), table=table))
    assert own(check, text) == ["value-off-budget"]


def test_a_table_without_a_unit_of_money_is_not_judged(check: Check) -> None:
    row = ("", "成本指标", "补助发放金额", "全年发放的补助", "9万元", "合同")
    table = [row if item[1] == "成本指标" else item for item in INDICATORS]
    assert own(check, form(project(1, unit=("600001某县某镇人民政府",), table=table))) == []


def test_the_finding_points_at_value_and_budget(check: Check) -> None:
    (found,) = [item for item in check(with_cost("补助发放金额", "9万元")) if item.rule.id in OWN]
    assert found.location.text == "9万元"
    assert [related.text for related in found.related] == ["8.00"]
    assert "相差 1 万元" in found.message


@pytest.mark.parametrize(
    ("total", "usage", "wrong"),
    [
        ("8.00", "用于敬老院运转经费8万元。", []),
        ("8.00", "5个村驻村工作队经费9万元", ["9万元"]),
        ("8.00", "5个村驻村工作队经费7万元", ["7万元"]),
        ("8.00", "每村补助2万元，共计8万元", []),
        ("8.00", "每村补助2万元，共计10万元", ["10万元"]),
        ("8.00", "补助标准为每人每月300元，共需资金10.8万元", ["10.8万元"]),
        ("8.00", "项目总投资300万元，本年安排资金8万元", []),
        ("8.00", "项目总投资12万元", []),
        ("8.00", "购置灭火器5万元，消防水带3万元", []),
        ("8.00", "购置灭火器经费5万元，消防水带经费4万元", []),
        ("8.00", "用于防汛，其中防汛物资经费3万元", []),
        ("8.00", "带动村集体收入20万元", []),
        ("8.00", "争取上级资金12万元", []),
        ("8.00", "发放惠农补贴资金15万元", []),
        ("8.00", "支付2021年工程款10万元", []),
        ("8.00", "共安排资金８５０００元用于农村公路养护", ["８５０００元"]),
        ("8.00", "经费控制在10万元以内", ["10万元"]),
        ("8.00", "经费控制在7万元以内", []),
        ("8.00", "图书室开放经费约9万元", []),
        ("8.00", "高标准农田建设补助资金：12.5万元。", ["12.5万元"]),
        ("1200.00", "建设高标准农田资金0.12亿元", []),
        ("7.96", "全年经费8万元", []),
        ("8.00", "维修经费25万元", []),
    ],
)
def test_totals_in_prose(check: Check, total: str, usage: str, wrong: list[str]) -> None:
    found = check(form(project(1, funding=funding(total), usage=("", usage)), project(2)))
    marked = [item.location for item in found if item.rule.id == "prose-off-budget"]
    assert [location.text[slice(*location.focus)] for location in marked if location.focus] == wrong
