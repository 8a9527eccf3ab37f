"""A document with a few faults and a small pack of rules of our own, so that snapshots do not move with the law."""

from __future__ import annotations

from pathlib import Path

from tests.forms import INDICATORS, form, project

TABLE = [INDICATORS[0], ("", "质量指标", "养护合格率", "合格的比例", "≥16全镇16个村全部合格", ""), *INDICATORS[2:]]
FLAWED = form(project(1, plan=("50%", "45%", "", "80%")), project(2, name="灌渠|清淤`经费`", table=TABLE))
CLEAN = form()

COMMON = """\
since: 0.1.0
citation:
  - document: 某县预算绩效管理办法
    number: 某政发〔2022〕3号
    article: 第八条
    force: {force}
    verified: {verified}
"""
RULES = {
    "plan-falling": """\
id: plan-falling
title: {zh: 支出计划下降, en: The plan falls}
category: plan.not_monotonic
level: error
confidence: high
COMMON
select: percent_plans
check: monotonic
message: {zh: "{{ due }} {{ text }}，少于 {{ before_due }} 的 {{ before }}", en: "{{ due }} has {{ text }}, less than {{ before }} at {{ before_due }}"}
why: {zh: 累计数不会减少。, en: A cumulative figure cannot fall.}
remedy: {zh: 改为累计百分比。, en: Write cumulative percentages.}
""".replace("COMMON\n", COMMON.format(force="直接", verified="true")),
    "basis-empty": """\
id: basis-empty
title: {zh: 依据没有填写, en: The basis is blank}
category: basis.blank
level: warning
confidence: high
COMMON
select: indicators
check: filled
with: {fields: [basis]}
message: {zh: "没有填写：{{ blank }}", en: "Blank: {{ blank }}"}
why: {zh: 没有依据无法判断。, en: "Without a basis nobody can judge <it> & \\"them\\"."}
remedy: {zh: 写明依据。, en: Name the basis.}
""".replace("COMMON\n", COMMON.format(force="参照", verified="false")),
    "value-crowded": """\
id: value-crowded
title: {zh: 指标值混乱, en: The value is crowded}
category: value.malformed
level: note
confidence: high
COMMON
select: indicators
check: target_form
with: {longest_remainder: 6}
message: {zh: "“{{ text }}”读不清", en: "{{ text }} is crowded"}
why: {zh: 分不清目标是多少。, en: Nobody can tell the aim.}
remedy: {zh: 只写数值和单位。, en: Write number and unit only.}
""".replace("COMMON\n", COMMON.format(force="惯例", verified="false")),
    "cost-wanted": """\
id: cost-wanted
title: {zh: 没有成本指标, en: No cost indicator}
category: indicator.missing_cost
level: warning
confidence: high
COMMON
applies_to: {budget_year: {from: 2021}}
select: indicator_tables
check: has_class
with: {level: any, names: [成本指标]}
message: {zh: "没有{{ wanted }}", en: "No {{ wanted }}"}
why: {zh: 应有成本。, en: There should be costs.}
remedy: {zh: 增加成本指标。, en: Add one.}
""".replace("COMMON\n", COMMON.format(force="直接", verified="true")),
}


def sample_pack(folder: Path) -> str:
    """Write the pack below ``folder`` and give its path."""
    ours = folder / "ours"
    ours.mkdir()
    (ours / "pack.yaml").write_text("name: ours\ntitle: {zh: 我们的规则, en: Our rules}\n", encoding="utf-8")
    for name, text in RULES.items():
        (ours / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(ours)
