"""Documents with just so many findings by the pack of :mod:`tests.reporting.samples`, all of them distinct."""

from __future__ import annotations

from collections.abc import Sequence

from tests.forms import form, project

ROWS = 20
"""Findings of one table, at most."""
FIRST = (
    ("产出指标", "数量指标", "里程", "养护的长度", "≥12公里", "计划"),
    ("", "质量指标", "合格率", "合格的比例", "≥95%", "规范"),
    ("", "时效指标", "完工时间", "完成的时间", "2023年11月30日前完成", "计划"),
    ("", "成本指标", "成本", "花费", "≤6000元/公里", "决算"),
)
"""What a table needs so that nothing is missing."""


def crowd(count: int, start: int = 0) -> str:
    """A document with ``count`` findings: in a full table one error, seven notes, and warnings."""
    tables = []
    for serial, first in enumerate(range(0, count, ROWS), 1):
        size = min(ROWS, count - first)
        rows: list[Sequence[str]] = list(FIRST)
        for number in range(size - (size == ROWS)):
            name = f"第{start + first + number}段长度"
            value, basis = (("≥16全镇16个村全部合格", "计划") if number % 3 == 2 else ("≥1公里", ""))  # fmt: skip
            rows.append(("", "数量指标", name, f"{name}的公里数", value, basis))
        plan = ("50%", "45%", "75%", "100%") if size == ROWS else ("25%", "50%", "75%", "100%")
        tables.append(project(serial, name=f"第{start + first}号道路养护", plan=plan, table=rows))
    return form(*tables)
