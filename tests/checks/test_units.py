"""Units: spelled out, missing, and other than what is measured."""

from __future__ import annotations

import pytest

from perfcheck.checks.units import unit_of_class, unit_of_name
from tests.conftest import Check
from tests.forms import INDICATORS, form, project

KINDS = {"人": ["人"], "百分比": ["%"]}


def units_of(check: Check, subcategory: str, name: str, value: str, description: str = "附加的一行") -> list[str]:
    row = ("产出指标", subcategory, name, description, value, "年度计划")
    found = check(form(project(1, table=[*INDICATORS, row])))
    return [finding.rule.id for finding in found if finding.rule.category.startswith("value.")]


@pytest.mark.parametrize(
    ("subcategory", "name", "value", "rules"),
    [
        ("数量指标", "培训次数", "≥4次", []), ("数量指标", "培训次数", "≥4人", ["value-unit-mismatch"]), ("数量指标", "培训次数", "≥4次/年", []),
        ("数量指标", "培训次数", "≥90%", ["value-unit-mismatch"]), ("数量指标", "培训开展", "≥90%", ["quantity-in-percent"]),
        ("数量指标", "培训开展", "≥90分", ["quantity-in-percent"]), ("数量指标", "培训开展率", "≥90%", []), ("数量", "培训开展", "≥90%", ["quantity-in-percent"]),
        ("数量指标", "受益人数", "≥24400%", ["value-over-100"]), ("数量指标", "培训开展", "≥120%", ["value-over-100"]),
        ("成本指标", "培训开销", "≤90%", ["cost-in-percent"]), ("成本指标", "培训开销", "≥90%", ["upper-bound-reversed"]),
        ("质量指标", "培训效用", "≥80分", ["score-without-scale"]), ("质量指标", "培训测评", "≥80分", []), ("质量指标", "培训成绩", "≥80分", []),
        ("数量指标", "灌溉面积", "≥3000个", ["value-unit-mismatch"]), ("数量指标", "灌溉面积", "≥3000余亩", []), ("数量指标", "泵房使用年限", "≥100%", ["value-unit-mismatch"]),
    ],
)  # fmt: skip
def test_one_remark_is_made_about_a_unit(
    check: Check, subcategory: str, name: str, value: str, rules: list[str]
) -> None:
    assert sorted(units_of(check, subcategory, name, value)) == sorted(rules)


def test_a_spelled_out_percent_points_at_the_word(check: Check) -> None:
    row = ("产出指标", "质量指标", "清淤合格率", "附加的一行", "≥90百分比", "年度计划")
    (finding,) = check(form(project(1, table=[*INDICATORS, row])))
    assert finding.rule.id == "value-percent-in-words"
    assert finding.location.focus == (3, 6)


def test_a_description_that_tells_of_a_rate_makes_percent_right(check: Check) -> None:
    assert units_of(check, "数量指标", "培训开展", "≥90%", "完成场次占计划场次的比例") == []


def test_a_sort_of_unit_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="不是 kinds 里的一种单位"):
        unit_of_name(lambda field: len, wrong={"人数": ["重量"]}, kinds=KINDS, magnitudes=[])
    with pytest.raises(ValueError, match="不是 kinds 里的一种单位"):
        unit_of_class(
            lambda field: len,
            wrong={"数量指标": ["重量"]},
            kinds=KINDS,
            unless_words=[],
            unless_in=["name"],
            spellings={},
        )


@pytest.mark.parametrize("empty", ["wrong", "unless_in"])
def test_options_without_values_are_refused(empty: str) -> None:
    options = {
        "wrong": {"数量指标": ["人"]}, "kinds": KINDS, "unless_words": [], "unless_in": ["name"], "spellings": {},
    }  # fmt: skip
    with pytest.raises(ValueError, match="不能是空的"):
        unit_of_class(lambda field: len, **{**options, empty: type(options[empty])()})  # type: ignore[arg-type]
