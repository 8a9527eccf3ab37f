"""Echoes: cells that repeat other cells."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from perfcheck.checks.echoes import adds_nothing, echo, names_its_class, near_copy
from tests.conftest import Check
from tests.forms import INDICATORS, form, project


def read(field: str) -> Any:
    return lambda node: getattr(node, field)


def row(name: str, description: str, basis: str, value: str = "", number: int | None = None, rest: str = "") -> Any:
    target = SimpleNamespace(text=value, number=number, remainder=rest)
    return SimpleNamespace(name=name, description=description, basis=basis, target=target)


@pytest.mark.parametrize(
    ("node", "of"),
    [
        (row("用餐人数", "每日用餐的老人", "用餐人数"), "indicator.name"),
        (row("用餐人数", "每日用餐的老人", "每日 用餐的老人。"), "description"),
        (row("用餐", "老人", "食堂开放", "≥90食堂开放", 90, "食堂开放"), "target"),
        (row("食堂正常开放", "开放的天数", "开放是否正常"), "indicator.name"),
        (row("食堂正常开放", "开放的天数", "食堂正常开放天数"), "indicator.name"),
        (row("食堂开放", "开放的天数", "食堂开放标准"), None),
        (row("食堂开放", "开放的天数", "2022年食堂开放"), None),
        (row("食堂正常开放天数", "开放的天数", "食堂"), None),
        (row("食堂开放", "开放的天数", ""), None),
        (row("", "", "食堂开放"), None),
        (row("用餐人数", "开放的天数", "人", "≥90人", 90), None),
    ],
)
def test_a_basis_that_is_the_indicator_is_an_echo(node: Any, of: str | None) -> None:
    judge = echo(
        read, field="basis", other=["name", "description", "target"], share=50, fillers=["是否"], unless_words=["标准"]
    )
    fact = judge(node, None)
    assert (fact and fact.values["of"]) == (of and (of,))


def test_an_echo_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="other"):
        echo(read, field="basis", other=[])


def test_a_copy_is_a_text_nearly_all_of_which_is_the_other() -> None:
    judge = near_copy(read, field="goals", other="usage", share=90)
    usage = "用于12个村的消防水源检修和消火栓更换"
    assert judge(SimpleNamespace(goals=("1." + usage + "。",), usage=usage), None).values["share"] == 100
    assert judge(SimpleNamespace(goals=("检修12个村的消防水源", "更换消火栓36具"), usage=usage), None) is None
    assert judge(SimpleNamespace(goals=(), usage=usage), None) is None
    assert judge(SimpleNamespace(goals=(usage,), usage=None), None) is None


def test_what_adds_nothing_to_a_name_has_no_word_of_its_own() -> None:
    judge = adds_nothing(read, field="usage", other="name", generic=["用于", "经费"])
    for usage, nothing in {
        "用于消防经费": True,
        "用于": True,
        "水源": True,
        "消防车": False,
        "源水": False,
        "": False,
    }.items():
        assert bool(judge(SimpleNamespace(usage=usage, name="消防水源经费"), None)) is nothing, usage


def test_a_name_is_no_class() -> None:
    judge = names_its_class(read, names=["成本指标"], stems=["质量"], endings=["情况"])
    for name, found in {
        "成本指标": True,
        "质量": True,
        "质量情况": True,
        "自有类别": True,
        "质量合格率": False,
        "": False,
    }.items():
        node = SimpleNamespace(name=name, category="一级", subcategory="自有类别")
        assert bool(judge(node, None)) is found, name


def test_the_copied_cell_is_a_related_place(check: Check) -> None:
    table = [
        *INDICATORS[:2],
        ("", "时效指标", "完工时间", "完工时间", "2023年11月30日前完成", "完工时间"),
        *INDICATORS[3:],
    ]
    found = check(form(project(1, table=table), project(2)))
    echoes = {each.rule.id: [related.text for related in each.related] for each in found}
    assert echoes == {"description-copies-name": ["完工时间"], "basis-copies-indicator": ["完工时间"]}
