"""Remarks in a workbook: each finding a comment on its cell, written by openpyxl into a copy."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from perfcheck.annotating.remarks import AUTHOR, RemarkText
from perfcheck.errors import MissingExtraError, UnreadableSourceError
from perfcheck.reading.own_files import COPY_STATUS
from perfcheck.reading.package import Package

BETWEEN = "\n\n"
"""Between the remarks of one cell, which can carry one comment only."""
WIDTH, LINE_HEIGHT = 360, 16
"""Size of a comment on the screen, in pixels; as many lines as its text needs."""
CHARACTERS_A_LINE = 28


def annotate_xlsx(data: bytes, remarks: Sequence[RemarkText]) -> bytes:
    """A copy of the workbook ``data`` with ``remarks`` as comments; those of an earlier run are replaced.

    Comments of people stay, ours stand below them. Raises :class:`MissingExtraError` without openpyxl. What openpyxl
    does not know (some charts and pictures) is not in the copy; the file itself is never touched.
    """
    try:
        from openpyxl import load_workbook
        from openpyxl.comments import Comment
    except ImportError:
        raise MissingExtraError("report", "在 Excel 文件里写批注", "writing comments into workbooks") from None
    Package(data).verify()
    try:
        book = load_workbook(io.BytesIO(data), keep_vba=b"vbaProject.bin" in data, rich_text=True)
    except Exception as error:  # openpyxl raises whatever comes up for workbooks it does not know
        raise UnreadableSourceError(
            f"这份 Excel 文件写不进批注（{error}）。请另存为普通的 .xlsx 后再试。",
            f"Comments cannot be written into this workbook ({error}); save it as a plain .xlsx.",
        ) from None
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None:
                    _take_out_ours(cell, Comment)
    texts: dict[tuple[str, int, int], list[str]] = {}
    for remark in remarks:
        origin = remark.finding.location.place.origin
        sheet = book.worksheets[0].title if origin is None or origin.sheet is None else origin.sheet
        row, column = (1, 1) if origin is None else (origin.row or 1, origin.cell or 1)
        texts.setdefault((sheet, row, column), []).append("\n".join(remark.lines))
    for (sheet, row, column), lines in texts.items():
        _put(_anchor(book[sheet], row, column), BETWEEN.join(lines), Comment)
    if not remarks:  # nothing else would tell the copy from what somebody wrote
        book.properties.contentStatus = COPY_STATUS
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _anchor(sheet: Any, row: int, column: int) -> Any:
    """The cell, or the first of the range it is merged into: only that one can carry a comment."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet.cell(row, column)


OURS = f"[{AUTHOR}]"
"""The line our part of a comment begins with."""


def _put(cell: Any, text: str, comment: Any) -> None:
    before = "" if cell.comment is None else cell.comment.text + BETWEEN
    author = AUTHOR if cell.comment is None else cell.comment.author
    made = comment(f"{before}{OURS}\n{text}", author)
    lines = sum(len(line) // CHARACTERS_A_LINE + 1 for line in made.text.split("\n"))
    made.width, made.height = WIDTH, LINE_HEIGHT * (lines + 1)
    cell.comment = made


def _take_out_ours(cell: Any, comment: Any) -> None:
    before, ours, _ = cell.comment.text.partition(OURS)
    if not ours:
        return
    before = before.removesuffix(BETWEEN)
    cell.comment = comment(before, cell.comment.author) if before else None
