"""Reader for ``.xlsx``, ``.xls`` and ``.et``: the visible sheets of a workbook in order, numbers exact.

The values come from python-calamine (extra ``xlsx``); what it does not tell is in ``xlsx_styles.py`` and
``xls_styles.py``.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from perfcheck.errors import UnreadableSourceError
from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.reading.number_formats import GENERAL, NumberFormat
from perfcheck.reading.own_files import refuse_own_package
from perfcheck.reading.package import Package, damaged, protected
from perfcheck.reading.sheet_layout import Sheet, lay_out_sheet
from perfcheck.reading.xls_styles import xls_styles
from perfcheck.reading.xlsx_styles import SheetStyle, sheet_styles
from perfcheck.source import Remark, SourceText

MOST_CELLS = 5_000_000
"""Cells of the box around everything on a sheet; one stray cell at its far corner would ask for 17 thousand million."""
NO_STYLE = SheetStyle({}, frozenset(), frozenset(), 0)
HIDDEN = Remark(
    "工作簿里有隐藏的工作表、行或列；只检查看得见的内容。",
    "The workbook has hidden sheets, rows or columns; only what is shown was checked.",
)
MACROS = Remark(
    "文件带有宏；perfcheck 只读文字，不运行宏。", "The file carries macros; only its text was read, nothing was run."
)


def read_xlsx(path: str, data: bytes, is_landmark: Callable[[str], bool]) -> SourceText:
    """Read one ``.xlsx`` workbook; raises :class:`UnreadableSourceError`."""
    package = Package(data)
    package.verify()
    refuse_own_package(package)
    styles = sheet_styles(package)
    if any(style.cells > MOST_CELLS for style in styles.values()):
        raise _too_far()
    macros = any(name.endswith("vbaProject.bin") for name in package.names)
    return _read(path, data, is_landmark, "xlsx", styles, macros)


def read_xls(path: str, data: bytes, is_landmark: Callable[[str], bool]) -> SourceText:
    """Read one ``.xls`` or ``.et`` workbook; raises :class:`UnreadableSourceError`."""
    try:
        styles = xls_styles(data)
    except (UnreadableSourceError, ModuleNotFoundError):
        raise
    except Exception:  # of a damaged file olefile and struct raise whatever comes up
        raise damaged() from None
    return _read(path, data, is_landmark, "xls", styles, "_VBA_PROJECT".encode("utf-16-le") in data)


def _read(
    path: str,
    data: bytes,
    is_landmark: Callable[[str], bool],
    kind: str,
    styles: dict[str, SheetStyle],
    macros: bool,
) -> SourceText:
    text = CanonicalText()
    tables = 0
    hidden = False
    for sheet, values, merged in _opened(data):
        style = styles.get(sheet, NO_STYLE)
        if values is None:
            hidden = True
            continue
        hidden = hidden or bool(style.hidden_rows or style.hidden_columns)
        rows = [
            [_shown(value, style.formats.get((row, column), GENERAL)) for column, value in enumerate(line)]
            for row, line in enumerate(values)
        ]
        made = Sheet(sheet, rows, merged, style.hidden_rows, style.hidden_columns)
        tables = lay_out_sheet(made, text, is_landmark, tables)
    source = text.source(path, kind, [remark for remark, on in ((HIDDEN, hidden), (MACROS, macros)) if on])
    if not source.blocks:
        raise UnreadableSourceError("文件是空的，没有可检查的内容。", "The file is empty; there is nothing to check.")
    return source


def _opened(data: bytes) -> list[tuple[str, list[list[Any]] | None, list[Any]]]:
    """Name, values and merged ranges of each sheet; no values for a hidden one."""
    import python_calamine

    found: list[tuple[str, list[list[Any]] | None, list[Any]]] = []
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in workbook.sheets_metadata:
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            if about.visible != python_calamine.SheetVisibleEnum.Visible:
                found.append((about.name, None, []))
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise _too_far()
            found.append((about.name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []))
    except (UnreadableSourceError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        if "assword" in str(error) or "ncrypted" in str(error):
            raise protected() from None
        raise damaged() from None
    return found


def _shown(value: Any, shape: NumberFormat) -> str:
    """A value as it is read on the sheet."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return shape.write(Decimal(repr(value))) if value == value and abs(value) != float("inf") else ""
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _too_far() -> UnreadableSourceError:
    return UnreadableSourceError(
        "工作表的范围大得不正常，为安全起见没有打开。请把内容复制到新的工作簿后再检查。",
        "A sheet reaches abnormally far and was not opened. Copy its content to a new workbook and check that.",
    )
