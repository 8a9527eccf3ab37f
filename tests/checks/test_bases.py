"""Where a value is said to come from."""

from __future__ import annotations

import pytest

from perfcheck.checks.bases import sourceless, surveyed
from tests.conftest import Check, rule_ids
from tests.forms import INDICATORS, form, project

VAGUE = ("basis-vague", "basis-from-survey", "basis-unsourced")


def basis(text: str, row: int = 0) -> str:
    table = list(INDICATORS)
    table[row] = (*table[row][:5], text)
    return form(project(1, table=table), project(2))


@pytest.mark.parametrize(
    "text",
    [
        "行业标准", "历史标准", "计划指标", "年初预算安排", "县财政局审核", "主管部门审核", "三会一课制度", "2022年台账", "退役军人保障法", "国务院令第541号",
        "县应急管理局通知", "敬老院入住登记表", "银行回单", "施工图纸", "全省平均水平", "据实结算", "村民代表会议", "保障14个村",
    ],
)  # fmt: skip
def test_a_source_is_silent(check: Check, text: str) -> None:
    assert check(basis(text)) == []


@pytest.mark.parametrize(
    "text",
    ["工作需要", "工作\n需要", "为了工作需要", "控制支出", "按要求完成", "根据实际情况", "群众是否满意", "促进经济发展", "有效控制支出", "和谐稳定率", "党员有收获", "道路施工情况"],
)  # fmt: skip
def test_a_need_or_a_wish_is_a_note(check: Check, text: str) -> None:
    (found,) = check(basis(text))
    assert (found.rule.id, found.level) == ("basis-vague", "note")


@pytest.mark.parametrize("text", ["走访调研", "调查问卷", "入户走访", "电话回访"])
def test_a_survey_suits_satisfaction_and_nothing_else(check: Check, text: str) -> None:
    assert rule_ids(check(basis(text))) == ["basis-from-survey"]
    assert check(basis(text, 5)) == []


def test_each_row_is_a_finding_of_its_own(check: Check) -> None:
    table = [(*row[:5], "工作需要") for row in INDICATORS]
    assert rule_ids(check(form(project(1, table=table), project(2)))) == ["basis-vague"] * len(table)


def test_one_defect_is_one_finding(check: Check) -> None:
    for text in ("工作需要", "走访", "各村", "无"):
        found = [rule for rule in rule_ids(check(basis(text))) if rule.startswith("basis-")]
        assert len(found) == 1, text


def test_options_that_would_judge_nothing_are_refused() -> None:
    def read(field: str) -> object:
        return None

    with pytest.raises(ValueError, match="sources"):
        sourceless(read, sources=[], source_endings=[], surveys={}, longest=9)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="surveys"):
        surveyed(read, surveys={}, sources=["标准"], source_endings=[])  # type: ignore[arg-type]
