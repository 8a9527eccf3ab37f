"""The cells of a spreadsheet brought to paragraphs and table rows, by the lie of the cells alone.

A sheet does not say what is a table: rows of several cells are, and a row of one cell is where tables stand above or
below it. A merged range is one cell; below its first row it is an empty text, as in the other kinds of files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfcheck.named_tuples import NamedTuple
from perfcheck.reading.canonical_text import CanonicalText
from perfcheck.source import Origin

Range = tuple[tuple[int, int], tuple[int, int]]
"""First row and column, last row and column, counted from 0."""


class Sheet(NamedTuple):
    """The shown cells of a sheet as texts; rows and columns count from 0."""

    name: str | None
    """None for a table of a page that is laid out like a sheet."""
    rows: list[list[str]]
    merged: Sequence[Range]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


class _Cell(NamedTuple):
    text: str
    column: int
    last: int
    """The last column it covers."""
    merged: bool
    continues: bool
    """Whether it is merged with the one above it."""


Cells = list[_Cell]


def lay_out_sheet(sheet: Sheet, text: CanonicalText, is_landmark: Callable[[str], bool], tables: int) -> int:
    """Add the rows of ``sheet`` to ``text``; returns the number of tables so far, ``tables`` before this one."""
    starts, below = _by_row(sheet)
    block: list[tuple[int, Cells]] = []
    for number, values in enumerate(sheet.rows):
        if number in sheet.hidden_rows:
            continue
        cells = _cells(values, starts.get(number, {}), below.get(number, {}), sheet.hidden_columns)
        if any(cell.text.strip() for cell in cells) or (block and any(cell.continues for cell in cells)):
            block.append((number, cells))
        elif block:
            tables = _Block(sheet.name, block, text, is_landmark).add(tables)
            block = []
    return _Block(sheet.name, block, text, is_landmark).add(tables) if block else tables


def _by_row(sheet: Sheet) -> tuple[dict[int, dict[int, int]], dict[int, dict[int, int]]]:
    """For each row the merged ranges that begin in it and those that go on, as first column -> last column."""
    starts: dict[int, dict[int, int]] = {}
    below: dict[int, dict[int, int]] = {}
    height = len(sheet.rows)
    for (top, left), (bottom, right) in sheet.merged:
        first = top
        while top in sheet.hidden_rows and top < bottom:
            top += 1
        if top != first and top < height and left < len(sheet.rows[first]):
            sheet.rows[top][left] = sheet.rows[first][left]
        starts.setdefault(top, {})[left] = right
        for row in range(top + 1, min(bottom, height - 1) + 1):
            below.setdefault(row, {})[left] = right
    return starts, below


def _cells(values: Sequence[str], starts: dict[int, int], below: dict[int, int], hidden: frozenset[int]) -> Cells:
    """The cells of one row as they are seen, up to the last that is filled or merged."""
    width = max(
        max((at + 1 for at, text in enumerate(values) if text.strip()), default=0),
        max((last + 1 for ranges in (starts, below) for last in ranges.values()), default=0),
    )
    cells: Cells = []
    column = 0
    while column < width:
        continues = column in below
        last = max(below.get(column, column), starts.get(column, column))
        text = values[column] if column < len(values) and not continues else ""
        if not all(at in hidden for at in range(column, last + 1)):
            cells.append(_Cell(text, column, last, last > column or continues, continues))
        column = last + 1
    return cells


class _Block:
    """Rows with no blank row between them: titles, a table, lines below it."""

    def __init__(
        self, name: str | None, rows: list[tuple[int, Cells]], text: CanonicalText, is_landmark: Callable[[str], bool]
    ) -> None:
        self._name = name
        self._rows = rows
        self._text = text
        self._is_landmark = is_landmark
        self._is_form = any(cell.last > cell.column for _, cells in rows if len(cells) > 1 for cell in cells)
        """Whether cells are merged across in the table, so that every cell of it is one somebody drew."""
        self._width = max((cells[-1].last + 1 for _, cells in rows if cells), default=0)

    def add(self, tables: int) -> int:
        """Add the block to the text."""
        in_table = False
        header = 0
        row_in_table = 0
        for index, (number, cells) in enumerate(self._rows):
            if self._is_paragraph(index, in_table):
                in_table, header = False, 0
                filled = next(cell for cell in cells if cell.text.strip())
                self._text.add_paragraph(filled.text, Origin(sheet=self._name, row=number + 1, cell=filled.column + 1))
                continue
            if not in_table:
                in_table, row_in_table = True, 0
                tables += 1
            row_in_table += 1
            cells, header = self._to_width(cells, header)
            origins = [Origin(sheet=self._name, table=tables, row=number + 1, cell=cell.column + 1) for cell in cells]
            self._text.add_row([cell.text for cell in cells], origins)
        return tables

    def _is_paragraph(self, index: int, in_table: bool) -> bool:
        """Whether a row is a title or a line of text: one cell that stands at the edge of a table or opens a part."""
        cells = self._rows[index][1]
        filled = [cell for cell in cells if cell.text.strip()]
        if len(filled) != 1 or any(cell.continues for cell in cells):
            return False
        if self._is_landmark(filled[0].text.strip()):
            return True
        if filled[0].column and len(cells) > 1:
            return False
        below = self._rows[index + 1][1] if index + 1 < len(self._rows) else []
        return not in_table or len([cell for cell in below if cell.text.strip()]) < 2

    def _to_width(self, cells: Cells, header: int) -> tuple[Cells, int]:
        """Give a row the blank cells at its end that belong to the table.

        Where nothing is merged across, short rows simply end; then a row reaches as far as the last header above it
        (a row with every cell filled), if it gets more than half of the way.
        """
        reached = cells[-1].last + 1
        if len(cells) > 2 and all(cell.text.strip() for cell in cells):
            header = reached
        width = self._width if self._is_form else header if reached * 2 > header else reached
        more = [_Cell("", column, column, False, False) for column in range(reached, width)]
        return [*cells, *more], header
