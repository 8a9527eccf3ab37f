"""指标值: form, unit, range, direction and date."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Check, rule_ids
from tests.forms import INDICATORS, form, project


def rules_of(check: Check, value: str, *, name: str = "附加指标", subcategory: str = "质量指标", category: str = "产出指标",
             description: str = "附加的一行", year: int | None = None) -> list[str]:  # fmt: skip
    """The rules that report a row with this value, added to a clean table, whichever class it is put under."""
    row = (category, subcategory, name, description, value, "年度计划")
    text = form(project(1, table=[*INDICATORS, row]), project(2))
    return [finding.rule.id for finding in check(text, year) if finding.rule.id != "class-unlike-value"]


@pytest.mark.parametrize(
    ("value", "rules"),
    [
        ("≥95%", []), ("100%", []), ("≥20人次", []), ("≤200元/人/次", []), ("优", ["value-not-quantified"]), ("按时", []), ("每季度1次", []), ("同比增长15%", []),
        ("3～5次", []), ("≥12公里", []), ("明显提升", ["value-not-quantified"]), ("≥16全镇16个村全覆盖", ["value-malformed"]), ("≥90%,百分比,参与率", ["value-malformed"]),
        ("≥100%百分比", ["value-malformed"]), ("≥100100%", ["value-malformed"]), ("≥90项目成本", ["value-malformed"]), ("≥", ["value-malformed"]),
        ("≥90百分比", ["value-percent-in-words"]), ("≥3件（份）", []), ("≥12个；", []), ("18个村全覆盖", []), ("≥18个村庄的道路全部维护一遍", ["value-malformed"]),
    ],
)  # fmt: skip
def test_two_things_run_together_are_found_and_normal_values_are_not(
    check: Check, value: str, rules: list[str]
) -> None:
    assert rules_of(check, value) == rules


@pytest.mark.parametrize(
    ("value", "name", "rules"),
    [
        ("≥12", "附加指标", ["value-unit-missing"]), ("95", "验收合格率", ["value-unit-missing"]), ("≥12", "维修项目（次）", []),
        ("≥12", "维修项目(次)", []), ("≥90", "工作完好率%", []), ("≥90项目成本", "附加指标", ["value-malformed"]), ("合格", "附加指标", []), ("≥12次", "附加指标", []),
    ],
)  # fmt: skip
def test_a_bare_number_lacks_a_unit_unless_the_name_has_it(
    check: Check, value: str, name: str, rules: list[str]
) -> None:
    assert rules_of(check, value, name=name) == rules


@pytest.mark.parametrize(
    ("value", "name", "rules"),
    [
        ("100%", "保洁覆盖率", []), ("101%", "保洁覆盖率", ["value-over-100"]), ("≥24400%", "受益人数", ["indicator-class-wrong", "value-over-100"]),
        ("292%", "验收合格率", ["value-over-100"]), ("≥100%", "保洁覆盖率", ["value-at-least-100"]), ("＞100%", "保洁覆盖率", ["value-at-least-100"]),
        ("=100%", "保洁覆盖率", []), ("≤100%", "附加指标", []), ("≥120%", "产值增长率", []), ("≥150%", "任务完成率", []), ("≥100%", "任务完成率", []),
        ("≥100100%", "保洁覆盖率", ["value-malformed"]),
    ],
)  # fmt: skip
def test_a_rate_above_100_percent_is_found_growth_is_not(check: Check, value: str, name: str, rules: list[str]) -> None:
    assert rules_of(check, value, name=name) == rules


@pytest.mark.parametrize(
    ("value", "place", "rules"),
    [
        ("≥60元", {"subcategory": "成本指标"}, ["upper-bound-reversed"]),
        (">60元", {"subcategory": "成本指标"}, ["upper-bound-reversed"]),
        ("不少于60元", {"subcategory": "成本指标"}, ["upper-bound-reversed"]),
        ("≥90百分比", {"subcategory": "成本指标"}, ["upper-bound-reversed", "value-percent-in-words"]),
        ("≤60元", {"subcategory": "成本指标"}, []),
        ("≥60元", {"subcategory": "成本（必填）"}, ["upper-bound-reversed"]),
        ("60元", {"subcategory": "成本指标"}, []),
        ("≥5%", {"subcategory": "成本指标", "name": "成本节约率"}, []),
        ("≥5%", {"subcategory": "成本指标", "name": "成本降低率"}, []),
        ("≥60元", {"category": "成本指标", "subcategory": "经济成本指标"}, ["upper-bound-reversed"]),
        ("≥5%", {"name": "群众投诉率"}, ["upper-bound-reversed"]),
        ("≤5%", {"name": "群众投诉率"}, []),
        ("≥5%", {"name": "投诉率下降幅度"}, []),
        ("≤90%", {"category": "满意度指标", "subcategory": "服务对象满意度指标"}, ["lower-bound-reversed"]),
        ("＜90%", {"name": "验收合格率"}, ["lower-bound-reversed"]),
        ("≥90%", {"name": "验收合格率"}, []),
        ("≤5%", {"name": "不合格率"}, []),
        ("≤5%", {"name": "群众不满意率"}, []),
    ],
    ids=str,
)
def test_a_bound_the_wrong_way_round_is_found(
    check: Check, value: str, place: dict[str, Any], rules: list[str]
) -> None:
    assert rules_of(check, value, **place) == rules


@pytest.mark.parametrize(
    ("value", "rules"),
    [
        ("2023年12月31日前完成", []), ("2022年12月31日前完成", ["value-date-outside-year"]), ("2024年1月底前", ["value-date-outside-year"]),
        ("12月底前", []), ("2022年10月-2023年11月", []), ("2023年7月-2024年1月", ["value-date-outside-year"]), ("2023.07-2023.11", []),
        ("2023年1月-12月", []), ("2023年底", []), ("2022年底", ["value-date-outside-year"]), ("按时", ["deadline-vague"]), ("年底前完成", []),
    ],
)  # fmt: skip
def test_a_date_outside_the_budget_year_is_found(check: Check, value: str, rules: list[str]) -> None:
    assert rules_of(check, value, subcategory="时效指标") == rules


@pytest.mark.parametrize(
    "value",
    ["比2022年增长5%", "较2022年提高3个百分点", "不低于2022年水平", "参照2022年标准", "2022年度补贴发放率100%",
     "2023年6月底前完成2022年结转工程", "2023年12月31日前拨付2022年尾款", "1年内", "2023年4季度", "≤55dB", "10kV", "50mm"],
)  # fmt: skip
def test_the_year_of_something_else_is_no_deadline_and_a_unit_no_accusation(check: Check, value: str) -> None:
    assert rules_of(check, value, name="某项", description="某项的说明", subcategory="数量指标") == []


@pytest.mark.parametrize("value", ["2022年12月31日前", "2022年内完成", "2022年底", "2022年"])
def test_a_deadline_of_another_year_is_still_found(check: Check, value: str) -> None:
    row = ("产出指标", "时效指标", "某项", "某项的说明", value, "年度计划")
    assert rule_ids(check(form(project(1, table=[*INDICATORS, row])))) == ["value-date-outside-year"]
