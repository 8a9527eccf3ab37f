"""Names that show they belong to another class."""

from __future__ import annotations

import pytest

from perfcheck.checks.signs import class_signs
from tests.conftest import Check
from tests.forms import INDICATORS, form, project

SIGNS = {
    "signs": {"人数": ["人数"]},
    "homes": {"人数": ["数量指标"]},
    "kinds": {"人": ["人"]},
    "magnitudes": ["万"],
    "time_kind": "时间",
}


@pytest.mark.parametrize("option", ["homes", "needs", "sign_units", "unless_words"])
def test_a_sign_that_is_not_among_the_signs_is_refused(option: str) -> None:
    with pytest.raises(ValueError, match="不在 signs 里"):
        class_signs(lambda field: None, **{**SIGNS, option: {"户数": ["数量指标"]}})  # type: ignore[arg-type]


def test_a_sign_without_a_home_is_refused() -> None:
    with pytest.raises(ValueError, match="homes 里没有“人数”"):
        class_signs(lambda field: None, **{**SIGNS, "homes": {}})  # type: ignore[arg-type]


def test_signs_cannot_be_empty() -> None:
    with pytest.raises(ValueError, match="不能是空的"):
        class_signs(lambda field: None, **{**SIGNS, "signs": {}})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("subcategory", "name", "value", "home"),
    [
        ("质量指标", "参训人数", "≥90%", "数量指标"), ("质量", "参训人数", "优", "数量指标"), ("质量\n指标", "参训人数（人）", "≥36人", "数量指标"),
        ("时效指标", "技能培训次数", "≥6次", None), ("质量指标", "技能培训次数", "≥6次", "数量指标"), ("质量指标", "次数", "≥6次", None),
        ("数量指标", "公厕改造单价", "≤3万元", "成本指标"), ("数量指标", "公厕改造单价", "≤90%", None), ("数量指标", "公厕合格率", "≥6座", None),
        ("数量指标", "公厕合格率", "≥95%", "质量指标"), ("质量指标", "公厕完工时间", "10月31日前", "时效指标"), ("时效指标", "公厕合格率", "每月一次", None),
        ("社会效益指标", "受益人数", "≥3000人", None), ("社会效益指标", "村民满意度", "≥90%", "服务对象满意度指标"),
    ],
)  # fmt: skip
def test_a_name_out_of_its_class_is_found_unless_its_value_bears_the_class_out(
    check: Check, subcategory: str, name: str, value: str, home: str | None
) -> None:
    category = "效益指标" if "效益" in subcategory else "产出指标"
    row = (category, subcategory, name, "附加的一行", value, "年度计划")
    found = [f for f in check(form(project(1, table=[*INDICATORS, row]))) if f.rule.id == "indicator-class-wrong"]
    assert [home in finding.message for finding in found if home] == ([] if home is None else [True])
    assert len(found) == (0 if home is None else 1)


def test_satisfaction_under_quality_points_at_the_name(check: Check) -> None:
    row = ("产出指标", "质量指标", "村民满意度", "附加的一行", "≥90%", "年度计划")
    (finding,) = check(form(project(1, table=[*INDICATORS, row])))
    assert finding.location.text == "村民满意度"
