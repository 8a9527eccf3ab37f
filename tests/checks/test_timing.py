"""When the money is spent by the plan, against what indicators and goals promise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Check
from tests.forms import INDICATORS, form, project

OWN = ("spending-plan-against-promise", "spending-plan-after-deadline")
FLAT = ("25%", "50%", "50%", "100%")
SLOW = ("10%", "30%", "40%", "100%")


def own(check: Check, plan: tuple[str, ...], value: str, name: str = "补贴发放时间", **options: Any) -> list[str]:
    row = ("", "时效指标", name, name, value, "计划")
    table = [row if item[1] == "时效指标" else item for item in INDICATORS]
    found = check(form(project(1, table=table, plan=plan, **options), project(2)))
    return [item.rule.id for item in found if item.rule.id in OWN]


@pytest.mark.parametrize(
    ("plan", "value", "wrong"),
    [
        (FLAT, "每月15日前发放", True),
        (FLAT, "按月足额发放", True),
        (FLAT, "每月公示发放情况", False),
        (FLAT, "每月巡查1次", False),
        (("", "50%", "75%", "100%"), "每月15日前发放", False),
        (("", "", "75%", "100%"), "每月15日前发放", True),
        (("", "", "", ""), "每月15日前发放", False),
        (("0%", "50%", "75%", "100%"), "每月15日前发放", True),
        (("50%", "100%", "100%", "100%"), "每月15日前发放", False),
        (("2.00", "4.00", "4.00", "8.00"), "每月15日前发放", True),
    ],
)
def test_monthly_payments(check: Check, plan: tuple[str, ...], value: str, wrong: bool) -> None:
    assert own(check, plan, value) == ["spending-plan-against-promise"] * wrong


def test_the_promise_may_stand_in_the_usage(check: Check) -> None:
    assert own(check, FLAT, "2023年12月20日前完成", usage=("", "用于村干部报酬，按月发放。")) == [OWN[0]]


@pytest.mark.parametrize(
    ("value", "name", "wrong"),
    [
        ("2023年6月30日前完成", "完工时间", True),
        ("2023年6月底前", "完工时间", True),
        ("2023年9月30日前完工", "完工时间", True),
        ("2023年10月31日前完工", "完工时间", True),
        ("2023年11月30日前完工", "完工时间", False),
        ("2023年6月30日前", "开工时间", False),
        ("2022年6月30日前完成", "完工时间", False),
        ("2023年6月30日前", "公布时间", False),
    ],
)
def test_a_deadline_before_the_money(check: Check, value: str, name: str, wrong: bool) -> None:
    assert own(check, SLOW, value, name) == ["spending-plan-after-deadline"] * wrong
