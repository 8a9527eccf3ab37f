"""绩效指标描述: descriptions of other measures and of other rows."""

from __future__ import annotations

import pytest

from perfcheck.checks.descriptions import MeasureFinder, describes_measure
from tests.conftest import Check
from tests.forms import INDICATORS, form, project

RULES = {
    "description-of-other-measure",
    "description-of-other-row",
    "rate-without-whole",
    "timeliness-without-deadline",
}


def rules_of(check: Check, name: str, description: str) -> list[str]:
    """The rules that report a row so described, added to a clean table."""
    row = ("产出指标", "质量指标", name, description, "≥95%", "年度计划")
    findings = check(form(project(1, table=[*INDICATORS, row]), project(2)))
    return [finding.rule.id for finding in findings if finding.rule.id in RULES]


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("老人满意度", "享受助餐的老人对餐食满意的情况"), ("群众满意度", "受益群众"), ("来访群众满意度", "处理结果得到的群众评价"),
        ("政策知晓率", "了解政策的群众占受访群众的比例"), ("接种覆盖率", "完成接种的人数占应接种人数的比例"), ("纠纷调解覆盖率", "建立调解组织的村占比"),
        ("办结及时率", "规定时限内办结的案件占比"), ("工资发放及时率", "按月发放"), ("亮灯率", "路灯正常亮灯情况"), ("标准执行率", "按每人每月80元标准执行"),
        ("收入增长率", "收入比上年增加的金额"), ("巡查频率", "每月巡查的次数"), ("图书借阅量", "全年借阅人次"), ("使用年限", "路面设计寿命"),
        ("补助标准", "每人每月补助金额"), ("物资储备费用", "购买水泵等"), ("社会影响力", "提高图书室在群众中的知名度"),
    ],
)  # fmt: skip
def test_descriptions_that_fit_are_silent(check: Check, name: str, description: str) -> None:
    assert rules_of(check, name, description) == []


@pytest.mark.parametrize(
    ("name", "description", "rule"),
    [
        ("老人满意度", "参与调查的老人占全部老人的比例", "description-of-other-measure"), ("成活率", "栽种苗木的单价", "description-of-other-measure"),
        ("成活率（%）", "受访村民满意度95%", "description-of-other-measure"), ("巡查次数", "发现问题的比例。", "description-of-other-measure"),
        ("成活率", "成活苗木的个数", "rate-without-whole"), ("发放及时率", "已发放的资金占比", "timeliness-without-deadline"),
        ("苗木成活", "沿线村民满意度100%", "description-of-other-row"), ("苗木成活", "年内养护的村道长度", "description-of-other-row"),
    ],
)  # fmt: skip
def test_descriptions_of_something_else_are_found(check: Check, name: str, description: str, rule: str) -> None:
    assert rules_of(check, name, description) == [rule]


def test_the_longest_ending_tells_the_measure() -> None:
    finder = MeasureFinder({"比率": ["率"], "及时率": ["及时率"], "满意度": ["满意度"]})
    assert [finder[name] for name in ("发放及时率", "完成率%", "满意度(%)", "里程")] == [
        "及时率",
        "比率",
        "满意度",
        "",
    ]


def test_words_of_an_unknown_measure_are_refused() -> None:
    with pytest.raises(ValueError, match="denied_by 里的“次数”不在 measures 里"):
        describes_measure(
            lambda field: str, measures={"比率": ["率"]}, said_by={}, denied_by={"次数": ["率"]}, denying_ends={}
        )
