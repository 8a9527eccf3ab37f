"""The list of problems as a workbook (extra ``report``): the list with a filter, and counts by unit and rule."""

from __future__ import annotations

import io

from perfcheck import NAME, REPORT_STATUS
from perfcheck.errors import MissingExtraError
from perfcheck.reporting.filters import harmless
from perfcheck.reporting.issue_list import counts, header, lines, more_columns
from perfcheck.reporting.report import Report
from perfcheck.reporting.words import words

WIDTHS = (24, 24, 24, 36, 18, 24, 8, 8, 44, 44, 44, 24, 10, 10, 10, 36)
"""Widths of the columns of the list, in characters."""
MOST_ROWS = 1_048_575
"""Rows a sheet can have below its header (ECMA-376)."""


def xlsx_report(report: Report, show_accepted: bool = False) -> bytes:
    """Serialise ``report``; raises :class:`MissingExtraError` without XlsxWriter."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtraError("report", "输出 Excel 问题清单", "writing Excel files") from None
    say = words(report.language).phrase
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, options)
    book.set_properties({"author": NAME, "status": REPORT_STATUS})
    bold = book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1, "text_wrap": True, "valign": "vcenter"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet = book.add_worksheet(say("sheet_list"))
    names = header(report.language, more_columns(report))
    sheet.write_row(0, 0, names, bold)
    row = 0
    for row, cells in enumerate(lines(report, show_accepted), 1):
        if row > MOST_ROWS:
            break
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, _writable(cell), wrap)
    for column, width in enumerate(WIDTHS[: len(names)]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row, 1), len(names) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    summary = book.add_worksheet(say("sheet_counts"))
    summary.write_row(0, 0, [say(f"column_{name}") for name in ("unit", "problem", "level", "count")], bold)
    for row, (unit, title, level, count) in enumerate(counts(report), 1):
        for column, cell in enumerate((unit, title, level)):
            summary.write_string(row, column, _writable(cell), wrap)
        summary.write_number(row, 3, count, wrap)
    for column, width in enumerate((32, 56, 8, 8)):
        summary.set_column(column, column, width)
    summary.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()


def _writable(cell: str) -> str:
    """``cell`` without what XML cannot hold; names of files may be no UTF-8."""
    return harmless(cell).encode(errors="replace").decode()
