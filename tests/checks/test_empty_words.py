"""Words that say nothing: values, deadlines, names, terms of years."""

from __future__ import annotations

import pytest

from perfcheck.checks.empty_words import long_term, made_of, vague_deadline
from tests.conftest import Check
from tests.forms import INDICATORS, form, project


def rules_of(
    check: Check,
    value: str,
    *,
    subcategory: str = "质量指标",
    name: str = "夜间照明改观",
    description: str = "附加的一行",
) -> list[str]:
    row = ("产出指标", subcategory, name, description, value, "年度计划")
    return [finding.rule.id for finding in check(form(project(1, table=[*INDICATORS, row])))]


@pytest.mark.parametrize(
    ("value", "rules"),
    [
        ("优", ["value-not-quantified"]), ("明显提升", ["value-not-quantified"]), ("合格", []), ("无火灾事故", []), ("比上年提高", []),
        ("比上年有所提高", ["value-change-vague"]), ("比上年提高3%", []), ("改善36户", []), ("不增加农户负担", []), ("在有效期内", []),
    ],
)  # fmt: skip
def test_an_empty_word_is_found_and_what_can_be_checked_is_not(check: Check, value: str, rules: list[str]) -> None:
    assert rules_of(check, value) == rules


def test_a_grade_that_is_explained_is_one(check: Check) -> None:
    assert rules_of(check, "优", description="按优良中差四档由村民代表评议") == []


@pytest.mark.parametrize(
    ("value", "description", "rules"),
    [
        ("按时", "附加的一行", ["deadline-vague"]), ("规定期限内支付", "附加的一行", ["deadline-vague"]), ("每月按时发放", "附加的一行", []),
        ("接报后30分钟内及时到场", "附加的一行", []), ("合同期限内", "附加的一行", []), ("按时", "每月15日发放", []), ("≥95%", "附加的一行", []),
        ("尽快", "附加的一行", ["deadline-vague"]),
    ],
)  # fmt: skip
def test_a_deadline_without_a_date_is_found(check: Check, value: str, description: str, rules: list[str]) -> None:
    assert rules_of(check, value, subcategory="时效指标", description=description) == rules


@pytest.mark.parametrize(
    ("name", "vague"),
    [
        ("完成上级任务", True), ("及时完成上级交办的各项工作", True), ("成本控制", True), ("控制支出（%）", True), ("群众满意", True), ("群众满意度", False),
        ("完成清淤任务", False), ("养护任务完成率", False), ("促进社会和谐稳定发展", True), ("完成" * 20, False),
    ],
)  # fmt: skip
def test_a_name_made_of_empty_words_is_found(check: Check, name: str, vague: bool) -> None:
    assert ("indicator-name-vague" in rules_of(check, "≥95%", name=name)) == vague


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("未来三年灯具完好率", True), ("未来两年灯具完好率", True), ("未来一年灯具完好率", False), ("到2024年灯具完好率", True), ("到2023年灯具完好率", False),
        ("力争5年内更换", True), ("三年行动计划灯具完好率", False), ("满三年灯具完好率", False), ("《未来三年亮化方案》灯具完好率", False), ("近三年灯具完好率", False),
    ],
)  # fmt: skip
def test_a_term_of_years_is_found(check: Check, text: str, found: bool) -> None:
    assert ("indicator-long-term" in rules_of(check, "≥95%", name=text)) == found


def test_a_term_points_at_its_words(check: Check) -> None:
    row = ("产出指标", "质量指标", "灯具完好率", "力争到2025年全部完好", "≥95%", "年度计划")
    (finding,) = check(form(project(1, table=[*INDICATORS, row])))
    assert finding.location.text[slice(*finding.location.focus)] == "到2025年"


def test_what_is_forgotten_is_judged_again(monkeypatch: pytest.MonkeyPatch, check: Check) -> None:
    monkeypatch.setattr("perfcheck.memories.MOST", 1)
    for _ in range(2):
        assert rules_of(check, "≥95%", name="成本控制") == ["indicator-name-vague"]


def test_options_without_values_are_refused() -> None:
    with pytest.raises(ValueError, match="不能是空的"):
        long_term(lambda field: len, fields=["name"], leads=[], terms=[], until=["到"], unless_words=[])
    with pytest.raises(ValueError, match="不能是空的"):
        vague_deadline(lambda field: len, words=[], unless_words=[], date_words=[], classes=["时效"])
    assert made_of(lambda field: len, field="name", words=[], pieces=[])
