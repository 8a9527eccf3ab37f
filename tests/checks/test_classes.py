"""First- and second-level indicators."""

from __future__ import annotations

import pytest

from tests.conftest import Check, rule_ids
from tests.forms import INDICATORS, form, project


def without(*rows: int) -> str:
    return form(project(1, table=_filled(*(index for index in range(6) if index not in rows))), project(2))


def _filled(*rows: int) -> list[tuple[str, ...]]:
    levels = ("产出指标", "产出指标", "产出指标", "产出指标", "效益指标", "满意度指标")
    return [(levels[index], *INDICATORS[index][1:]) for index in rows]


@pytest.mark.parametrize(
    ("rows", "rules"),
    [
        ((0,), ["quantity-missing"]),
        ((1,), ["quality-missing"]),
        ((2,), ["timeliness-missing"]),
        ((3,), ["cost-missing"]),
        ((4,), ["benefit-missing"]),
        ((5,), ["satisfaction-missing"]),
        ((0, 1, 2, 3), ["cost-missing", "output-missing"]),
    ],
)
def test_a_class_that_is_missing_is_found(check: Check, rows: tuple[int, ...], rules: list[str]) -> None:
    assert sorted(rule_ids(check(without(*rows)))) == rules


def test_forms_up_to_2020_need_no_cost_and_are_only_advised_about_quality(check: Check) -> None:
    text = without(1, 2, 3).replace("2023年", "2020年").replace("99923P", "99920P")
    found = {finding.rule.id: finding.level for finding in check(text) if not finding.rule.category.startswith("code.")}
    assert found == {"quality-missing-before-2021": "note", "timeliness-missing": "note"}


@pytest.mark.parametrize(
    ("category", "subcategory", "word"),
    [
        ("产出", "数量指标", None), ("产出指标", "数量", None), ("产出指标", "进度指标", None), ("效果指标", "生态效益指标", None),
        ("效益指标", "环境效益指标", None), ("投入指标", "数量指标", "投入指标"), ("产出指标", "工作量指标", "工作量指标"),
        ("产出指标", "社会效益指标", "社会效益指标"), ("产出指标", "", "二级指标是空的"), ("产出\n指标", "数量\n指标", None),
        ("产出指标（50分）", "数量指标（必填）", None), ("效益指标", "社会\n效益指标", None),
    ],
)  # fmt: skip
def test_a_class_that_is_not_the_form_s_is_named(
    check: Check, category: str, subcategory: str, word: str | None
) -> None:
    extra = (category, subcategory, "附加指标", "附加的一行", "≥3个", "年度计划")
    found = [f for f in check(form(project(1, table=[*INDICATORS, extra]))) if f.rule.id == "indicator-class-unknown"]
    assert [word in finding.message for finding in found if word] == ([] if word is None else [True])
    assert len(found) == (0 if word is None else 1)


def test_a_first_row_without_a_first_level_is_named(check: Check) -> None:
    table = [("", *INDICATORS[0][1:]), *INDICATORS[1:]]
    messages = [
        finding.message
        for finding in check(form(project(1, table=table)))
        if finding.rule.id == "indicator-class-unknown"
    ]
    assert messages and all("没有一级指标" in message for message in messages)
