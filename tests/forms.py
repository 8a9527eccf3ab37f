"""Invented documents in the layout of the form, built from parts so that a test can change just what it is about.

Every name, number and sentence here is made up. ``form()`` alone is a document with nothing to report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
HEADER = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
DUES = ("3月底", "6月底", "10月底", "12月底")
PLAN = ("25%", "50%", "75%", "100%")
INDICATORS = (
    ("产出指标", "数量指标", "养护里程", "年内养护的村道长度", "≥12公里", "年度养护计划"),
    ("", "质量指标", "养护合格率", "验收合格的里程占全部里程的比例", "≥95%", "养护技术规范"),
    ("", "时效指标", "完工时间", "全部里程养护完成的时间", "2023年11月30日前完成", "年度养护计划"),
    ("", "成本指标", "每公里养护成本", "平均每公里花费的养护经费", "≤6000元/公里", "上年决算"),
    ("效益指标", "社会效益指标", "受益村民人数", "出行得到方便的村民", "≥3000人", "统计年报"),
    ("满意度指标", "服务对象满意度指标", "沿线村民满意度", "对养护表示满意的受访村民占比", "≥90%", "问卷调查"),
)
PART_ONE = """\
第一部分
部门整体绩效目标
一、总体绩效目标
2023年全镇管好用好各项经费，办成几件看得见的实事。
二、分项绩效目标
（一）道路养护
绩效目标：全镇村道常年平整畅通。
绩效指标：养护合格率不低于95%。
（二）灌溉保障
绩效目标：主要灌渠不淤不堵。
绩效指标：清淤长度不少于6公里。
三、工作保障措施
（一）每季度核对一次支出进度。
（二）年底公开全部结果。
"""
PART_TWO = "第二部分\n预算项目绩效目标\n"
NAMES = ("村道养护经费", "乡道养护经费", "林道养护经费", "巷道养护经费", "桥梁养护经费")
"""Projects of one kind: they may share their indicators."""


def code(serial: int, *, region: str = "130999", year: str = "23") -> str:
    """A 21-character project code with the right check character."""
    body = f"{region}{year}P{serial:011d}"
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + ALPHABET[(30 - total) % 31]


def rows(*given: Sequence[str]) -> str:
    """Table rows as extraction leaves them: each cell a line led by a tab, a blank line between rows."""
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in given) + "\n"


def indicators(count: int) -> list[tuple[str, ...]]:
    """An indicator table of ``count`` rows: the usual six first, more quantity rows if that is not enough."""
    more = [
        (
            "产出指标" if number == 6 else "",
            "数量指标",
            f"第{number}段长度",
            f"第{number}段养护的长度",
            f"≥{number}公里",
            "年度养护计划",
        )
        for number in range(6, count)
    ]
    return [*INDICATORS[:count], *more]


def project(
    serial: int = 1,
    *,
    title: str | None = None,
    number: str | None = None,
    name: str | None = None,
    unit: Sequence[str] | None = ("600001某县某镇人民政府", "单位：万元"),
    identity: Sequence[str] | None = None,
    project_code: str | None = None,
    funding: Sequence[str] | None = ("预算规模及资金用途", "预算数", "8.00", "其中：财政资金", "8.00", "其他资金", ""),
    usage: Sequence[str] | None = ("", "用于全镇范围内的日常维护。"),
    plan_label: str = "资金支出计划（%）",
    dues: Sequence[str] = DUES,
    plan: Sequence[str] | None = PLAN,
    goals: str | None = "1.全年维护12处，方便群众。",
    goals_label: str = "绩效目标",
    header: Sequence[str] | None = HEADER,
    table: Iterable[Sequence[str]] = INDICATORS,
    leave_out: Sequence[str] = (),
) -> str:
    """One project table; ``leave_out`` names rows to drop: unit, identity, funding, usage, dues, plan, goals, header."""
    name = NAMES[(serial - 1) % len(NAMES)] if name is None else name
    number = f"{serial}." if number is None else number
    title = f"{number}{name}绩效目标表" if title is None else title
    own = code(serial) if project_code is None else project_code
    parts: dict[str, Sequence[str] | None] = {
        "unit": unit,
        "identity": ("项目编码", own, "项目名称", name) if identity is None else identity,
        "funding": funding,
        "usage": usage,
        "dues": (plan_label, *dues),
        "plan": None if plan is None else ("", *plan),
        "goals": None if goals is None else (goals_label, goals),
        "header": header,
    }
    above = [row for part, row in parts.items() if row is not None and part not in leave_out]
    return f"{title}\n" + rows(*above, *table)


def form(*projects: str, part_one: str = PART_ONE, part_two: str = PART_TWO, between: str = "\n\n") -> str:
    """A whole document; with no ``projects`` it has two clean ones."""
    return part_one + "\n" + part_two + between.join(projects or (project(1), project(2)))


def line_of(text: str, wanted: str, occurrence: int = 1) -> int:
    """The 1-based number of the line that contains ``wanted``, counting its ``occurrence``."""
    found = [number for number, line in enumerate(text.split("\n"), 1) if wanted in line]
    return found[occurrence - 1]
