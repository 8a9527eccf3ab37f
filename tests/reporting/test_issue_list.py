"""The list of problems: a line for each place, for Excel, in which nothing is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from perfcheck.reporting import Report, render
from perfcheck.reporting.csv_report import guarded
from perfcheck.reporting.issue_list import COLUMNS, counts, header, lines
from tests.forms import INDICATORS, form, project

FORMULA = [INDICATORS[0], ("", "质量指标", "=1+1", "@甲", "=100%甲乙丙丁戊己庚辛", ""), *INDICATORS[2:]]


def test_every_finding_and_every_failure_has_a_line(sample: Callable[..., Report]) -> None:
    made = sample()
    found = list(lines(made))
    assert len(found) == len(made.findings) + len(made.not_checked)
    assert {len(line) for line in found} == {len(COLUMNS)} == {len(header("zh"))}
    assert found[0][:4] == [
        "某县某镇人民政府",
        "有问题 的.txt",
        "村道养护经费",
        "项目 1“村道养护经费” · 资金支出计划 · 6月底",
    ]
    assert found[0][-2:] == ["", ""]


def test_counts_are_by_unit_and_rule(sample: Callable[..., Report]) -> None:
    assert sum(count for *_, count in counts(sample())) == len(sample().findings)


def test_csv_opens_in_excel_and_has_no_formulas(report: Callable[..., Report], pack: str) -> None:
    text = render(report({"=a.txt": form(project(1, table=FORMULA))}, pack=pack), "csv")
    assert isinstance(text, str) and text.startswith("\ufeff") and "\r\n" in text
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[0] == header("zh") and len(rows) == 3
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert rows[1][1] == "'=a.txt"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_what_could_be_a_formula_is_guarded(cell: str) -> None:
    assert guarded(cell) == "'" + cell


def test_the_workbook_has_the_list_and_the_counts(report: Callable[..., Report], pack: str) -> None:
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed (extra report)")
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    made = report({"a.txt": form(project(1, table=FORMULA))}, pack=pack)
    data = render(made, "xlsx")
    assert isinstance(data, bytes)
    book = openpyxl.load_workbook(io.BytesIO(data))
    listed, counted = book.worksheets
    assert [cell.value for cell in listed[1]] == header("zh")
    assert listed.max_row == 1 + len(made.findings) and listed.freeze_panes == "A2" and listed.auto_filter.ref
    cells = [cell for row in listed.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}, "no formulas"
    assert sum(row[3].value for row in counted.iter_rows(min_row=2)) == len(made.findings)
