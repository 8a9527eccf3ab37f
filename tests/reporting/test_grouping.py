"""Mass defects: one entry with all places for people, every finding for programs."""

from __future__ import annotations

import json
from collections.abc import Callable

from perfcheck.reporting import Report, render
from perfcheck.reporting.formats import Options
from perfcheck.reporting.grouping import grouped
from tests.forms import INDICATORS, form, line_of, project


def without_basis(*rows: int) -> list[tuple[str, ...]]:
    return [(*row[:5], "") if at in rows else row for at, row in enumerate(INDICATORS)]


def entries(made: Report) -> list[tuple[str, int]]:
    return [(group.finding.rule.id, group.size) for group in grouped(made.judgements[0].findings)]


def test_two_of_a_kind_stay_two_entries(report: Callable[..., Report], pack: str) -> None:
    made = report({"a.txt": form(project(1, table=without_basis(0, 1)))}, pack=pack)
    assert entries(made) == [("basis-empty", 1), ("basis-empty", 1)]


def test_three_in_a_table_are_one_entry(report: Callable[..., Report], pack: str) -> None:
    made = report({"a.txt": form(project(1, table=without_basis(0, 1, 2)), project(2))}, pack=pack)
    assert entries(made) == [("basis-empty", 3)]


def test_a_fault_of_three_tables_is_one_entry_for_the_document(report: Callable[..., Report], pack: str) -> None:
    text = form(*(project(serial, table=without_basis(serial)) for serial in (1, 2, 3)))
    assert entries(report({"a.txt": text}, pack=pack)) == [("basis-empty", 3)]


def test_two_tables_are_two_entries(report: Callable[..., Report], pack: str) -> None:
    text = form(*(project(serial, table=without_basis(0, 1, 2)) for serial in (1, 2)))
    assert entries(report({"a.txt": text}, pack=pack)) == [("basis-empty", 3), ("basis-empty", 3)]


def test_every_place_is_named(report: Callable[..., Report], pack: str) -> None:
    text = form(project(1, table=without_basis(0, 1, 2)))
    made = report({"a.txt": text}, pack=pack)
    first = line_of(text, "数量指标")
    lines = (first + 4, first + 4 + 7, first + 4 + 14)
    for format in ("text", "markdown"):
        shown = render(made, format)
        assert "共 3 处" in shown
        assert all(f"第 {line} 行" in shown or f"{line} |" in shown for line in lines), shown


def test_without_grouping_each_place_has_its_entry(report: Callable[..., Report], pack: str) -> None:
    made = report({"a.txt": form(project(1, table=without_basis(0, 1, 2)))}, pack=pack)
    for format in ("text", "markdown"):
        assert render(made, format, Options(group=False)).count("basis-empty") == 3
        assert render(made, format).count("basis-empty") == 1


def test_what_is_right_is_said_in_each_place_where_that_differs(report: Callable[..., Report]) -> None:
    slips = ("增加收益对象", "进准帮扶农户", "好重求快推进")
    rights = ("受益对象", "精准", "好中求快")
    rows = [(*row[:3], slip, *row[4:]) for row, slip in zip(INDICATORS, slips)]
    made = report({"a.txt": form(project(1, table=[*rows, *INDICATORS[3:]]))}, pack="hebei")
    assert ("wrong-word", 3) in entries(made)
    for format in ("text", "markdown"):
        shown = str(render(made, format))
        assert shown.count("[wrong-word]") + shown.count("`wrong-word`") == 1
        assert all(f"应为“{right}" in shown for right in rights), shown


def test_programs_get_every_place(report: Callable[..., Report], pack: str) -> None:
    made = report({"a.txt": form(project(1, table=without_basis(0, 1, 2)))}, pack=pack)
    assert len(json.loads(render(made, "sarif"))["runs"][0]["results"]) == 3
    assert len(json.loads(render(made, "json"))["documents"][0]["findings"]) == 3
