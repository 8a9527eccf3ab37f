"""What a reader of ``.xls`` must know besides the values: number formats and what is hidden.

Format: [MS-XLS] 2.1.4 (records) and 2.4 (BoundSheet8, ColInfo, Format, Formula, MulRk, Number, RK, Row, XF).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from perfcheck.reading.number_formats import BUILT_IN, GENERAL, NumberFormat, number_format
from perfcheck.reading.package import protected
from perfcheck.reading.xlsx_styles import SheetStyle

BOF, EOF, PASSWORD, SHEET, FORMAT, STYLE = 0x809, 0x0A, 0x2F, 0x85, 0x41E, 0xE0
ROW, COLUMNS, SEVERAL = 0x208, 0x7D, 0xBD
ONE = (0x203, 0x27E, 0x06)
"""A number, a short number, a formula: row, column and style come first."""
EXCEL_97 = 0x600


def xls_styles(data: bytes) -> dict[str, SheetStyle]:
    """The styles of all sheets by name; none for files of Excel before 1997."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as container:
        if not container.exists("Workbook"):
            return {}
        stream = container.openstream("Workbook").read()
    codes = dict(BUILT_IN)
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    for kind, body in _records(stream, 0):
        if kind == BOF and struct.unpack_from("<H", body)[0] != EXCEL_97:
            return {}
        if kind == PASSWORD:
            raise protected()
        if kind == SHEET:
            sheets.append((_text(body, 7, body[6]), struct.unpack_from("<I", body)[0]))
        elif kind == FORMAT:
            number, length = struct.unpack_from("<HH", body)
            codes[number] = _text(body, 4, length)
        elif kind == STYLE:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    formats = [number_format(codes.get(number, "")) for number in styles]
    return {name: _sheet(stream, place, formats) for name, place in sheets}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from ``at`` to the end of their part."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == EOF:
            return
        at += 4 + size


def _text(body: bytes, flags: int, length: int) -> str:
    """A text of ``length`` characters whose flags stand at ``flags``."""
    if body[flags] & 1:
        return body[flags + 1 : flags + 1 + 2 * length].decode("utf-16-le", "replace")
    return body[flags + 1 : flags + 1 + length].decode("latin-1")


def _sheet(stream: bytes, place: int, formats: list[NumberFormat]) -> SheetStyle:
    shown: dict[tuple[int, int], NumberFormat] = {}
    rows: set[int] = set()
    columns: set[int] = set()

    def note(row: int, column: int, style: int) -> None:
        if style < len(formats) and formats[style] != GENERAL:
            shown[row, column] = formats[style]

    for kind, body in _records(stream, place):
        if kind in ONE and len(body) >= 6:
            note(*struct.unpack_from("<HHH", body))
        elif kind == SEVERAL and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            for index in range((len(body) - 6) // 6):
                note(row, column + index, struct.unpack_from("<H", body, 4 + 6 * index)[0])
        elif kind == ROW and len(body) >= 14 and body[12] & 0x20:
            rows.add(struct.unpack_from("<H", body)[0])
        elif kind == COLUMNS and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            columns.update(range(first, min(last, 255) + 1))
    return SheetStyle(shown, frozenset(rows), frozenset(columns), 0)
