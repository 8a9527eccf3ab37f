"""The list of problems as CSV that Excel opens by a double click: with a byte order mark, and no cell a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from perfcheck.reporting.issue_list import header, lines, more_columns
from perfcheck.reporting.report import Report

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What Excel and WPS take for the beginning of a formula; such cells get an apostrophe in front."""


def csv_report(report: Report, show_accepted: bool = False) -> Iterator[str]:
    """Serialise ``report``, line by line."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    stream.write("\ufeff")
    writer.writerow(header(report.language, more_columns(report)))
    for line in lines(report, show_accepted):
        writer.writerow([guarded(cell) for cell in line])
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()
    yield stream.getvalue()


def guarded(cell: str) -> str:
    """``cell`` so that no spreadsheet takes it for a formula."""
    return "'" + cell if cell.startswith(FORMULA_SIGNS) else cell
