"""The spending plan."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Check, rule_ids
from tests.forms import form, line_of, project


@pytest.mark.parametrize(
    ("plan", "rules"),
    [
        (("25%", "50%", "75%", "100%"), []),
        (("0%", "50%", "75%", "100%"), []),
        (("100%", "100%", "100%", "100%"), []),
        (("50%", "100%", "100%", "100%"), []),
        (("25.00", "50.00", "75.00", "100.00"), []),
        (("", "", "", ""), ["spending-plan-blank"]),
        ((" ", "", "\u3000", ""), ["spending-plan-blank"]),
        (("", "50%", "75%", "100%"), ["spending-plan-start-blank"]),
        (("", "", "", "100%"), ["spending-plan-start-blank"]),
        (("25%", "", "75%", "100%"), ["spending-plan-partial"]),
        (("", "50%", "", "100%"), ["spending-plan-partial"]),
        (("25%", "50%", "75%", ""), ["spending-plan-partial"]),
        (("50%", "45%", "75%", "100%"), ["spending-plan-decreasing"]),
        (("25%", "50%", "75%", "80%"), ["spending-plan-incomplete"]),
        (("25%", "50%", "75%", "1000%"), ["spending-plan-over-100"]),
        (("25%", "50%", "75%", "1000.00%"), ["spending-plan-over-100"]),
        (("25%", "若干", "75%", "100%"), ["spending-plan-over-100"]),
        (("25%", "50%", "750%", "100%"), ["spending-plan-over-100"]),
        (("0.25", "50%", "75%", "100%"), ["spending-plan-in-fractions"]),
        (("25%", "0.5", "75%", "100%"), ["spending-plan-in-fractions"]),
        (("25%", "50%", "3/4", "100%"), ["spending-plan-in-fractions"]),
        (("50%", "50%", "75%", "100%"), ["spending-plan-flat"]),
        (("2.00", "4.00", "6.00", "8.00"), ["spending-plan-in-amounts"]),
        (("2.00万元", "4.00万元", "6.00万元", "8.00万元"), ["spending-plan-in-amounts"]),
        (("", "", "", "8.00"), ["spending-plan-start-blank", "spending-plan-in-amounts"]),
        (("10%", "20%", "30%", "100%"), ["spending-plan-behind"]),
    ],
)
def test_a_plan_is_judged(check: Check, plan: tuple[str, ...], rules: list[str]) -> None:
    assert sorted(rule_ids(check(form(project(1, plan=plan), project(2))))) == sorted(rules)


@pytest.mark.parametrize("nothing", ["/", "-", "—", "无"])
def test_a_stroke_for_nothing_is_a_blank(check: Check, nothing: str) -> None:
    assert rule_ids(check(form(project(1, plan=(nothing, "50%", "75%", "100%"))))) == ["spending-plan-start-blank"]


def test_a_budget_of_nought_does_not_make_the_plan_one_of_amounts(check: Check) -> None:
    funding = ("预算规模及资金用途", "预算数", "0.00", "其中：财政资金", "0.00", "其他资金", "")
    found = rule_ids(check(form(project(1, funding=funding, plan=("0", "0", "0", "0")))))
    assert "spending-plan-in-amounts" not in found


def test_the_finding_stands_at_the_period_concerned(check: Check) -> None:
    text = form(project(1), project(2, plan=("50%", "45%", "75%", "100%")))
    (found,) = check(text)
    assert found.location.place.span.line == line_of(text, "\t45%")
    assert [related.text for related in found.related] == ["50%"]
    assert "6月底" in found.message and "45%" in found.message and "50%" in found.message


def test_plans_behind_the_calendar_are_one_finding_for_the_document(check: Check) -> None:
    slow = ("10%", "20%", "30%", "100%")
    (found,) = check(form(project(1, plan=slow), project(2), project(3, plan=slow)))
    assert found.rule.id == "spending-plan-behind"
    assert "项目有 2 个" in found.message
    assert len(found.related) == 1


@pytest.mark.parametrize(
    ("plan", "rules"),
    [
        (("6.00", "4.00", "4.00", "8.00"), ["decreasing", "flat", "in-amounts"]),
        (("2.00", "4.00", "4.00", "8.00"), ["flat", "in-amounts"]),
        (("4.00", "8.00", "8.00", "8.00"), ["in-amounts"]),
        (("2万元", "4万元", "6万元", "7万元"), ["below-budget", "in-amounts"]),
        (("2万元", "4万元", "6万元", "9万元"), ["above-budget", "in-amounts"]),
        (("2万元", "9万元", "9万元", "8万元"), ["above-budget", "above-budget", "decreasing", "in-amounts"]),
        (("20000元", "4万元", "60000元", "8万元"), ["in-amounts"]),
        (("3万元", "2万元", "2万元", "1万元"), ["in-amounts"]),
    ],
)
def test_a_plan_in_amounts_is_judged_as_amounts(check: Check, plan: tuple[str, ...], rules: list[str]) -> None:
    found = rule_ids(check(form(project(1, plan=plan), project(2))))
    assert sorted(found) == sorted(f"spending-plan-{rule}" for rule in rules)


@pytest.mark.parametrize(
    ("plan", "rules"),
    [
        (("2.00", "4.00", "6.00", "8.00"), []),
        (("2.00", "2.00", "2.00", "2.00"), []),
        (("3.00", "2.00", "2.00", "1.00"), []),
        (("5.00", "5.00", "7.00", "8.00"), ["flat"]),
        (("6.00", "4.00", "7.00", "8.00"), ["decreasing"]),
        (("2.00", "4.00", "6.00", "7.00"), ["below-budget"]),
        (("2.00", "4.00", "6.00", "80.00"), ["above-budget"]),
        (("0.50", "1.00", "2.00", "8.00"), ["behind"]),
        (("25%", "50%", "75%", "80%"), []),
        (("", "", "", ""), ["blank"]),
    ],
)
def test_a_plan_that_asks_for_money_is_judged_as_amounts(check: Check, plan: tuple[str, ...], rules: list[str]) -> None:
    found = rule_ids(check(form(project(1, plan=plan, plan_label="资金支出计划（万元）"), project(2))))
    assert sorted(found) == sorted(f"spending-plan-{rule}" for rule in rules)


def test_periods_above_100_below_a_large_budget_are_amounts(check: Check) -> None:
    funding = ("预算规模及资金用途", "预算数", "282.00", "其中：财政资金", "282.00", "其他资金", "")
    found = rule_ids(check(form(project(1, funding=funding, plan=("70.5", "141", "211.5", "280")), project(2))))
    assert sorted(found) == ["spending-plan-below-budget", "spending-plan-in-amounts"]


def test_one_period_above_100_is_a_slip(check: Check) -> None:
    funding = ("预算规模及资金用途", "预算数", "2820.00", "其中：财政资金", "2820.00", "其他资金", "")
    found = rule_ids(check(form(project(1, funding=funding, plan=("25", "50", "75", "1000")), project(2))))
    assert found == ["spending-plan-over-100"]


def test_a_plan_that_falls_at_the_end_is_one_finding(check: Check) -> None:
    found = rule_ids(check(form(project(1, plan=("25%", "50%", "75%", "25%")), project(2))))
    assert found == ["spending-plan-decreasing"]


def test_a_negative_percentage_is_under_nought(check: Check) -> None:
    (found,) = check(form(project(1, plan=("-5%", "50%", "75%", "100%"))))
    assert found.rule.id == "spending-plan-over-100"
    assert "小于 0" in found.message


def test_a_period_the_form_has_and_the_plan_has_not_is_named(check: Check) -> None:
    text = form(project(1)).replace("\t6月底\n", "", 1).replace("\t50%\n", "", 1)
    (found,) = check(text)
    assert found.rule.id == "spending-plan-column-missing"
    assert "6月底" in found.message


def test_a_plan_in_amounts_without_a_budget_is_held_against_none_and_no_rule_fails(judged: Any) -> None:
    plan = ("2.00万元", "4.00万元", "6.00万元", "8.00万元")
    judgement = judged(form(project(1, plan=plan, leave_out=("funding",)), project(2)))
    assert not judgement.not_checked
    assert "table-field-missing" in rule_ids(judgement.findings)
