"""Tasks that usage or goals name."""

from __future__ import annotations

import pytest

from perfcheck.checks.tasks import tasks_measured
from tests.conftest import Check
from tests.forms import INDICATORS, form, project


def phrases(check: Check, usage: str, *, goals: str = "1.维护到位。", rows: int = 6) -> list[str]:
    """The words pointed at in a project with this usage."""
    findings = check(form(project(1, usage=("", usage), goals=goals, table=INDICATORS[:rows]), project(2)))
    found = [finding.location for finding in findings if finding.rule.id == "task-unmeasured"]
    return [location.text[slice(*location.focus)] for location in found if location.focus]


@pytest.mark.parametrize(
    ("usage", "found"),
    [
        ("用于村道养护。", []), ("用于村道养护、慰问困难户。", ["慰问困难户"]), ("用于慰问困难户等支出。", ["用于慰问困难户"]),
        ("用于养护，救助困难党员及其他支出，公共卫生防疫。", ["救助困难党员", "公共卫生防疫"]), ("慰问", ["慰问"]),
        ("用于给在各个行政村辛勤工作多年的所有老同志们送去慰问。", ["慰问"]),
    ],
)  # fmt: skip
def test_a_task_without_an_indicator_is_pointed_at(check: Check, usage: str, found: list[str]) -> None:
    assert phrases(check, usage) == found


def test_a_task_is_reported_once_where_it_is_named_first(check: Check) -> None:
    assert phrases(check, "用于慰问老人。", goals="1.慰问老人。\n2.厕所改造。") == ["用于慰问老人", "厕所改造"]


@pytest.mark.parametrize(("rows", "found"), [(2, []), (3, ["慰问老人"])])
def test_short_tables_are_left_alone(check: Check, rows: int, found: list[str]) -> None:
    assert phrases(check, "养护，慰问老人。", rows=rows) == found


def test_a_task_nothing_could_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="measured_by 里没有“慰问”"):
        tasks_measured(lambda field: str, tasks={"慰问": ["慰问"]}, measured_by={}, ends=[])
