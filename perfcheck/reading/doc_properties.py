"""Properties of paragraphs and characters in ``.doc`` files, and the streams they lie in.

Format: [MS-DOC] 2.6 (single property modifiers), 2.8 (PLCs), 2.9.22 and 2.9.174 (formatted disk pages).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator

from perfcheck.named_tuples import NamedTuple

PAGE = 512
IN_TABLE, ROW_END, DEPTH = 0x2416, 0x2417, 0x6649
INNER_CELL, INNER_ROW_END = 0x244B, 0x244C
LIST_LEVEL, LIST = 0x260A, 0x460B
HUGE, HUGE_OLD, TABLE_PROPERTIES = 0x6646, 0x6645, 0x646B
"""Modifiers whose operand is a place in the data stream where more of them stand."""
ROW_DEFINITION, MERGE_DOWN, MERGE_ACROSS = 0xD608, 0xD62B, 0x5624
LONG_TABS = 0xC615
DELETED, INSERTED, HIDDEN, SYMBOL = 0x0800, 0x0801, 0x083C, 0x6A09
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Kind of operand -> its bytes; the others carry their length."""
SIMPLE = {0x18: IN_TABLE, 0x19: ROW_END, 0x41: DELETED, 0x42: INSERTED, 0x5C: HIDDEN}
"""Modifiers a piece of text can have in short, as files saved quickly do ([MS-DOC] 2.9.214)."""

Modifiers = list[tuple[int, bytes]]


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The modifiers in ``data`` with their operands."""
    at, end = 0, len(data)
    while at + 2 < end:
        (code,) = struct.unpack_from("<H", data, at)
        at += 2
        size = SIZES.get(code >> 13)
        if size is None:
            if code == ROW_DEFINITION and at + 2 <= end:
                size = struct.unpack_from("<H", data, at)[0] + 1
            elif code == LONG_TABS and data[at] == 255:
                return  # its length is not told; nothing of ours follows it
            else:
                size = data[at] + 1
        if at + size > end:
            return
        yield code, data[at : at + size]
        at += size


class Runs:
    """Properties by place in the main stream: stretches in order, each with its modifiers."""

    def __init__(self, starts: list[int], ends: list[int], values: list[bytes]) -> None:
        self.starts = starts
        self.ends = ends
        self.values = values

    def at(self, place: int) -> bytes:
        """The modifiers at ``place``; none outside all stretches."""
        index = bisect_right(self.starts, place) - 1
        return self.values[index] if index >= 0 and place < self.ends[index] else b""


def paragraph_runs(main: bytes, table: bytes) -> Runs:
    """The properties of paragraphs; ``table`` is the PLC of their pages. Each begins with two bytes for its style."""
    found = []
    for page in _pages(main, table):
        count = page[PAGE - 1]
        places = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            offset = page[4 * (count + 1) + 13 * index] * 2
            if not offset:
                continue
            size = page[offset] * 2 - 1
            start = offset + 1
            if size < 0:
                size = page[offset + 1] * 2
                start += 1
            found.append((places[index], places[index + 1], page[start : start + size]))
    return _in_order(found)


def character_runs(main: bytes, table: bytes) -> Runs:
    """The properties of characters, where they have any."""
    found = []
    for page in _pages(main, table):
        count = page[PAGE - 1]
        places = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            offset = page[4 * (count + 1) + index] * 2
            if offset:
                found.append((places[index], places[index + 1], page[offset + 1 : offset + 1 + page[offset]]))
    return _in_order(found)


def _pages(main: bytes, table: bytes) -> Iterator[bytes]:
    count = (len(table) - 4) // 8
    for (number,) in struct.iter_unpack("<I", table[4 * (count + 1) : 4 * (count + 1) + 4 * count]):
        start = (number & 0x3FFFFF) * PAGE
        page = main[start : start + PAGE]
        if len(page) == PAGE and 4 * (page[PAGE - 1] + 1) < PAGE:
            yield page


def _in_order(found: list[tuple[int, int, bytes]]) -> Runs:
    found.sort(key=lambda each: each[0])
    starts = [each[0] for each in found]
    ends = [min(each[1], following) for each, following in zip(found, [*starts[1:], found[-1][1] if found else 0])]
    return Runs(starts, ends, [each[2] for each in found])


class Paragraph(NamedTuple):
    """What the properties of a paragraph say of tables and lists."""

    style: int = 0
    depth: int = 0
    """How many tables it stands in."""
    ends_row: bool = False
    ends_cell: bool = False
    """Of a table inside a table; cells of others end with a character of their own."""
    cells: tuple[tuple[bool, bool], ...] | None = None
    """For each cell of the row that ends here, whether it goes on the one before it, and the one above it."""
    list: int | None = None
    level: int | None = None


def paragraph(data: bytes, more: Modifiers, far: bytes) -> Paragraph:
    """The properties in ``data``, which begins with the style; ``far`` is the data stream, ``more`` is added."""
    style = struct.unpack_from("<H", data)[0] if len(data) >= 2 else 0
    depth = 0
    in_table = ends_row = ends_cell = False
    number = level = None
    cells: list[list[bool]] | None = None
    waiting: Modifiers = []
    for code, operand in [*_followed(data[2:], far, 0), *more]:
        if code == IN_TABLE:
            in_table = bool(operand[0])
        elif code == DEPTH:
            depth = struct.unpack("<i", operand)[0]
        elif code in (ROW_END, INNER_ROW_END):
            ends_row = ends_row or bool(operand[0])
        elif code == INNER_CELL:
            ends_cell = bool(operand[0])
        elif code == LIST:
            (number,) = struct.unpack("<h", operand)
        elif code == LIST_LEVEL:
            level = operand[0]
        elif code == ROW_DEFINITION:
            cells = _cells(operand)
        elif code in (MERGE_DOWN, MERGE_ACROSS):
            waiting.append((code, operand))
    for code, operand in waiting if cells else ():
        _merge(cells or [], code, operand)
    depth = max(depth, 1) if in_table else 0
    merged = tuple((across, down) for across, down in cells) if cells is not None else None
    return Paragraph(style, depth, ends_row, ends_cell, merged, number, level)


def _followed(data: bytes, far: bytes, deep: int) -> Iterator[tuple[int, bytes]]:
    """Modifiers, those that stand in the data stream among them."""
    for code, operand in modifiers(data):
        if code in (HUGE, HUGE_OLD, TABLE_PROPERTIES) and deep < 2:
            (place,) = struct.unpack("<I", operand)
            if place + 2 <= len(far):
                (size,) = struct.unpack_from("<H", far, place)
                yield from _followed(far[place + 2 : place + 2 + size], far, deep + 1)
        else:
            yield code, operand


def _cells(operand: bytes) -> list[list[bool]]:
    """The cells of a row definition ([MS-DOC] 2.9.318)."""
    count = operand[2] if len(operand) > 2 else 0
    start = 3 + 2 * (count + 1)
    cells = []
    for index in range(count):
        place = start + 20 * index
        flags = struct.unpack_from("<H", operand, place)[0] if place + 2 <= len(operand) else 0
        cells.append([flags & 3 == 2, flags & 0x60 == 0x20])
    return cells


def _merge(cells: list[list[bool]], code: int, operand: bytes) -> None:
    if code == MERGE_DOWN and len(operand) > 2 and operand[1] < len(cells):
        cells[operand[1]][1] = operand[2] == 1
    elif code == MERGE_ACROSS:
        for index in range(operand[0] + 1, min(operand[1], len(cells))):
            cells[index][0] = True
