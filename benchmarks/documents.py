"""Invented documents of any size for the benchmarks."""

from __future__ import annotations

KINDS = ("桥梁养护", "渠道清淤", "书屋开放", "路灯维修", "苗圃管护", "集市保洁")
HEAD = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")


def document(projects: int, seed: int = 0) -> str:
    """A document with ``projects`` project tables; every seventh has a fault."""
    lines = [
        "第一部分",
        "部门整体绩效目标",
        "一、总体绩效目标",
        "2031年全镇公共设施完好，群众出行和生产方便。",
        "",
        "二、分项绩效目标",
        "（一）设施管护",
        "绩效目标：公共设施保持完好。",
        "绩效指标：设施完好率大于等于95%。",
        "三、工作保障措施",
        "落实管护责任，按月检查，按进度支付。",
        "",
        "第二部分",
        "预算项目绩效目标",
    ]
    for number in range(1, projects + 1):
        lines += _table(number, seed)
    return "\n".join(lines) + "\n"


def _table(number: int, seed: int) -> list[str]:
    name = f"{KINDS[(number + seed) % len(KINDS)]}{seed * 100_000 + number}号工程经费"
    amount = f"{(number * 37 + seed) % 900 + 1}.00"
    plan = ("30%", "60%", "90%", "80%" if number % 7 == 0 else "100%")
    rows: list[tuple[str, ...]] = [
        ("项目编码", f"13999931P{seed:05d}{number:06d}X", "项目名称", name),
        ("预算规模及资金用途", "预算数", amount, "其中：财政资金", amount, "其他资金", ""),
        ("", f"用于{name}的材料、人工和检测支出。"),
        ("资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"),
        ("", *plan),
        ("绩效目标", f"1.完成{name}年度任务\n2.群众满意"),
        HEAD,
        ("产出指标", "数量指标", "完成处数", f"{name}完成的处数", f"≥{number % 50 + 1}处", "年度养护计划"),
        ("", "质量指标", "验收合格率", "验收合格处数占完成处数的比例", "100%", "行业标准"),
        ("", "时效指标", "完成时间", "全部完成的时间", "2031年11月30日前", "年度养护计划"),
        ("", "成本指标", "每处成本", "平均每处支出", f"≤{number % 9 + 1}.5万元/处", "近三年平均支出"),
        ("效益指标", "社会效益指标", "受益人口", "直接受益的人口", f"≥{number % 80 + 20}0人", "统计年鉴"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "问卷中满意的比例", "≥90%", "问卷调查"),
    ]
    lines = [f"{number}.{name}绩效目标表", "\t600001某县某镇人民政府", "\t单位：万元", ""]
    for row in rows:
        lines += [f"\t{cell}" for cell in row]
        lines.append("")
    return [*lines, "", ""]
